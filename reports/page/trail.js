// @ts-check

/** @typedef {import("./data.js").Check} Check */

/**
 * A screen of the page, to be shown again.
 * @typedef {object} Place
 * @property {() => void} again  shows it
 * @property {Check[]} [checks]  those whose replies it shows; every check where it does not say
 */

/** The screens that were shown, each with an entry of the browser's own Back. @type {Place[]} */
const trail = [];
let here = -1;
let going = false;

/** How often a screen was shown, or the browser's Back pressed. */
let moves = 0;

/**
 * Note that a screen is shown now: the browser's Back leads from it to the one before.
 * @param {Place} place
 */
export function arrive(place) {
  moves += 1;
  if (!going) {
    here += 1;
    trail.length = here;
    remember();
  }
  trail[here] = place;
}

/** Let the browser's Back lead to none of the screens that were shown so far. */
export function forgetTrail() {
  here = -1;
  going = false;
}

/**
 * Return what shows a screen later, once it is known which: as if it was shown now, and only where the person has gone
 * to no other screen since. It tells whether they have not.
 */
export function later() {
  const asked = { moves, going };
  return (/** @type {() => void} */ showScreen) => {
    if (moves !== asked.moves) return false;
    going = asked.going;
    showScreen();
    going = false;
    return true;
  };
}

/** Tell whether the screen of now shows nothing of what is asked. */
export function isBeside() {
  return trail[here]?.checks?.length === 0;
}

/**
 * Show the present screen again where it shows the reply to one of some checks.
 * @param {Check[]} checks
 */
export function showAgain(checks) {
  const place = trail[here];
  if (place && (!place.checks || place.checks.some((check) => checks.includes(check)))) goTo(place);
}

/** Where a browser does not let a page have entries of its own, Back leaves the page. */
function remember() {
  try {
    if (here) history.pushState(here, "");
    else history.replaceState(here, "");
  } catch {
    return;
  }
}

/** @param {Place} place */
function goTo(place) {
  going = true;
  place.again();
  going = false;
}

window.addEventListener("popstate", ({ state }) => {
  if (typeof state !== "number" || state === here) return;
  moves += 1;
  here = trail[state] ? state : 0;
  const place = trail[here];
  if (place) goTo(place);
});
