// @ts-check
import { answer, leaveOpen, replied, verdictOf } from "./answers.js";
import { copies, minutesOf, namesOf, optionsOf, textOf } from "./data.js";
import { element, fill, find, onPress, part } from "./dom.js";
import { changed, show } from "./show.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */

/**
 * Ask one question. An answer that needs no change leads on to the next; one that does shows how to change it.
 * @param {Page} page
 * @param {number} index
 */
export function showQuestion(page, index) {
  const check = /** @type {Check} */ (page.checks[index]);
  const progress = progressOf(page, index);
  show(
    "question",
    (screen) => {
      const question = textOf(check.element, ".question");
      const platform = page.platforms.find((one) => one.id === check.platform);
      const area = namesOf("areas").get(check.area) ?? "";
      fill(screen, "place", say("place", { platform: platform?.name ?? "", area }));
      fill(screen, "question", question);
      fill(screen, "aim", say("aim", { title: textOf(check.element, "h3") }));
      fill(screen, "why", textOf(check.element, ".why"));
      part(screen, "where").replaceChildren(...copies(check, "dl, .note"));
      part(screen, "steps").replaceChildren(...copies(check, ".caution, ol"));
      addAnswers(page, index, screen);
      addMoves(page, index, screen);
      return say("question_title", { progress, question });
    },
    progress,
  );
}

/**
 * @param {Page} page
 * @param {number} index
 */
function progressOf(page, index) {
  const left = page.checks.slice(index).filter((check, further) => !further || !replied(page.session, check));
  return say("progress", {
    number: index + 1,
    total: page.checks.length,
    left: sayNumber("left", minutesOf(left)),
  });
}

/**
 * Add a button for each answer. While the question stays on the screen, another answer puts the first one right; once
 * the person has gone on, or has said that they changed the setting, the first answer stays what it was.
 * @param {Page} page
 * @param {number} index
 * @param {HTMLElement} screen
 */
function addAnswers(page, index, screen) {
  const check = /** @type {Check} */ (page.checks[index]);
  let isFirst = !(check.id in page.session.first);
  const buttons = optionsOf(check).map((option) => {
    const button = element("button", option.textContent?.trim());
    button.setAttribute("type", "button");
    button.dataset.answer = option.dataset.option ?? "";
    onPress(button, () => {
      answer(page.session, check, button.dataset.answer ?? "", isFirst);
      changed(page);
      if (verdictOf(page.session, check) !== "fail") page.goOn(index);
      else {
        tell();
        part(screen, "outcome").scrollIntoView({ block: "nearest" });
      }
    });
    return button;
  });
  part(screen, "answers").replaceChildren(...buttons);
  part(screen, "answers").setAttribute("aria-label", textOf(check.element, ".question"));
  const tell = () => {
    const chosen = page.session.answers[check.id];
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.answer === chosen));
    const fails = verdictOf(page.session, check) === "fail";
    part(screen, "outcome").hidden = !fails;
    part(screen, "told").textContent = fails ? `${say("shape_fail")} ${say("verdict_fail")}` : "";
    part(screen, "skip").textContent = say(replied(page.session, check) ? "next" : "skip");
    part(screen, "skip").hidden = fails;
  };
  tell();
  onPress(part(screen, "next"), () => page.goOn(index));
  onPress(part(screen, "changed"), () => {
    isFirst = false;
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    part(screen, "outcome").hidden = true;
    part(screen, "skip").hidden = false;
    part(screen, "told").textContent = "";
    fill(screen, "again", say("answer_again"));
    find(screen, "h1").focus();
  });
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {HTMLElement} screen
 */
function addMoves(page, index, screen) {
  const check = /** @type {Check} */ (page.checks[index]);
  const back = /** @type {HTMLButtonElement} */ (part(screen, "back"));
  onPress(back, () => (index > 0 ? page.ask(index - 1) : page.go(page.platforms.length > 1 ? "services" : "start")));
  for (const reason of /** @type {const} */ (["dont_know", "skipped"])) {
    onPress(part(screen, reason === "skipped" ? "skip" : reason), () => {
      leaveOpen(page.session, check, reason);
      changed(page);
      page.goOn(index);
    });
  }
}
