// @ts-check
import { find } from "./dom.js";
import { ask } from "./program.js";
import { guardLeaving } from "./show.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {Record<string, unknown>} Told  all that the page has of one check */

const AGAIN_MS = 3000;

/** What the program has of each check, as it was last told. @type {Map<string, string>} */
const known = new Map();

/** What is being sent now. @type {Promise<boolean> | null} */
let sending = null;
let again = 0;

/** The number of the audit that goes on, as far as this page knows; 0 for none. */
let audit = 0;
let keeps = true;

/** The files of a report that were written before the person wanted nothing saved. @type {string[]} */
let written = [];

/**
 * Note what the program has already.
 * @param {Page} page
 */
export function noteKnown(page) {
  for (const one of replies(page)) known.set(String(one.check), JSON.stringify(one));
}

/**
 * Note whether the program saves answers, and show it: another tab may have changed that.
 * @param {boolean} isKept
 */
export function noteKeeping(isKept) {
  keeps = isKept;
  const box = /** @type {HTMLInputElement} */ (find(document, "#keeps"));
  box.checked = isKept;
}

/**
 * Note which audit goes on, by its number; 0 for none.
 * @param {number} number
 */
export function noteAudit(number) {
  audit = number;
}

/** Return the number of the audit that goes on, as far as this page knows. */
export function auditNow() {
  return audit;
}

/**
 * Note which files of this visit's report are there.
 * @param {string[]} files
 */
export function noteWritten(files) {
  written = files;
}

/** Let the program begin with nothing. */
export function forgetKnown() {
  clearTimeout(again);
  known.clear();
  written = [];
}

/**
 * Say what became of the answers, for all to hear.
 * @param {string} text
 */
export function tell(text) {
  find(document, "#saved").textContent = text;
}

/** Say whether answers are saved. */
export function tellSaved() {
  if (keeps) tell(say("saved"));
  else tell(written.length ? say("report_stays", { files: written.join(", ") }) : say("not_kept"));
}

/**
 * Send what the person said since the last time, and say that it is saved once it is; tell whether it is. What could
 * not be saved stays here and is sent again.
 * @param {Page} page
 * @returns {Promise<boolean>}
 */
export async function save(page) {
  while (sending) await sending;
  const news = replies(page).filter((one) => known.get(String(one.check)) !== JSON.stringify(one));
  page.unsaved = news.length > 0;
  guardLeaving(page);
  if (!news.length) return true;
  sending = send(page, news);
  const done = await sending;
  sending = null;
  return done;
}

/**
 * @param {Page} page
 * @param {Told[]} news
 */
async function send(page, news) {
  clearTimeout(again);
  const { said, trouble } = await ask("answer", { audit, replies: news });
  if (!said) {
    tell(say("not_saved", { why: trouble }));
    again = setTimeout(() => save(page), AGAIN_MS);
    return false;
  }
  for (const one of news) known.set(String(one.check), JSON.stringify(one));
  page.unsaved = false;
  guardLeaving(page);
  noteKeeping(said.saved);
  tellSaved();
  return true;
}

/**
 * Return all that the page has of each check of this audit that has a reply.
 * @param {Page} page
 * @returns {Told[]}
 */
function replies(page) {
  const { answers, open, changed, left } = page.session;
  return page.checks
    .filter(({ id }) => id in answers || id in open)
    .map(({ id }) => ({
      check: id,
      option: answers[id] ?? null,
      reason: id in answers ? null : open[id],
      changed: changed[id] ?? null,
      offered: page.offered.has(`${id} ${answers[id]}`),
      left: id in left,
    }));
}
