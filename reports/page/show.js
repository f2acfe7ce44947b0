// @ts-check
import { find } from "./dom.js";
import { keep } from "./keep.js";
import { say } from "./words.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Platform} Platform */
/** @typedef {import("./share.js").Sharing} Sharing */
/** @typedef {import("./walk.js").Stop} Stop */

/**
 * Everything that the screens share.
 * @typedef {object} Page
 * @property {Platform[]} platforms
 * @property {string[]} roles
 * @property {number} most  how many checks a short round asks
 * @property {boolean} quick  whether the page is for a short round only
 * @property {boolean} asksServices  whether the person ticks the services that they use
 * @property {Session} session
 * @property {boolean} timed  whether the person said on the first screen how much is asked
 * @property {Stop[]} stops  the way: its screens, and what is asked there
 * @property {Check[]} checks  all that is asked, in the order of the way
 * @property {number} unfit  how many answers that were kept do not fit any more
 * @property {number} differ  how many answers of a file that was opened differ from those on the page
 * @property {Set<string>} offered  what was offered to be changed in this visit: check and answer
 * @property {Sharing} sharing
 * @property {Program | null} program  what is behind the page, in the window
 * @property {boolean} keeps  whether the answers are kept on this device
 * @property {boolean} unsaved  whether there are answers that would be lost
 * @property {() => void} follow  takes what another window kept
 * @property {() => void} plan  works the way out again
 * @property {(place: "start" | "services" | "time" | "walk" | "report") => void} go
 * @property {(index: number) => void} visit  shows a stop
 * @property {(index: number) => void} next  shows the first stop from there on that has something left to ask, or the report
 * @property {(index: number) => void} back  leads back from a stop
 */

/**
 * The program behind the page, in the window.
 * @typedef {object} Program
 * @property {Session | null} session  that of an audit which goes on
 * @property {string[]} offered  what was offered to be changed: check and answer
 * @property {(page: Page) => void} open  shows the first screen
 * @property {(page: Page) => void} home
 * @property {(page: Page) => void} begin  begins the audit, then shows the first question
 * @property {(page: Page) => void} report
 * @property {(page: Page) => void} changed  saves what the person said
 */

/** @param {BeforeUnloadEvent} event */
function askBeforeLeaving(event) {
  event.preventDefault();
}

/**
 * Note that the session changed: keep it where that is wanted, else let the browser ask before answers are lost.
 * @param {Page} page
 */
export function changed(page) {
  if (page.program) {
    page.program.changed(page);
    return;
  }
  const became = page.keeps ? keep(page.session, page.platforms, page.roles) : "";
  if (became === "kept_elsewhere") setTimeout(page.follow);
  else if (became && became !== "kept") tellKept(page, false, became);
  page.unsaved = !page.keeps && Object.keys(page.session.answers).length > 0;
  guardLeaving(page);
}

/**
 * Say whether the answers are kept on this device.
 * @param {Page} page
 * @param {boolean} keeps
 * @param {string} word  what is said of it
 */
export function tellKept(page, keeps, word) {
  page.keeps = keeps;
  const box = /** @type {HTMLInputElement} */ (find(document, "#keep"));
  box.checked = keeps;
  find(document, "#kept").textContent = say(word);
}

/**
 * Let the browser ask before the page is left, as long as answers would be lost.
 * @param {Page} page
 */
export function guardLeaving(page) {
  if (page.unsaved) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
}

/** Return the title of the whole page. */
export function pageTitle() {
  return say("title");
}
