// The people of a seat, for themselves and for the instructor: who is here, what they are called, and a code that lets more of them in.
import { useState } from "preact/hooks";
import { say } from "../state/notices";
import type { Device, Team } from "../state/team";
import { listed, t } from "../words";

const NAME_MAX = 40;

/** Who is at a seat, in one line; nothing while somebody is alone. */
export function Present({ team }: { team: Team }) {
  if (!team.others.value.length) return null;
  const names = (here: boolean) => team.others.value.filter((device) => device.sockets > 0 === here).map((device) => team.nameOf(device.device));
  const [here, away] = [names(true), names(false)];
  return (
    <p class="small soft">
      {here.length > 0 && `● ${t("team.with_you", { who: listed(here) })} `}
      {away.length > 0 && `○ ${t("team.away", { who: listed(away) })}`}
    </p>
  );
}

/** `anywhere`: shown to somebody who is not of the seat. */
export function People({ team, anywhere = false }: { team: Team; anywhere?: boolean }) {
  const mine = team.devices.value.find((device) => device.device === team.mine.value);
  return (
    <div class="stack tight">
      <ul class="stack tight">
        {team.devices.value.map((device) => (
          <Person key={device.device} team={team} device={device} />
        ))}
      </ul>
      {mine && <Name key={mine.name} team={team} device={mine} />}
      <Invite team={team} anywhere={anywhere} />
    </div>
  );
}

function Person({ team, device }: { team: Team; device: Device }) {
  const name = team.nameOf(device.device);
  const mine = device.device === team.mine.value;
  return (
    <li class="row apart">
      <span>
        <span aria-hidden="true">{device.sockets ? "●" : "○"}</span> <b>{name}</b>{" "}
        <span class="small soft">{t(mine ? "team.you" : device.sockets ? "team.here" : "team.not_here")}</span>
      </span>
      {!mine && (
        <button type="button" class="button quiet slim" aria-label={t("team.dismiss_who", { who: name })} onClick={() => void team.dismiss(device.device)}>
          {t("team.dismiss")}
        </button>
      )}
    </li>
  );
}

function Name({ team, device }: { team: Team; device: Device }) {
  const [name, setName] = useState(device.name);
  const keep = async (event: Event) => {
    event.preventDefault();
    if (await team.rename(device.device, name.trim())) say(t("team.named"), "good");
  };
  return (
    <form class="row nameform" onSubmit={(event) => void keep(event)}>
      <label class="field">
        {t("team.name")}
        <input value={name} maxLength={NAME_MAX} autoComplete="nickname" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button class="button slim">{t("team.keep")}</button>
    </form>
  );
}

/** A code that is shown once, for as long as this stays open. */
function Invite({ team, anywhere }: { team: Team; anywhere: boolean }) {
  const [code, setCode] = useState("");
  const ask = async () => {
    try {
      setCode((await team.invite()).code);
    } catch (error) {
      say((error as Error).message, "bad");
    }
  };
  return (
    <div class="stack tight">
      <div class="row">
        <button type="button" class="button slim" onClick={() => void ask()}>
          {t("team.invite")}
        </button>
      </div>
      <div aria-live="polite">
        {code && (
          <>
            <p class="code invitation">{code.toUpperCase()}</p>
            <p class="small soft">{t(anywhere ? "team.invite_given" : "team.invite_lead")}</p>
          </>
        )}
      </div>
    </div>
  );
}
