// @ts-check
import { REASONS, newSession } from "./answers.js";
import { optionOf } from "./data.js";
import { sourceOf } from "./source.js";

/** @typedef {import("./answers.js").Chosen} Chosen */
/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Platform} Platform */

/**
 * Return the texts in a list; none where it is no list.
 * @param {unknown} found
 * @returns {string[]}
 */
export function strings(found) {
  return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
}

/**
 * Return a session as it was kept or saved, without what this page does not have.
 * @param {Record<string, any>} found
 * @param {Platform[]} platforms
 * @param {string[]} roles
 * @returns {Session}
 */
export function fitting(found, platforms, roles) {
  const checks = platforms.flatMap((one) => one.checks);
  const known = strings(found.platforms);
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
    earlier: sourceOf(found.earlier),
  };
}
