// @ts-check
import { replied, verdictOf } from "./answers.js";
import { optionOf } from "./data.js";
import { verdictFor } from "./verdict.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./earlier.js").Earlier} Earlier */

/**
 * How a check compares with earlier answers, as the program's comparison tells it.
 * @typedef {object} Change
 * @property {Check} check
 * @property {string} kind  one of CHANGES
 * @property {string} state  the verdict that counts now; "" where it is not asked now
 * @property {string} why  why it cannot be compared; "" where it can
 */

/** In the order in which they are shown. */
export const CHANGES = ["worse", "still_to_change", "not_comparable", "new", "better", "no_longer_asked", "unchanged"];
const STATES = ["fail", "choice", "unknown", "pass", "not_applicable", ""];

/**
 * Compare a session with earlier answers. Nothing is better or worse unless both could tell, asked the same, and were
 * judged by the same measure.
 * @param {Earlier} earlier
 * @param {Session} session
 * @param {Check[]} asked  all that is asked now
 * @param {Check[]} every  all checks of the page
 * @returns {Change[]}
 */
export function changesSince(earlier, session, asked, every) {
  const then = { ...earlier.session, role: earlier.role || session.role };
  const rows = every.flatMap((check) => {
    const before = earlier.gone.includes(check) || replied(then, check);
    const now = asked.includes(check);
    const state = now ? verdictOf(session, check) : "";
    if (!before) return now ? [{ check, kind: "new", state, why: "" }] : [];
    if (!now) return [{ check, kind: "no_longer_asked", state, why: "" }];
    const why = earlier.gone.includes(check) ? "revision" : whyNot(then, session, check);
    return [{ check, kind: why ? "not_comparable" : kindOfChange(verdictOf(then, check), state), state, why }];
  });
  return rows.sort(
    (one, other) =>
      CHANGES.indexOf(one.kind) - CHANGES.indexOf(other.kind) ||
      STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
      one.check.rank - other.check.rank,
  );
}

/**
 * @param {string} before
 * @param {string} now
 */
function kindOfChange(before, now) {
  if (now === "fail") return before === "fail" ? "still_to_change" : "worse";
  return before === "fail" ? "better" : "unchanged";
}

/**
 * @param {Session} then
 * @param {Session} session
 * @param {Check} check
 */
function whyNot(then, session, check) {
  const [before, now] = [verdictOf(then, check), verdictOf(session, check)];
  if (before === "unknown") return now === "unknown" ? "unknown_both" : "unknown_before";
  if (now === "unknown") return "unknown_after";
  if (before === now) return "";
  const [one, other] = [then, session].map(({ answers }) => optionOf(check, answers[check.id]));
  if (!one || !other || one === other) return "role";
  if ((before === "fail") === (now === "fail")) return "";
  /** @param {HTMLElement} option @param {string} verdict @param {string} role */
  const agrees = (option, verdict, role) => (verdictFor(option, role) === "fail") === (verdict === "fail");
  const measures = [then.role, session.role];
  return measures.some((role) => agrees(one, before, role) && agrees(other, now, role)) ? "" : "role";
}
