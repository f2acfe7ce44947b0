// @ts-check
import { newSession } from "./answers.js";
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
 * Return the session that is kept on this device, without what this page does not have; null when none is.
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
    checks.some((check) => check.id === id) && ["skipped", "dont_know"].includes(reason);
  return {
    ...newSession(),
    role: roles.includes(found.role) ? found.role : "",
    platforms: platforms.map((one) => one.id).filter((id) => known.includes(id)),
    answers: those(found.answers, isOption),
    first: those(found.first, isOption),
    open: those(found.open, isReason),
  };
}
