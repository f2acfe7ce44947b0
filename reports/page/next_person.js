// @ts-check
import { fill, find, fromTemplate, onPress, part } from "./dom.js";
import { lines } from "./outcome.js";
import { ask } from "./program.js";
import { noteKeeping, tell } from "./saving.js";
import { letBeRead, show } from "./screen.js";
import { guardLeaving, pageTitle } from "./show.js";
import { sessionHere, showStart } from "./start.js";
import { forgetTrail } from "./trail.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

const REPORT_TAB = "turn";

/** What tells every other tab of this window that somebody hands over. */
const handing = new BroadcastChannel("privacyaudit-turn");

/** The report that is open beside this page. @type {Window | null} */
let opened = null;

/**
 * Let people take turns from now on.
 * @param {(trouble: string) => void} refused
 */
export async function takeTurns(refused) {
  const { said, trouble } = await ask("take-turns");
  if (said) loadAnew();
  else refused(trouble);
}

/** Load the page again in each tab, so that nothing of what was said is in it. */
function loadAnew() {
  handing.postMessage("");
  location.reload();
}

/** Load this tab again whenever another one of this window hands over, and close the report with it. */
export function followTurns() {
  handing.addEventListener("message", () => location.reload());
  window.addEventListener("pagehide", () => opened?.close());
}

/**
 * Show that nothing is saved, and let the person hand over at any time.
 * @param {Page} page
 */
export function addHandingOver(page) {
  const keeping = find(document, ".keeping");
  find(keeping, ".pick").hidden = true;
  find(keeping, "#forget").hidden = true;
  noteKeeping(false);
  tell("");
  const made = fromTemplate("turn_keeping");
  keeping.append(made);
  const dialog = /** @type {HTMLDialogElement} */ (find(made, "dialog"));
  dialog.addEventListener("close", letBeRead);
  onPress(part(made, "next"), () => {
    dialog.showModal();
    part(dialog, "cancel").focus();
  });
  onPress(part(dialog, "cancel"), () => dialog.close());
  onPress(part(dialog, "hand_over"), () => handOver(page, (trouble) => fill(dialog, "not_handed", trouble)));
}

/**
 * Forget the person, here and in the program.
 * @param {Page} page
 * @param {(trouble: string) => void} refused
 */
async function handOver(page, refused) {
  const { said, trouble } = await ask("next-person");
  if (!said) {
    refused(trouble);
    return;
  }
  page.unsaved = false;
  guardLeaving(page);
  loadAnew();
}

/**
 * Ask whose turn it is.
 * @param {Page} page
 */
export function showTurn(page) {
  show("turn", { again: () => showTurn(page), checks: [] }, (screen) => {
    onPress(part(screen, "begin"), () => {
      if (!page.checks.length) page.session = sessionHere();
      showStart(page);
    });
    onPress(part(screen, "end"), async () => {
      const { said, trouble } = await ask("end-turns");
      if (said) showTurnsOver(said.said);
      else fill(screen, "trouble", trouble);
    });
    return pageTitle();
  });
}

/**
 * Show that the turns are over, whatever is on the screen by then: the window is its owner's again.
 * @param {string} told
 */
function showTurnsOver(told) {
  forgetTrail();
  show("turns_over", { again: () => showTurnsOver(told), checks: [] }, (screen) => {
    fill(screen, "said", told);
    onPress(part(screen, "home"), loadAnew);
    return pageTitle();
  });
}

/**
 * Show a person how it came out, and what they can take along.
 * @param {Page} page
 * @param {Said} result
 */
export function showTurnOutcome(page, result) {
  show("turn_outcome", { again: () => showTurnOutcome(page, result), checks: [] }, (screen) => {
    const told = part(screen, "told");
    fill(screen, "headline", result.headline);
    fill(screen, "lead", result.lead);
    part(screen, "first").replaceChildren(...lines("li", result.first));
    part(screen, "first_part").hidden = !result.first.length;
    part(screen, "rest").hidden = result.whole;
    onPress(part(screen, "resume"), () => page.next(0));
    onPress(part(screen, "open"), () => openBeside("report"));
    part(screen, "codes").hidden = !result.codes;
    onPress(part(screen, "codes"), () => openBeside("codes"));
    onPress(part(screen, "print"), () => {
      const report = openBeside("report");
      report?.addEventListener("load", () => report.print());
    });
    onPress(part(screen, "save"), async () => {
      const folder = /** @type {HTMLInputElement} */ (part(screen, "folder")).value;
      const { said, trouble } = await ask("take-along", { folder });
      told.replaceChildren(...lines("p", said ? said.said : [trouble]));
    });
    onPress(part(screen, "next"), () => handOver(page, (trouble) => told.replaceChildren(...lines("p", [trouble]))));
    return pageTitle();
  });
}

/**
 * Open the report or its codes beside this page, in a tab that is closed again with this page.
 * @param {"report" | "codes"} name
 */
function openBeside(name) {
  opened?.close();
  opened = window.open(name, REPORT_TAB);
  return opened;
}
