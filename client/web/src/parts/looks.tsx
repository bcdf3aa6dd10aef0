// Language, light and motion, in one small menu.
import { language, still, theme, type Language, type Theme } from "../state/looks";
import { t } from "../words";

const LANGUAGES: Record<Language, string> = { en: "English", ru: "Русский" };

export function Looks() {
  return (
    <div class="menu">
      <label>
        <span class="hidden">{t("looks.language")}</span>
        <select class="select" value={language.value} onChange={(event) => (language.value = event.currentTarget.value as Language)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden">{t("looks.theme")}</span>
        <select class="select" value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
          <option value="auto">{t("looks.auto")}</option>
          <option value="light">{t("looks.light")}</option>
          <option value="dark">{t("looks.dark")}</option>
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={still.value} onChange={(event) => (still.value = event.currentTarget.checked)} />
        <span>{t("looks.still")}</span>
      </label>
    </div>
  );
}
