// @ts-check
import { addDecisions } from "./deciding.js";
import { element, fill, onPress, part } from "./dom.js";
import { addOffer } from "./history.js";
import { addSaving } from "./save_files.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

/**
 * Show how the audit came out: what the program says of it, and what can be done with its report.
 * @param {Page} page
 * @param {Said} result
 */
export function showOutcome(page, result) {
  show("outcome", { again: () => showOutcome(page, result), checks: [] }, (screen) => {
    fill(screen, "headline", result.headline);
    fill(screen, "lead", result.lead);
    fill(screen, "trouble", result.trouble);
    part(screen, "first").replaceChildren(...lines("li", result.first));
    part(screen, "first_part").hidden = !result.first.length;
    part(screen, "files").replaceChildren(...lines("p", result.files));
    fill(screen, "who", result.who);
    part(screen, "unkept").hidden = result.files.length > 0;
    part(screen, "on_disk").toggleAttribute("open", !result.files.length);
    fill(screen, "since", result.since);
    part(screen, "compare").hidden = !result.since;
    part(screen, "rest").hidden = result.whole;
    onPress(part(screen, "resume"), () => page.next(0));
    onPress(part(screen, "print"), printReport);
    onPress(part(screen, "home"), () => page.go("start"));
    addSaving(screen, result.folder);
    addDecisions(screen, result);
    if (result.offers) addOffer(screen, result, () => showOutcome(page, result));
    return pageTitle();
  });
}

/** Open the report beside this page, and print it from there. */
function printReport() {
  const report = window.open("report");
  report?.addEventListener("load", () => report.print());
}

/**
 * Return texts, each in an element of its own.
 * @param {string} tag
 * @param {string[]} texts
 */
export function lines(tag, texts) {
  return texts.map((text) => element(tag, text));
}
