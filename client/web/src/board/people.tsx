// Who sits at one seat, for the instructor: names at a glance, what can be done for each device, and a code that lets more in.
import { useEffect, useMemo } from "preact/hooks";
import { People } from "../parts/team";
import { Team } from "../state/team";
import { listed, t } from "../words";

export function Sitting({ session, country, token, name }: { session: string; country: string; token: string; name: string }) {
  const team = useMemo(() => new Team(session, country, token), [session, country, token]);
  useEffect(() => () => team.close(), [team]);
  const devices = team.devices.value;
  return (
    <details class="small">
      <summary>
        <span class="hidden">{`${t("board.people")}, ${name}: `}</span>
        {listed(devices.map((device) => `${device.sockets ? "●" : "○"} ${team.nameOf(device.device)}`)) || t("board.people")}
      </summary>
      <People team={team} anywhere />
    </details>
  );
}
