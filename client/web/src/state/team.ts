// The people of one seat: which devices it has, who uses them, who is here.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { http } from "../wire/http";
import type { Vocabulary } from "../wire/vocabulary";
import { t } from "../words";
import { say } from "./notices";

export type Device = Vocabulary["Devices"]["devices"][number];

const LOOK_MS = 6000;

export class Team {
  readonly devices = signal<Device[]>([]);
  /** The device that this page is; "" for control, which is none. */
  readonly mine = signal("");
  /** Others of the seat than this device. */
  readonly others: ReadonlySignal<Device[]>;
  private readonly timer: number;

  /** `token`: of the seat, or of control. */
  constructor(
    readonly session: string,
    readonly country: string,
    private readonly token: string,
  ) {
    this.others = computed(() => this.devices.value.filter((device) => device.device !== this.mine.value));
    void this.look();
    this.timer = window.setInterval(() => void this.look(), LOOK_MS);
  }

  /** What a device is called: by the name of whoever uses it, else by its place among the devices. */
  nameOf(device: string): string {
    const place = this.devices.value.findIndex((one) => one.device === device);
    return this.devices.value[place]?.name || (place < 0 ? t("team.gone") : t("team.nameless", { number: place + 1 }));
  }

  rename = (device: string, name: string) => this.tried(() => http.rename(this.session, this.country, device, this.token, name));
  dismiss = (device: string) => this.tried(() => http.dismiss(this.session, this.country, device, this.token));
  invite = () => http.invite(this.session, this.country, this.token);

  close(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    try {
      this.take(await http.devices(this.session, this.country, this.token));
    } catch {
      // the socket says whether the server, and the seat, are there
    }
  }

  private async tried(work: () => Promise<Vocabulary["Devices"]>): Promise<boolean> {
    try {
      this.take(await work());
      return true;
    } catch (error) {
      say((error as Error).message, "bad");
      return false;
    }
  }

  private take(found: Vocabulary["Devices"]): void {
    this.devices.value = [...found.devices].sort((one, other) => one.issued_ms - other.issued_ms);
    this.mine.value = found.mine ?? "";
  }
}
