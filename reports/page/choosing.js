// @ts-check
import { element, elements, fill, onPress, part, pick } from "./dom.js";
import { show } from "./screen.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Label} Label */

/**
 * A question with a few answers.
 * @typedef {object} Question
 * @property {string} title
 * @property {Label[]} choices
 * @property {string} chosen
 * @property {string} progress
 * @property {string} [lead]  what is said before the answers
 * @property {(choice: string) => string[]} then  goes on, or returns what is said where it does not
 * @property {() => void} back
 */

const MOST_BUTTONS = 16;

/**
 * Ask one question on a screen of its own.
 * @param {Question} question
 * @param {() => void} again  asks it again
 */
export function showQuestion(question, again) {
  show(
    "question",
    { again },
    (screen) => {
      const { title, choices, chosen, lead = "" } = question;
      fill(screen, "lead", lead);
      part(screen, "title").textContent = title;
      const place = part(screen, "choices");
      if (choices.length > MOST_BUTTONS) place.append(menuOf(question));
      else {
        place.setAttribute("role", "radiogroup");
        place.setAttribute("aria-label", title);
        place.append(...choices.map(([id, label]) => pick("radio", "choice", id, label, id === chosen)));
      }
      onPress(part(screen, "go_on"), () => goOn(screen, question));
      onPress(part(screen, "back"), question.back);
      return say("page_title");
    },
    question.progress,
  );
}

/** @param {Question} question */
function menuOf({ title, choices, chosen }) {
  const menu = document.createElement("select");
  menu.setAttribute("aria-label", title);
  const label = element("label");
  label.append(menu);
  menu.append(...[["", say("choose")], ...choices].map(([id = "", text = ""]) => new Option(text, id)));
  menu.value = choices.some(([id]) => id === chosen) ? chosen : "";
  return label;
}

/**
 * @param {HTMLElement} screen
 * @param {Question} question
 */
function goOn(screen, question) {
  const fields = /** @type {HTMLInputElement[]} */ (elements(screen, "select, input:checked"));
  const chosen = fields[0]?.value ?? "";
  const [first = "", second = ""] = chosen ? question.then(chosen) : [say("choose")];
  fill(screen, "fault", first);
  fill(screen, "instead", second);
}
