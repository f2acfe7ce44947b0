// @ts-check
import { fill, find, onPress, part } from "./dom.js";
import { compareWith, earlierOf, goOnWith } from "./earlier.js";
import { changed, guardLeaving } from "./show.js";
import { MOST_LENGTH, readSource } from "./source.js";
import { dayInWords } from "./take.js";
import { showAgain } from "./trail.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./earlier.js").Earlier} Earlier */
/** @typedef {import("./source.js").Source} Source */

/** @typedef {{source: Source, earlier: Earlier, number: number}} Found  answers, and how many of them fit the page */

/** No page saved answers before this day. */
const FIRST_DAY = "2026-01-01";

/** By how much the clocks of any country are ahead of UTC, at most. */
const EAST_MS = 14 * 3_600_000;

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
  chosen.addEventListener("change", () => {
    readFiles(page, fold, [...(chosen.files ?? [])]);
    chosen.value = "";
  });
  onPress(part(fold, "read"), () => tellFound(page, fold, foundIn(page, pasted.value)));
  screen.addEventListener("dragover", (event) => event.preventDefault());
  screen.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (event.target === pasted && !files.length) return;
    event.preventDefault();
    fold.open = true;
    readFiles(page, fold, files);
  });
}

/**
 * Open the first of some files that has answers for this page, and say which that was where there are more.
 * @param {Page} page
 * @param {HTMLElement} fold
 * @param {File[]} files
 */
async function readFiles(page, fold, files) {
  const only = files.length === 1;
  for (const file of files) {
    const found = file.size > MOST_LENGTH ? "opened_large" : foundIn(page, await file.text().catch(() => "\0"));
    if (only || typeof found !== "string") {
      tellFound(page, fold, found, only ? "" : say("opened_one", { name: file.name }));
      return;
    }
  }
  if (files.length) tellFound(page, fold, "opened_none");
}

/**
 * Return the answers in a text as far as they fit the page, or the name of the sentence that says what is wrong.
 * @param {Page} page
 * @param {string} text
 * @returns {Found | string}
 */
function foundIn(page, text) {
  const source = readSource(text);
  if (typeof source === "string") return source;
  const earlier = earlierOf(source, page.platforms, page.roles);
  const number = Object.keys(earlier.session.answers).length;
  return number ? { source, earlier, number } : "opened_unfit";
}

/**
 * Say what is in the file and ask what it is for, or say what is wrong with it.
 * @param {Page} page
 * @param {HTMLElement} fold
 * @param {Found | string} found
 * @param {string} which  says which of several files it is
 */
function tellFound(page, fold, found, which = "") {
  const wrong = typeof found === "string" ? found : "";
  fill(fold, "fault", wrong && say(wrong));
  part(fold, "uses").hidden = wrong !== "";
  if (typeof found === "string") return;
  const { source, earlier, number } = found;
  const saved = wordOfDay(source);
  const told = [which, sayNumber("opened", number), saved && say(saved, { day: inWords(source) }), ...left(earlier)];
  const compare = part(fold, "compare");
  compare.hidden = !source.revisions;
  part(fold, "found").textContent = told.filter(Boolean).join(" ");
  part(fold, "comparing").textContent = say(source.revisions ? "use_compare" : "opened_no_revisions", {
    day: dayOfSource(source),
  });
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
 * Return the name of the sentence on the day in a file: whether it was saved then, or a clock was wrong. A day that has
 * begun in some country is not still to come.
 * @param {Source} source
 */
function wordOfDay({ day }) {
  if (!day) return "";
  if (day > new Date(Date.now() + EAST_MS).toJSON().slice(0, 10)) return "opened_later";
  return day < FIRST_DAY ? "opened_early" : "opened_day";
}

/** @param {Source} source */
function inWords({ day }) {
  return dayInWords(new Date(`${day}T12:00`));
}

/**
 * Return the day on which answers were saved, in words; where it is not known, the words for those answers.
 * @param {Source} source
 */
export function dayOfSource(source) {
  return wordOfDay(source) === "opened_day" ? inWords(source) : say("earlier_answers");
}
