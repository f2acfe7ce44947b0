// @ts-check
import { element, elements, fill, fromTemplate, onPress, part, pick } from "./dom.js";
import { listOf } from "./linked.js";
import { more } from "./more.js";
import { ask } from "./program.js";
import { show } from "./screen.js";
import { dayOf } from "./take.js";
import { withHistory } from "./vault.js";
import { say } from "./words.js";

/** @typedef {import("./ladder.js").Case} Case */
/** @typedef {import("./program.js").Said} Said */

more.doors.taken = (leave) => withHistory("kept-steps", (said) => showTaken(said, leave), leave);
more.steps = offerToKeep;

/**
 * Show the steps that were taken, and ask what came of each.
 * @param {Said} kept
 * @param {() => void} leave
 */
function showTaken(kept, leave) {
  show("taken", { again: () => more.doors.taken?.(leave) }, (screen) => {
    part(screen, "none").hidden = kept.steps.length > 0;
    part(screen, "open_steps").append(...kept.steps.map(stepTaken));
    onPress(part(screen, "back"), leave);
    return say("page_title");
  });
}

/** @param {Said} step */
function stepTaken(step) {
  const made = fromTemplate("step_taken");
  part(made, "question").textContent = step.question;
  fill(made, "due", step.due);
  const name = `came-${step.number}`;
  const choices = part(made, "answers");
  choices.append(
    ...step.answers.map((/** @type {string[]} */ [id = "", label = ""]) => pick("radio", name, id, label, false)),
  );
  const told = part(made, "told");
  onPress(part(made, "say"), async () => {
    const chosen = /** @type {HTMLInputElement[]} */ (elements(made, "input:checked"))[0]?.value;
    if (!chosen) {
      told.textContent = say("choose");
      return;
    }
    told.textContent = say("working");
    const { said, trouble } = await ask("step-came", { number: step.number, outcome: chosen });
    told.textContent = said ? "" : trouble;
    if (!said) return;
    part(made, "asked").hidden = true;
    const list = element("ul");
    list.append(...listOf(said.lines));
    const next = said.next.map((/** @type {Said} */ rung) => rungOf(rung, { instead_of: step.number }, say("next_step")));
    part(made, "follows").append(list, ...next);
    told.textContent = say("is_kept");
    told.focus();
  });
  return made;
}

/**
 * Show a step that can be taken, and where to say that it was.
 * @param {Said} rung
 * @param {Said} where  the step before, or the case
 * @param {string} before  what is said before its title
 */
function rungOf(rung, where, before) {
  const made = fromTemplate("rung");
  part(made, "title").textContent = `${before}${rung.title}`;
  part(made, "lines").append(...listOf(rung.lines));
  const day = /** @type {HTMLInputElement} */ (part(made, "day"));
  day.value = dayOf(new Date());
  day.max = day.value;
  const told = part(made, "told");
  onPress(part(made, "done"), async () => {
    told.textContent = say("working");
    const { said, trouble } = await ask("step-done", { step: rung.step, day: day.value, ...where });
    told.textContent = said ? said.said : trouble;
    if (!said) return;
    part(made, "asked").hidden = true;
    told.focus();
  });
  return made;
}

/**
 * Offer to keep what was done of a plan, so that it is asked about later.
 * @param {HTMLElement} screen
 * @param {Case} one
 * @param {() => void} leave
 */
function offerToKeep(screen, one, leave) {
  const place = part(screen, "keeping");
  place.hidden = false;
  onPress(part(place, "keep_steps"), () => withHistory("kept-steps", () => showChoices(one, leave), leave));
}

/**
 * @param {Case} one
 * @param {() => void} leave
 */
function showChoices(one, leave) {
  show("taken_now", { again: () => showChoices(one, leave) }, (screen) => {
    ask("step-choices", one).then(({ said, trouble }) => {
      fill(screen, "trouble", trouble);
      const rungs = said?.choices ?? [];
      part(screen, "rungs").append(...rungs.map((/** @type {Said} */ rung) => rungOf({ ...rung, lines: [] }, { case: one }, "")));
    });
    onPress(part(screen, "back"), leave);
    return say("page_title");
  });
}
