// A second person at a seat: by the seat's own code, which somebody who sits there, or the instructor, tells.
import { useState } from "preact/hooks";
import { Dialog } from "../parts/basics";
import { go } from "../router";
import { plausible, typed } from "../state/code";
import { shelf } from "../state/shelf";
import { http, Refused } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t } from "../words";

const POSTS = ["director", "adjudicator", "cell", "evaluator", "observer"] as const;
type State = Vocabulary["PublicState"];

export function Joining({ state, code }: { state: State; code: string }) {
  const [open, setOpen] = useState(false);
  const [seat, setSeat] = useState("");
  const [word, setWord] = useState("");
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const chosen = seat || (state.seats.find((one) => one.claimed) ?? state.seats[0])?.country || "";
  const join = async (event: Event) => {
    event.preventDefault();
    const wanted = typed(word);
    if (!plausible(wanted)) return setFault(t("join.refused"));
    try {
      const given = await http.admit(state.session, chosen, wanted);
      const post = chosen !== chosen.toUpperCase();
      // A post looks at the board with its own token: the server knows what it may see and do there.
      shelf.keep(code, post ? { session: given.session, control: given.token, public: given.token } : { session: given.session, country: chosen, seat: given.token });
      // Without the name one sits there all the same.
      if (name.trim()) await http.rename(state.session, chosen, given.device, given.token, name.trim()).catch(() => undefined);
      go(post ? "run" : "play", code);
    } catch (error) {
      setFault(error instanceof Refused && error.status === 401 ? t("join.refused") : (error as Error).message);
    }
  };
  return (
    <div>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {t("join.others")}
      </button>
      <Dialog
        title={t("join.others")}
        open={open}
        onClose={() => setOpen(false)}
        bottom={
          <button class="button main" form="joining">
            {t("join.go")}
          </button>
        }
      >
        <form id="joining" class="stack" onSubmit={(event) => void join(event)}>
          <p class="soft">{t("join.others_lead")}</p>
          <label class="field">
            {t("join.which")}
            <select value={chosen} onChange={(event) => setSeat(event.currentTarget.value)}>
              {state.seats.map((one) => (
                <option key={one.country} value={one.country}>
                  {one.name}
                </option>
              ))}
              <optgroup label={t("posts.group")}>
                {POSTS.map((post) => (
                  <option key={post} value={post}>
                    {t(`post.${post}`)}
                  </option>
                ))}
                {state.seats.map((one) => (
                  <option key={one.country} value={`controller-${one.country}`}>
                    {`${t("post.controller")}: ${one.name}`}
                  </option>
                ))}
              </optgroup>
            </select>
          </label>
          <label class="field">
            {t("join.seat_code")}
            <input
              class="code"
              value={word}
              required
              maxLength={12}
              autoComplete="off"
              autoCapitalize="characters"
              spellcheck={false}
              aria-invalid={fault !== ""}
              aria-describedby="joining-fault"
              onInput={(event) => {
                setWord(event.currentTarget.value);
                setFault("");
              }}
            />
          </label>
          <label class="field">
            {t("join.your_name")}
            <input value={name} maxLength={40} autoComplete="nickname" onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <p id="joining-fault" class="alarm" role="alert">
            {fault}
          </p>
        </form>
      </Dialog>
    </div>
  );
}
