// @ts-check
import { aimOf, choose, verdictOf } from "./answers.js";
import { copies, labelOf, questionOf } from "./data.js";
import { elements, fill, fromTemplate, onPress, part } from "./dom.js";
import { show } from "./screen.js";
import { changed } from "./show.js";
import { wayTo } from "./way.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./walk.js").Stop} Stop */

/** @type {Record<string, string>} */
const SAID = { changed: "chosen_changed", later: "chosen_later", leave: "chosen_leave" };

/**
 * Return what is to change on a screen and was not offered yet, as it stands.
 * @param {Page} page
 * @param {number} index
 */
export function wrongAt(page, index) {
  const stop = /** @type {Stop} */ (page.stops[index]);
  return stop.checks.filter((check) => {
    const wrong = verdictOf(page.session, check) === "fail" && aimOf(page.session, check);
    return wrong && !page.offered.has(`${check.id} ${page.session.answers[check.id]}`);
  });
}

/**
 * Offer to change what is to change on a screen, while the person stands there.
 * @param {Page} page
 * @param {number} index
 */
export function showChanges(page, index) {
  const stop = /** @type {Stop} */ (page.stops[index]);
  const wrong = wrongAt(page, index);
  const title = sayNumber("change_now", wrong.length);
  show("changes", { again: () => page.visit(index), checks: stop.checks }, (screen) => {
    fill(screen, "platform", say("place", { platform: stop.screen.platform, screen: stop.screen.name }));
    fill(screen, "title", title);
    part(screen, "way").replaceChildren(...wayTo(stop.screen.element, page.session.device));
    const open = new Set(wrong);
    const found = new Map(wrong.map((check) => [check, page.session.answers[check.id]]));
    const offered = (/** @type {Check} */ check) => page.offered.add(`${check.id} ${found.get(check)}`);
    const chosen = (/** @type {Check} */ check, /** @type {string} */ choice) => {
      offered(check);
      open.delete(check);
      changed(page);
      part(screen, "told").textContent = say(SAID[choice] ?? "");
      if (!open.size) page.next(index + 1);
    };
    part(screen, "lines").replaceChildren(...wrong.map((check) => changeLine(page, check, chosen)));
    onPress(part(screen, "go_on"), () => {
      for (const check of open) offered(check);
      page.next(index + 1);
    });
    onPress(part(screen, "back"), () => page.visit(index));
    return title;
  });
}

/**
 * @param {Page} page
 * @param {Check} check
 * @param {(check: Check, choice: string) => void} chosen
 */
function changeLine(page, check, chosen) {
  const { session } = page;
  const made = fromTemplate("changing");
  const found = session.answers[check.id] ?? "";
  const question = questionOf(check);
  made.setAttribute("aria-label", question);
  fill(made, "question", question);
  fill(made, "from_to", say("from_to", { now: labelOf(check, found), aim: labelOf(check, aimOf(session, check)) }));
  part(made, "steps").replaceChildren(...copies(check, ".caution, ol"));
  const buttons = elements(made, "[data-choice]");
  for (const button of buttons) {
    button.setAttribute("aria-pressed", "false");
    onPress(button, () => {
      choose(session, check, found, button.dataset.choice ?? "");
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      chosen(check, button.dataset.choice ?? "");
    });
  }
  return made;
}
