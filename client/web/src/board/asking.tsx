// What control does is asked for in a dialog with a reason, since whoever reads the log later wants to know why.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../parts/basics";
import { say } from "../state/notices";
import type { Table } from "../state/table";
import { http } from "../wire/http";
import type { ControlAct, Vocabulary } from "../wire/vocabulary";
import { t } from "../words";

export type Panel = Vocabulary["Panel"];
type Posts = Vocabulary["Posts"];
const REASONS = ["question", "slip", "lesson", "trouble", "left"] as const;
const AGAIN_MS = 5000;

/** Control of one session: its acts, and what lies before it. */
export interface Desk {
  busy: boolean;
  panel: Panel | null;
  posts: Posts["posts"];
  /** Critical seats and posts that nobody holds. */
  missing: string[];
  /** Whether this token has a right; all, until the server has said which. */
  may: (right: Posts["mine"]["rights"][number]) => boolean;
  act: (wish: Wish) => Promise<boolean>;
}

/** An order of the game, or something beside it that control can do. */
type Wish = ControlAct | (() => Promise<unknown>);

export function useControl(table: Table, token: string): Desk {
  const [busy, setBusy] = useState(false);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [posts, setPosts] = useState<Posts | null>(null);
  const may: Desk["may"] = (right) => posts === null || posts.mine.rights.includes(right);
  const look = async () => {
    const found = await http.posts(table.session, token).catch(() => null);
    if (found) setPosts(found);
    if (found?.mine.rights.includes("secrets")) await http.panel(table.session, token).then(setPanel, () => undefined);
  };
  const act = async (wish: Wish) => {
    if (busy) return false;
    setBusy(true);
    try {
      await (typeof wish === "function" ? wish() : http.control(table.session, token, wish));
      return true;
    } catch (error) {
      say((error as Error).message, "bad");
      return false;
    } finally {
      setBusy(false);
      void look();
    }
  };
  const step = table.desk.value?.here.step;
  useEffect(() => {
    void look();
    const timer = window.setInterval(() => void look(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [table, step]);
  return { busy, panel, posts: posts?.posts ?? [], missing: posts?.missing ?? [], may, act };
}

interface Props {
  label: string;
  title?: string;
  style?: string;
  /** Whether a reason is part of the act. */
  reason?: boolean;
  disabled?: boolean;
  /** The act as it stands; null while something is missing. */
  wish: (reason: string) => Wish | null;
  control: Desk;
  children?: ComponentChildren;
}

/** A button that asks before it acts: what exactly, and why. */
export function Asking({ label, title = label.replace(/ ?…$/, ""), style = "", reason = true, disabled = false, wish, control, children }: Props) {
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState("");
  const act = wish(reason ? why.trim() : "-");
  const go = async () => {
    if (act && (await control.act(act))) {
      setOpen(false);
      setWhy("");
      say(t("board.done", { what: title }), "good");
    }
  };
  return (
    <>
      <button type="button" class={`button ${style}`} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </button>
      <Dialog
        title={title}
        open={open}
        onClose={() => setOpen(false)}
        bottom={
          <button type="button" class="button main" aria-disabled={control.busy} disabled={act === null || (reason && !why.trim())} onClick={() => void go()}>
            {t("board.go")}
          </button>
        }
      >
        <div class="stack">
          {children}
          {reason && <Reason value={why} change={setWhy} />}
        </div>
      </Dialog>
    </>
  );
}

function Reason({ value, change }: { value: string; change: (value: string) => void }) {
  return (
    <div class="stack tight">
      <label class="field">
        {t("board.reason")}
        <input value={value} maxLength={400} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      <div class="choices">
        {REASONS.map((name) => (
          <button key={name} type="button" class="button slim" aria-pressed={value === t(`board.reason.${name}`)} onClick={() => change(t(`board.reason.${name}`))}>
            {t(`board.reason.${name}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
