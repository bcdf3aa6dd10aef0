// The white cell: its posts, who holds them, and the codes with which people come to them.
import { useState } from "preact/hooks";
import type { Table } from "../state/table";
import type { Vocabulary } from "../wire/vocabulary";
import { t } from "../words";
import { Sitting } from "./people";

type Post = Vocabulary["Posts"]["posts"][number];

/** What a post is called; that of a team with the name of its state. */
export function postName(holder: string, name: (country: string) => string): string {
  const [role = "", team] = holder.split("-");
  const title = t(`post.${role as "director"}`);
  return team ? `${title}: ${name(team)}` : title;
}

export function Posts({ table, token, posts }: { table: Table; token: string; posts: Post[] }) {
  const [team, setTeam] = useState("");
  const name = (country: string) => table.names.value.get(country) ?? country;
  const shown = posts.filter((post) => !post.holder.includes("-") || post.people > 0 || post.holder === team);
  const teams = posts.filter((post) => post.holder.includes("-"));
  const people = posts.reduce((sum, post) => sum + post.people, 0);
  return (
    <details class="card slim cell">
      <summary>
        <h2>{t("posts.title", { count: people })}</h2>
      </summary>
      <div class="stack">
        <p class="small soft">{t("posts.lead")}</p>
        <ul class="seats board-seats">
          {shown.map((post) => (
            <li key={post.holder} class="card slim stack tight">
              <b>{postName(post.holder, name)}</b>
              <p class="tiny soft">{t(`post.lead.${post.holder.split("-")[0] as "director"}`)}</p>
              <Sitting session={table.session} country={post.holder} token={token} name={postName(post.holder, name)} />
            </li>
          ))}
        </ul>
        <label class="field">
          {t("posts.team")}
          <select value={team} onChange={(event) => setTeam(event.currentTarget.value)}>
            <option value="">{t("posts.none")}</option>
            {teams.map((post) => (
              <option key={post.holder} value={post.holder}>
                {name(post.holder.split("-")[1] ?? "")}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}
