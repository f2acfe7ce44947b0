// @ts-check
import { fill, fromTemplate, onPress, part } from "./dom.js";
import { ask } from "./program.js";
import { say } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

/**
 * Offer a day for each thing that is to change, or to accept it for a while.
 * @param {HTMLElement} screen
 * @param {Said} result
 */
export function addDecisions(screen, result) {
  const section = part(screen, "decisions");
  section.hidden = !result.decisions.length;
  part(section, "things").replaceChildren(
    ...result.decisions.map((/** @type {Said} */ one) => decisionLine(one, result.days)),
  );
}

/**
 * @param {Said} one
 * @param {string[][]} days
 */
function decisionLine(one, days) {
  const made = fromTemplate("decide");
  const told = part(made, "told");
  fill(made, "title", one.title);
  const day = /** @type {HTMLSelectElement} */ (part(made, "until"));
  day.append(...days.map(([value = "", words = ""]) => new Option(words, value)));
  const reason = /** @type {HTMLInputElement} */ (part(made, "because"));
  const decide = async (/** @type {string} */ kind) => {
    told.textContent = say("working");
    const wish = { check: one.check, kind, until: day.value, because: reason.value };
    const { said, trouble } = await ask("decide", wish);
    told.textContent = said ? said.said : trouble;
    if (!said) return;
    told.focus();
    part(made, "choices").hidden = true;
  };
  onPress(part(made, "by_day"), () => decide("plan"));
  onPress(part(made, "accept"), () => decide("accept"));
  return made;
}
