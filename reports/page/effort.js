// @ts-check
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Screen} Screen */

/**
 * Return whole minutes, rounded up, as they are promised: one at least.
 * @param {number} seconds
 */
export function minutesOf(seconds) {
  return Math.max(1, Math.ceil(seconds / 60));
}

/**
 * Return the seconds that it takes to get to a screen and to answer some of its checks; none where none is asked.
 * @param {Screen} screen
 * @param {Check[]} checks
 * @param {string} role
 */
export function secondsToAsk(screen, checks, role) {
  if (!checks.length) return 0;
  return checks.reduce((sum, check) => sum + check.ask(role), screen.arrive);
}

/**
 * Return the seconds that it takes to open a screen and to change some of its checks, or to look once more.
 * @param {Screen} screen
 * @param {Check[]} checks
 * @param {"change" | "look"} what
 */
export function secondsThere(screen, checks, what) {
  return checks.reduce((sum, check) => sum + check[what], screen.open);
}
