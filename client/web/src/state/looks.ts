// Language, light and motion: chosen by the device until somebody chooses otherwise.
import { effect, signal } from "@preact/signals";
import { shelf } from "./shelf";

export type Theme = "auto" | "light" | "dark";
export type Language = "en" | "ru";

const device: Language = navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
export const language = signal<Language>(shelf.read("unipole:language", device));
export const theme = signal<Theme>(shelf.read("unipole:theme", "auto"));
export const still = signal<boolean>(shelf.read("unipole:still", false));

effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dataset.theme = theme.value;
  document.documentElement.dataset.motion = still.value ? "off" : "on";
  shelf.write("unipole:language", language.value);
  shelf.write("unipole:theme", theme.value);
  shelf.write("unipole:still", still.value);
});
