// @ts-check
import { part } from "./dom.js";
import { say } from "./words.js";

const LAST_SAFE_DAY = 28;

/**
 * What saves a text as a file, where the page has it: not in a page that is handed on, for which mail filters would take
 * it for an attack.
 * @type {{can: () => boolean, save: (name: string, text: string) => Promise<string>}[]}
 */
const savers = [];

/**
 * What copies a text, where the page has it: not in a page that is handed on, for the same reason.
 * @type {{can: () => boolean, label: string, copy: (text: string) => Promise<string>}[]}
 */
const copiers = [];

/** @param {typeof savers[0]} saver */
export function saveWith(saver) {
  savers.push(saver);
}

/** @param {typeof copiers[0]} copier */
export function copyWith(copier) {
  copiers.push(copier);
}

/** Return what can copy a text here, with the name of what its button says; undefined where nothing can. */
export function copierHere() {
  return copiers.find((one) => one.can());
}

/**
 * Return a day as 2026-11-22.
 * @param {Date} day
 */
export function dayOf(day) {
  return [day.getFullYear(), twoDigits(day.getMonth() + 1), twoDigits(day.getDate())].join("-");
}

/** @param {number} number */
function twoDigits(number) {
  return String(number).padStart(2, "0");
}

/**
 * Return a day as this page's language writes it; as 2026-11-22 where the browser does not know the language.
 * @param {Date} day
 */
export function dayInWords(day) {
  const language = document.documentElement.lang;
  try {
    const known = Intl.DateTimeFormat.supportedLocalesOf(language === "en" ? "en-GB" : language);
    return known.length ? new Intl.DateTimeFormat(known, { dateStyle: "long" }).format(day) : dayOf(day);
  } catch {
    return dayOf(day);
  }
}

/**
 * Return the day some months from now on which to look again, at most the 28th: every month has that.
 * @param {number} months
 * @param {Date} now
 */
export function dayToLookAgain(months, now) {
  const month = new Date(now.getFullYear(), now.getMonth() + months, 1);
  const lastDay = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
  return new Date(month.getFullYear(), month.getMonth(), Math.min(now.getDate(), lastDay, LAST_SAFE_DAY));
}

/**
 * Show a text to take away, selected, with a button that hands it to another app where the device can do that, and one
 * that saves it where the browser itself asks for the place.
 *
 * A page that is handed on makes no file of it and copies nothing by itself: pages that do so are taken for attacks.
 * @param {HTMLElement} screen
 * @param {string} text
 * @param {() => void} taken  called when it was copied, handed on or saved
 * @param {string} name  that of the file; "" where it is not to be one
 */
export function offer(screen, text, taken, name = "") {
  const box = /** @type {HTMLTextAreaElement} */ (part(screen, "text"));
  const send = /** @type {HTMLButtonElement} */ (part(screen, "send"));
  const save = /** @type {HTMLButtonElement} */ (part(screen, "save_as"));
  box.value = text;
  box.rows = Math.min(text.split("\n").length + 1, 8);
  box.oncopy = taken;
  send.hidden = !navigator.share;
  send.onclick = () => handOn(text, taken);
  const saver = savers.find((one) => one.can());
  save.hidden = !name || !saver;
  save.onclick = async () => {
    const became = await saver?.save(name, text);
    if (became === "file_saved") taken();
    if (became) part(screen, "told").textContent = say(became);
  };
  part(screen, "taken").hidden = false;
  box.focus();
  box.select();
}

/**
 * Hand a text to another app, where the device can do that.
 * @param {string} text
 * @param {() => void} taken
 */
export function handOn(text, taken) {
  if (navigator.share) navigator.share({ text }).then(taken, () => undefined);
}
