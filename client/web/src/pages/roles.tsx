// On paper: the lesson for whoever teaches it, and role sheets: for each seat what everybody knows, what it alone knows and what it wants, with the way in.
import { useEffect, useState } from "preact/hooks";
import { Sheet } from "../parts/basics";
import { Markdown } from "../parts/markdown";
import { Qr } from "../parts/qr";
import { address } from "../router";
import { language } from "../state/looks";
import { shelf } from "../state/shelf";
import { http } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t, tongueOf } from "../words";
import { Frame } from "./frame";

type Roles = Vocabulary["Roles"];

export function RolesPage({ code }: { code: string }) {
  const ticket = shelf.ticket(code);
  const [roles, setRoles] = useState<Roles | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    if (!ticket?.control) return setFault(t("run.not_here"));
    http.roles(ticket.session, ticket.control).then(setRoles, (error: Error) => setFault(error.message));
  }, [code, language.value]);
  const link = new URL(address("join", code), document.baseURI).href;
  return (
    <Frame>
      {!roles && <p class="empty">{fault || t("play.loading")}</p>}
      {roles && (
        <div class="stack wide">
          <section class="stack tight unprinted">
            <h1>{t("roles.title")}</h1>
            <p class="soft">{t("roles.lead")}</p>
            <div class="row">
              <button type="button" class="button main" onClick={() => window.print()}>
                {t("roles.print")}
              </button>
              <a class="button" href={address("run", code)}>
                {t("roles.back")}
              </a>
            </div>
          </section>
          {roles.lesson && (
            <div class="card stack rolesheet">
              {roles.turns < roles.whole && <p class="advice">{t("roles.shorter", { turns: roles.turns, whole: roles.whole, minutes: roles.minutes })}</p>}
              <Markdown text={roles.lesson} lang={tongueOf(roles.lesson)} />
            </div>
          )}
          {roles.roles.map((role) => (
            <article key={role.country} class="card stack rolesheet" aria-labelledby={`role-${role.country}`}>
              <header class="row apart">
                <div>
                  <p class="small soft" lang={tongueOf(roles.title)}>
                    {roles.title}
                  </p>
                  <h2 id={`role-${role.country}`}>{role.name}</h2>
                </div>
                <div class="row wayin">
                  <span class="code">{code.toUpperCase()}</span>
                  <Qr text={link} />
                </div>
              </header>
              <section class="stack tight">
                <h3>{t("role.public")}</h3>
                <Sheet text={role.public} />
              </section>
              <section class="stack tight">
                <h3>{t("role.secret")}</h3>
                <Sheet text={role.secret} />
              </section>
              <section class="stack tight">
                <h3>{t("role.aims")}</h3>
                <ul class="clauses aimlist">
                  {role.aims.map((aim) => (
                    <li key={aim} lang={tongueOf(aim)}>
                      {aim}
                    </li>
                  ))}
                </ul>
              </section>
            </article>
          ))}
        </div>
      )}
    </Frame>
  );
}
