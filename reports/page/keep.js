// @ts-check
import { CHOICES, PARTS } from "./answers.js";
import { fitting, strings } from "./fits.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Platform} Platform */

const KEY = "privacyaudit-page";
const FORGET = "forget";

/** What this window last read or wrote, as it is kept. @type {string | null} */
let seen = null;

/** What was chosen in a session when it was last kept or read. @type {WeakMap<Session, Record<string, unknown>>} */
const chosenBefore = new WeakMap();

/**
 * Keep a session on this device, beside what other pages kept of checks that this one does not have. Another window
 * may have kept something since, or removed it: then nothing is written over it; nor is what was chosen there, where
 * nothing else was chosen here. Return the name of the sentence that says what became of it.
 * @param {Session} session
 * @param {Platform[]} platforms
 * @param {string[]} roles
 */
export function keep(session, platforms, roles) {
  try {
    const there = localStorage.getItem(KEY);
    if (there !== seen) return there === null ? "no_longer_kept" : "kept_elsewhere";
    seen = JSON.stringify(withOthers(session, parsed(there) ?? {}, platforms, roles));
    localStorage.setItem(KEY, seen);
    chosenBefore.set(session, choicesOf(session));
    return "kept";
  } catch {
    return "cannot_keep";
  }
}

/**
 * Keep nothing of the checks of this page on this device any more; what other pages kept stays. Return the name of the
 * sentence that says what became of it.
 * @param {Platform[]} platforms
 */
export function keepNoLonger(platforms) {
  try {
    const rest = ofOthers(parsed(localStorage.getItem(KEY)) ?? {}, platforms);
    rest.earlier = undefined;
    const some = PARTS.some((part) => Object.keys(rest[part] ?? {}).length);
    seen = some ? JSON.stringify(rest) : null;
    if (seen) localStorage.setItem(KEY, seen);
    else localStorage.removeItem(KEY);
    return some ? "others_kept" : "no_longer_kept";
  } catch {
    return "cannot_forget";
  }
}

/** Remove all that is kept on this device, in each window that keeps answers too, and tell whether that worked. */
export function forget() {
  try {
    seen = null;
    if (localStorage.getItem(KEY) !== null) localStorage.setItem(KEY, FORGET);
    localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/**
 * Call a function when another window of a page has kept something else, or has removed it.
 * @param {(forgotten: boolean) => void} then  told whether everything is to be forgotten
 */
export function onKeptElsewhere(then) {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY || key === null) then(newValue === FORGET);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) then(false);
  });
}

/**
 * Return the session that is kept on this device, without what this page does not have; null when none is. One of the
 * page as it was before it asked for the time goes on with everything.
 * @param {Platform[]} platforms
 * @param {string[]} roles
 * @returns {Session | null}
 */
export function kept(platforms, roles) {
  try {
    seen = localStorage.getItem(KEY);
    const found = parsed(seen);
    if (!found) return null;
    const session = fitting(found, platforms, roles);
    chosenBefore.set(session, choicesOf(session));
    return session;
  } catch {
    return null;
  }
}

/**
 * Return how many answers of this page's checks are kept that these checks do not have any more.
 * @param {Session} session  what fits of them
 * @param {Platform[]} platforms
 */
export function unfitting(session, platforms) {
  const { answers = {} } = parsed(seen) ?? {};
  return idsOf(platforms).filter((id) => id in answers && !(id in session.answers)).length;
}

/** @param {Session} session */
function choicesOf(session) {
  return { ...Object.fromEntries(CHOICES.map((one) => [one, session[one]])), platforms: String(session.platforms) };
}

/**
 * @param {string | null} text
 * @returns {Record<string, any> | null}
 */
function parsed(text) {
  try {
    const found = JSON.parse(text ?? "null");
    return typeof found === "object" ? found : null;
  } catch {
    return null;
  }
}

/**
 * Return a session with what was kept of services and checks that this page does not have. A page for one role leaves
 * the role that is kept.
 * @param {Session} session
 * @param {Record<string, any>} found
 * @param {Platform[]} platforms
 * @param {string[]} roles
 */
function withOthers(session, found, platforms, roles) {
  const others = ofOthers(found, platforms);
  const before = chosenBefore.get(session) ?? {};
  /** @type {Record<string, unknown>} */
  const whole = { ...others, ...session };
  for (const one of CHOICES) if (session[one] === before[one]) whole[one] = found[one];
  const chosen = String(session.platforms) === before.platforms ? strings(found.platforms) : session.platforms;
  whole.platforms = [...new Set([...chosen, ...others.platforms])];
  if (roles.length === 1 && found.role) whole.role = found.role;
  for (const part of PARTS) whole[part] = { ...others[part], ...session[part] };
  return whole;
}

/**
 * Return what was kept, without all that is said of the checks and services of this page.
 * @param {Record<string, any>} found
 * @param {Platform[]} platforms
 * @returns {Record<string, any>}
 */
function ofOthers(found, platforms) {
  const here = new Set(idsOf(platforms));
  const mine = platforms.map((one) => one.id);
  /** @type {Record<string, any>} */
  const rest = { ...found, platforms: strings(found.platforms).filter((id) => !mine.includes(id)) };
  for (const part of PARTS) {
    const others = Object.entries(found[part] ?? {}).filter(([id, value]) => !here.has(id) && typeof value === "string");
    rest[part] = Object.fromEntries(others);
  }
  return rest;
}

/** @param {Platform[]} platforms */
function idsOf(platforms) {
  return platforms.flatMap((one) => one.checks.map((check) => check.id));
}
