/** A new id for an order.  Made of random bytes, because pages without TLS, as in many classrooms, have no `randomUUID`. */
export function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
