// @ts-check
import { replied } from "./answers.js";
import { roleOf } from "./data.js";
import { secondsToAsk } from "./effort.js";
import { inTurns } from "./turns.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Platform} Platform */
/** @typedef {import("./data.js").Screen} Screen */
/** @typedef {{screen: Screen, checks: Check[]}} Stop  a screen, and what is asked there */

/**
 * Return the screens on which something is asked, in the order that the program has put into the page.
 * @param {Session} session
 * @param {Platform[]} platforms
 * @param {number} most  how many checks a short round asks
 * @returns {Stop[]}
 */
export function stops(session, platforms, most) {
  const short = session.time === "quick";
  const { order, short: inShort } = roleOf(session.role).dataset;
  const wanted = new Set(asked(session, platforms, most));
  return inOrder(
    platforms.flatMap((one) => one.screens),
    short ? inShort : order,
  )
    .map((screen) => ({ screen, checks: screen.checks.filter((check) => wanted.has(check)) }))
    .filter((stop) => stop.checks.length);
}

/**
 * @param {Screen[]} screens
 * @param {string | undefined} order  their places with spaces between; none where they stand in it
 */
function inOrder(screens, order) {
  if (!order) return screens;
  return order.split(" ").map((place) => /** @type {Screen} */ (screens[Number(place)]));
}

/**
 * Return the checks that are asked: those of the chosen services or of one of them, or what fits into a short round.
 * @param {Session} session
 * @param {Platform[]} platforms
 * @param {number} most
 */
export function asked(session, platforms, most) {
  const { time } = session;
  const one = platforms.some((platform) => platform.id === time);
  const mine = platforms.filter(({ id }) => session.platforms.includes(id) && (!one || id === time));
  const checks = mine.flatMap((platform) => platform.checks);
  return time === "quick" ? inTurns(checks, most) : checks;
}

/**
 * Return the seconds that are left, from a stop on.
 * @param {Session} session
 * @param {Stop[]} way
 */
export function secondsLeft(session, way) {
  return way.reduce((sum, { screen, checks }) => {
    const open = checks.filter((check) => !replied(session, check));
    return sum + secondsToAsk(screen, open, session.role);
  }, 0);
}
