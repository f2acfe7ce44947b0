// @ts-check
import { optionOf } from "./data.js";
import { inTurns } from "./turns.js";
import { verdictFor } from "./verdict.js";

/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Platform} Platform */
/** @typedef {Record<string, string>} Chosen  the id of an option by the id of its check */

/**
 * Everything that a person has said so far; all that may be kept on the device.
 * @typedef {object} Session
 * @property {string} role
 * @property {string[]} platforms
 * @property {Chosen} answers  the newest answer to each check
 * @property {Chosen} first  the first answer to each check
 * @property {Chosen} open  why a check has no answer: skipped, or dont_know
 */

/** @returns {Session} */
export function newSession() {
  return { role: "", platforms: [], answers: {}, first: {}, open: {} };
}

/**
 * Return the checks that are asked: those of the chosen platforms, and in a quick round no more than fit into it.
 * @param {Session} session
 * @param {Platform[]} platforms
 * @param {number} most
 */
export function asked(session, platforms, most) {
  const checks = platforms.filter((one) => session.platforms.includes(one.id)).flatMap((one) => one.checks);
  return inTurns(checks, most);
}

/**
 * Tell whether the person has answered, skipped or not known a check.
 * @param {Session} session
 * @param {Check} check
 */
export function replied(session, check) {
  return check.id in session.answers || check.id in session.open;
}

/**
 * Note an answer. One that only puts right a slip, while the question is still shown, is a first answer too.
 * @param {Session} session
 * @param {Check} check
 * @param {string} option
 * @param {boolean} isFirst
 */
export function answer(session, check, option, isFirst) {
  session.answers[check.id] = option;
  delete session.open[check.id];
  if (isFirst) session.first[check.id] = option;
}

/**
 * Note that a check has no answer; *skipped* leaves an answer that is there as it is.
 * @param {Session} session
 * @param {Check} check
 * @param {"skipped" | "dont_know"} reason
 */
export function leaveOpen(session, check, reason) {
  if (reason === "skipped" && replied(session, check)) return;
  delete session.answers[check.id];
  session.open[check.id] = reason;
}

/**
 * Return the verdict of a check; without an answer it is unknown.
 * @param {Session} session
 * @param {Check} check
 */
export function verdictOf(session, check) {
  const option = optionOf(check, session.answers[check.id]);
  return option ? verdictFor(option, session.role) : "unknown";
}

/**
 * Return the answers to these checks only: others may be left from services that are not ticked any more.
 * @param {Chosen} chosen
 * @param {Check[]} checks
 * @returns {Chosen}
 */
export function among(chosen, checks) {
  /** @type {Chosen} */
  const found = {};
  for (const { id } of checks) {
    const option = chosen[id];
    if (option !== undefined) found[id] = option;
  }
  return found;
}

/**
 * Tell whether two sets of answers are the same.
 * @param {Chosen} one
 * @param {Chosen} other
 */
export function same(one, other) {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => one[id] === other[id]);
}
