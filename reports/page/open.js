// @ts-check
import { find, onPress, part } from "./dom.js";
import { compareWith, earlierOf, goOnWith } from "./earlier.js";
import { changed, guardLeaving } from "./show.js";
import { MOST_LENGTH, readSource } from "./source.js";
import { dayInWords } from "./take.js";
import { showAgain } from "./trail.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./earlier.js").Earlier} Earlier */
/** @typedef {import("./source.js").Source} Source */

/**
 * Let the person open answers that they saved, from a file or a text: to go on with them, or to compare.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
export function addOpening(page, screen) {
  const fold = screen.querySelector("[data-part=opening]");
  if (!(fold instanceof HTMLDetailsElement)) return;
  const chosen = /** @type {HTMLInputElement} */ (part(fold, "file"));
  const pasted = /** @type {HTMLTextAreaElement} */ (part(fold, "pasted"));
  const read = (/** @type {string} */ text) => tellFound(page, fold, readSource(text));
  const readFile = async (/** @type {File | undefined} */ file) => {
    if (!file) return;
    if (file.size > MOST_LENGTH) tellFound(page, fold, "opened_large");
    else read(await file.text().catch(() => "\0"));
  };
  chosen.addEventListener("change", () => {
    readFile(chosen.files?.[0]);
    chosen.value = "";
  });
  onPress(part(fold, "read"), () => read(pasted.value));
  screen.addEventListener("dragover", (event) => event.preventDefault());
  screen.addEventListener("drop", (event) => {
    if (event.target === pasted && !event.dataTransfer?.files.length) return;
    event.preventDefault();
    fold.open = true;
    readFile(event.dataTransfer?.files[0]);
  });
}

/**
 * Say what is in the file and ask what it is for, or say what is wrong with it.
 * @param {Page} page
 * @param {HTMLElement} fold
 * @param {Source | string} source
 */
function tellFound(page, fold, source) {
  const earlier = typeof source === "string" ? null : earlierOf(source, page.platforms, page.roles);
  const number = Object.keys(earlier?.session.answers ?? {}).length;
  const wrong = typeof source === "string" ? source : number ? "" : "opened_unfit";
  const fault = part(fold, "fault");
  fault.hidden = !wrong;
  fault.textContent = wrong && say(wrong);
  part(fold, "uses").hidden = wrong !== "";
  if (wrong || typeof source === "string" || !earlier) return;
  const comparable = source.day && source.revisions;
  const day = dayOfSource(source);
  const told = [sayNumber("opened", number), source.day && say("opened_day", { day }), ...left(earlier)];
  const compare = part(fold, "compare");
  compare.hidden = !comparable;
  part(fold, "found").textContent = told.filter(Boolean).join(" ");
  part(fold, "comparing").textContent = comparable ? say("use_compare", { day }) : say("opened_undated");
  part(fold, "go_on").onclick = () => {
    const { unsaved } = page;
    page.differ = goOnWith(page.session, earlier);
    page.unfit = earlier.gone.length;
    changed(page);
    page.unsaved &&= unsaved;
    guardLeaving(page);
    tellTaken();
  };
  compare.onclick = () => {
    compareWith(page.session, earlier, source);
    changed(page);
    tellTaken();
  };
  find(fold, "[data-part=found]").focus();
}

/** Show the start again, with what was taken over. */
function tellTaken() {
  showAgain([]);
  part(document, "kept").focus();
}

/**
 * Say how many answers are left out, and why.
 * @param {Earlier} earlier
 */
export function left({ gone, elsewhere }) {
  return [
    gone.length ? sayNumber("unfit", gone.length) : "",
    elsewhere ? sayNumber("elsewhere", elsewhere) : "",
  ];
}

/**
 * Return the day on which answers were saved, in words.
 * @param {Source} source
 */
export function dayOfSource({ day }) {
  return day && dayInWords(new Date(`${day}T12:00`));
}
