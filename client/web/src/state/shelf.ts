// What this browser keeps: tokens of seats that were taken here, drafts and orders under way, and how the page should look.
// Each thing lies under the name of its session and seat, so no seat can read another's.

export interface Ticket {
  session: string;
  code: string;
  country?: string;
  seat?: string;
  control?: string;
  public?: string;
  /** The step of the tutorial that was reached, while it is taken. */
  guide?: number | undefined;
}

function read<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise; // a browser that keeps nothing can still play
  }
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // the same
  }
}

function remove(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // the same
  }
}

export const shelf = {
  read,
  write,
  remove,
  ticket: (code: string): Ticket | null => read<Ticket | null>(`unipole:ticket:${code}`, null),
  keep(code: string, more: Partial<Ticket> & { session: string }): Ticket {
    const ticket = { ...shelf.ticket(code), code, ...more };
    write(`unipole:ticket:${code}`, ticket);
    return ticket;
  },
  tickets(): Ticket[] {
    try {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith("unipole:ticket:"))
        .map((name) => read<Ticket | null>(name, null))
        .filter((ticket): ticket is Ticket => ticket !== null);
    } catch {
      return [];
    }
  },
  drop: (code: string): void => remove(`unipole:ticket:${code}`),
};
