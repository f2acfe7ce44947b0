// @ts-check

/** @typedef {import("./answers.js").Chosen} Chosen */

/**
 * What a file of earlier answers says, with ids only; of any page's checks, and some may be gone.
 * @typedef {object} Source
 * @property {Chosen} answers
 * @property {Chosen} changed_from  what the answers were before a change
 * @property {Chosen} open  why a check had no answer
 * @property {string} day  on which it was saved, such as 2026-05-03, as its device had it; "" where it names no day
 * @property {string} role
 * @property {string} time
 * @property {Record<string, string> | null} revisions  those that are not 1; null where it does not say
 */

/** How long a text may be, in characters: that of an answers file of the program. */
export const MOST_LENGTH = 1_000_000;

/**
 * Read the text of an answers file as this page saved it, or one with nothing but `check: option`. Mail and notes may
 * have put words around it. Return the name of the sentence that says what is wrong where it cannot be read.
 * @param {string} text
 * @returns {Source | string}
 */
export function readSource(text) {
  if (text.length > MOST_LENGTH) return "opened_large";
  if (/[\0\uFFFD]/.test(text)) return "opened_no_text";
  const inner = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  const found = parsedAs(inner) ?? parsedAs(mended(inner));
  if (!found) return "opened_broken";
  return sourceOf(found.answers ? found : { answers: found }) ?? "opened_other";
}

/**
 * Return a text without what mail and notes do to it: quotation marks that are turned, a mark before each line that is
 * quoted, spaces of other kinds and what has no width.
 * @param {string} text
 */
function mended(text) {
  return text
    .replace(/^([^\S\n]*>)+/gm, "")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/[^\S\r\n\t]/g, " ")
    .replace(/[“”„«»]/g, '"');
}

/** @param {string} text */
function parsedAs(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Return what something that was saved says, without what no answers file holds; null where it holds no answers.
 * @param {Record<string, any> | null | undefined} found
 * @returns {Source | null}
 */
export function sourceOf(found) {
  const answers = idsIn(found?.answers);
  if (!found || !Object.keys(answers).length) return null;
  const { day, role, time, revisions } = found;
  return {
    answers,
    changed_from: idsIn(found.changed_from),
    open: idsIn(found.open),
    day: isDay(day) ? day : "",
    role: isId(role) ? role : "",
    time: isId(time) ? time : "",
    revisions: revisions && typeof revisions === "object" ? idsIn(revisions) : null,
  };
}

/**
 * Return the pairs of the id of a check and of another id.
 * @param {unknown} found
 * @returns {Chosen}
 */
function idsIn(found) {
  const pairs = Object.entries(found ?? {}).map(([check, value]) => [
    check,
    Number.isInteger(value) ? String(value) : value,
  ]);
  return Object.fromEntries(pairs.filter(([check, value]) => /^[\w-]+\.[\w-]+$/.test(check) && isId(value)));
}

/**
 * Tell whether a text is a day that the calendar has: some browsers take 31 February for 3 March.
 * @param {unknown} text
 */
function isDay(text) {
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text;
}

/** @param {unknown} text */
function isId(text) {
  return typeof text === "string" && /^[\w-]{1,60}$/.test(text);
}
