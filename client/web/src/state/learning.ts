// The way into the tutorial, which the first page needs without its steps.
import { http } from "../wire/http";
import { shelf } from "./shelf";

const CASE = "tiny";
const SEAT = "COR";

/** A table of its own for one who learns: the small case, bots in all other seats, and the clock in the learner's hands. */
export async function begin(): Promise<string> {
  const made = await http.make({ scenario: CASE, pace: "live", bots: true, open_seats: true });
  const seat = await http.claim(made.session, SEAT);
  await http.control(made.session, made.control_token, { act: "start" });
  shelf.keep(made.code, { session: made.session, control: made.control_token, public: made.public_token, country: SEAT, seat: seat.token, guide: 0 });
  return made.code;
}
