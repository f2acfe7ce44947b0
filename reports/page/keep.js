// @ts-check
import { REASONS, newSession } from "./answers.js";
import { optionOf } from "./data.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./answers.js").Chosen} Chosen */
/** @typedef {import("./data.js").Platform} Platform */

const KEY = "privacyaudit-page";

/**
 * Keep a session on this device and tell whether that worked.
 * @param {Session} session
 */
export function keep(session) {
  try {
    localStorage.setItem(KEY, JSON.stringify(session));
    return true;
  } catch {
    return false;
  }
}

/** Remove what is kept on this device and tell whether that worked. */
export function forget() {
  try {
    localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/**
 * Call a function when another window of the same page has kept something else, or has forgotten it.
 * @param {() => void} then
 */
export function onKeptElsewhere(then) {
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) then();
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
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return found && typeof found === "object" ? fitting(found, platforms, roles) : null;
  } catch {
    return null;
  }
}

/**
 * @param {Record<string, any>} found
 * @param {Platform[]} platforms
 * @param {string[]} roles
 * @returns {Session}
 */
function fitting(found, platforms, roles) {
  const checks = platforms.flatMap((one) => one.checks);
  const known = Array.isArray(found.platforms) ? found.platforms : [];
  /** @param {Record<string, unknown>} given @param {(id: string, value: string) => boolean} fits */
  const those = (given, fits) => {
    /** @type {Chosen} */
    const chosen = {};
    for (const [id, value] of Object.entries(given ?? {})) {
      if (typeof value === "string" && fits(id, value)) chosen[id] = value;
    }
    return chosen;
  };
  /** @param {string} id @param {string} option */
  const isOption = (id, option) => checks.some((check) => check.id === id && optionOf(check, option));
  /** @param {string} id @param {string} reason */
  const isReason = (id, reason) =>
    checks.some((check) => check.id === id) && REASONS.includes(reason);
  const times = ["quick", "full", ...platforms.map((one) => one.id)];
  return {
    ...newSession(),
    role: roles.includes(found.role) ? found.role : "",
    device: ["ios", "android", "menu"].includes(found.device) ? found.device : "",
    platforms: platforms.map((one) => one.id).filter((id) => known.includes(id)),
    time: times.includes(found.time) ? found.time : "full",
    answers: those(found.answers, isOption),
    first: those(found.first, isOption),
    open: those(found.open, isReason),
    changed: those(found.changed, isOption),
    left: those(found.left, isOption),
    ticked: those(found.ticked, isOption),
  };
}
