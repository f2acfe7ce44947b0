// @ts-check
import { find, fromTemplate } from "./dom.js";
import { arrive } from "./trail.js";

/** @typedef {import("./trail.js").Place} Place */

const UNREAD_MS = 500;
let unread = 0;

/**
 * Show a fresh copy of a screen in place of the one before, and put the focus on its heading. So soon after it appears
 * nobody has read it: a tap then is the second one of a double tap, and presses nothing.
 * @param {string} template
 * @param {Place} place
 * @param {(screen: HTMLElement) => string} prepare  fills the screen and returns the title of the document
 * @param {string} progress
 */
export function show(template, place, prepare, progress = "") {
  arrive(place);
  const screen = fromTemplate(template);
  const title = prepare(screen);
  find(document, "#screen").replaceChildren(screen);
  letBeRead();
  find(document, "#progress").textContent = progress;
  document.title = title;
  window.scrollTo(0, 0);
  find(screen, "h1").focus();
}

/** Let no tap press anything on the screen for a moment, because it has just appeared under the finger. */
export function letBeRead() {
  const place = find(document, "#screen");
  place.classList.add("unread");
  clearTimeout(unread);
  unread = setTimeout(() => place.classList.remove("unread"), UNREAD_MS);
}
