// @ts-check
import { optionOf, optionsOf } from "./data.js";
import { verdictFor } from "./verdict.js";

/** @typedef {import("./data.js").Check} Check */
/** @typedef {Record<string, string>} Chosen  the id of an option by the id of its check */

/**
 * Everything that a person has said so far; all that may be kept on the device.
 * @typedef {object} Session
 * @property {string} role
 * @property {string} device  where they look: ios, android or menu (a browser); "" shows every way
 * @property {string[]} platforms
 * @property {string} time  quick, full or the id of one service; "" where that is still to choose
 * @property {Chosen} answers  the newest answer to each check
 * @property {Chosen} first  the first answer to each check
 * @property {Chosen} open  why a check has no answer: skipped, dont_know or looks_different
 * @property {Chosen} changed  what the answer was before the person changed the setting
 * @property {Chosen} left  the answers that the person leaves as they are
 * @property {Chosen} ticked  the answers whose box in the plan is ticked
 * @property {import("./source.js").Source | null} earlier  the earlier answers with which to compare
 */

export const REASONS = ["skipped", "dont_know", "looks_different"];

/** What is chosen once for the whole session. */
export const CHOICES = /** @type {const} */ (["role", "device", "time"]);

/** The parts of a session that say something of each check. */
export const PARTS = /** @type {const} */ (["answers", "first", "open", "changed", "left", "ticked"]);

/** @returns {Session} */
export function newSession() {
  return {
    role: "",
    device: "",
    platforms: [],
    time: "",
    answers: {},
    first: {},
    open: {},
    changed: {},
    left: {},
    ticked: {},
    earlier: null,
  };
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
 * Note an answer. One that only puts right a slip, while the question is still shown, is a first answer too; one that
 * is given again stays one that was changed today.
 * @param {Session} session
 * @param {Check} check
 * @param {string} option
 * @param {boolean} isFirst
 */
export function answer(session, check, option, isFirst) {
  if (session.answers[check.id] !== option) forgetChange(session, check);
  session.answers[check.id] = option;
  delete session.open[check.id];
  if (isFirst) session.first[check.id] = option;
}

/**
 * Note that a check has no answer; a screen that is skipped or looks different leaves a reply that is there as it is.
 * @param {Session} session
 * @param {Check} check
 * @param {string} reason
 */
export function leaveOpen(session, check, reason) {
  if (reason !== "dont_know" && replied(session, check)) return;
  delete session.answers[check.id];
  forgetChange(session, check);
  session.open[check.id] = reason;
}

/**
 * Note what a person does about a setting that is to change, while its screen is open. The newest choice counts.
 * @param {Session} session
 * @param {Check} check
 * @param {string} found  how it was
 * @param {string} choice  changed, later or leave
 */
export function choose(session, check, found, choice) {
  session.answers[check.id] = found;
  forgetChange(session, check);
  if (choice === "leave") session.left[check.id] = found;
  if (choice === "changed") {
    session.changed[check.id] = found;
    session.answers[check.id] = aimOf(session, check);
  }
}

/**
 * @param {Session} session
 * @param {Check} check
 */
function forgetChange(session, check) {
  delete session.ticked[check.id];
  delete session.changed[check.id];
  delete session.left[check.id];
}

/**
 * Return the answer that a check should have; "" where none is the better one.
 * @param {Session} session
 * @param {Check} check
 */
export function aimOf(session, check) {
  const aim = optionsOf(check).find(({ dataset }) => {
    return dataset.aim === "" || dataset.aim?.split(" ").includes(session.role);
  });
  return aim?.dataset.option ?? "";
}

/**
 * Return two sessions as one. What both answer differently is asked again: nobody can tell which is true.
 * @param {Session} mine
 * @param {Session} theirs
 * @returns {Session}
 */
export function joined(mine, theirs) {
  const platforms = [...new Set([...mine.platforms, ...theirs.platforms])];
  const whole = { ...theirs, platforms, earlier: mine.earlier ?? theirs.earlier };
  for (const choice of CHOICES) whole[choice] = mine[choice] || theirs[choice];
  for (const part of PARTS) whole[part] = { ...theirs[part], ...mine[part] };
  for (const id of Object.keys(whole.answers)) {
    delete whole.open[id];
    const [one, other] = [mine.answers[id], theirs.answers[id]];
    if (one && other && one !== other) for (const part of PARTS) delete whole[part][id];
  }
  return whole;
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
 * Return the verdict of a check, or that the person has not come to it.
 * @param {Session} session
 * @param {Check} check
 */
export function kindOf(session, check) {
  return replied(session, check) ? verdictOf(session, check) : "not_reached";
}

/**
 * Return what was said of these checks only: more may be left of services that are not ticked any more.
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

/**
 * Return the checks of which two sessions say different things.
 * @param {Session} one
 * @param {Session} other
 * @param {Check[]} checks
 */
export function toldApart(one, other, checks) {
  return checks.filter(({ id }) => PARTS.some((part) => one[part][id] !== other[part][id]));
}

/**
 * Tell whether anything was said of a check in a session.
 * @param {Session} session
 */
export function saysAnything(session) {
  return PARTS.some((part) => Object.keys(session[part]).length > 0);
}

/**
 * Take over what another session says of checks, and with what it compares.
 * @param {Session} session
 * @param {Session} other
 */
export function takeReplies(session, other) {
  for (const part of PARTS) session[part] = other[part];
  session.earlier = other.earlier ?? session.earlier;
}
