// @ts-check
import { aimOf, answer, leaveOpen, replied, verdictOf } from "./answers.js";
import { showChanges, wrongAt } from "./changes.js";
import { copies, labelOf, optionsOf, questionOf, textOf, titleOf } from "./data.js";
import { element, fill, find, fromTemplate, onPress, part } from "./dom.js";
import { minutesOf } from "./effort.js";
import { letBeRead, show } from "./screen.js";
import { changed } from "./show.js";
import { secondsLeft } from "./walk.js";
import { shortWayTo, wayTo } from "./way.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./walk.js").Stop} Stop */

/**
 * Show a screen of a service: how to get there, and its settings one under the other, each with its answers. The
 * answer that is the last one missing leads on.
 * @param {Page} page
 * @param {number} index
 */
export function showStop(page, index) {
  const stop = /** @type {Stop} */ (page.stops[index]);
  const progress = progressOf(page, index);
  show(
    "stop",
    { again: () => page.visit(index), checks: stop.checks },
    (screen) => {
      fill(screen, "platform", stop.screen.platform);
      fill(screen, "title", stop.screen.name);
      part(screen, "way").replaceChildren(...wayTo(stop.screen.element, page.session.device));
      const lines = stop.checks.map((check) => questionLine(page, check, () => tell(true, check)));
      part(screen, "lines").replaceChildren(...lines.map((one) => one.element));
      const moves = addMoves(page, index, screen, () => tell(true));
      const tell = (/** @type {boolean} */ said, /** @type {Check | undefined} */ check = undefined) => {
        if (said) keepHeight(screen);
        for (const one of lines) one.tell();
        moves.tell(said, check);
      };
      tell(false);
      return say("stop_title", { progress, title: stop.screen.name });
    },
    progress,
  );
}

/**
 * @param {Page} page
 * @param {number} index
 */
function progressOf(page, index) {
  return say("progress", {
    number: index + 1,
    total: page.stops.length,
    left: sayNumber("left", minutesOf(secondsLeft(page.session, page.stops.slice(index)))),
  });
}

/**
 * Leave a stop: what is to change there is offered to be changed now.
 * @param {Page} page
 * @param {number} index
 */
function leave(page, index) {
  if (wrongAt(page, index).length) showChanges(page, index);
  else page.next(index + 1);
}

/**
 * Return a line of a screen. While it is shown, another answer puts the first one right; once the person has gone on,
 * the first answer stays what it was.
 * @param {Page} page
 * @param {Check} check
 * @param {() => void} then  called after each reply
 */
function questionLine(page, check, then) {
  const { session } = page;
  const made = fromTemplate("line");
  const isFirst = !(check.id in session.first);
  const question = questionOf(check);
  made.setAttribute("aria-label", question);
  fill(made, "question", question);
  fill(made, "row", textOf(check.element, ".row"));
  part(made, "row").after(...shortWayTo(check.element, session.device));
  fill(made, "aim", labelOf(check, aimOf(session, check)) || say("your_choice"));
  fill(made, "title", say("aim", { title: titleOf(check) }));
  fill(made, "why", textOf(check.element, ".why"));
  part(made, "care").replaceChildren(...copies(check, ".caution, .note"));
  find(made, "summary").append(hidden(question));
  const buttons = optionsOf(check).map((option) => {
    const button = element("button", option.textContent?.trim());
    button.setAttribute("type", "button");
    button.dataset.answer = option.dataset.option ?? "";
    onPress(button, () => {
      answer(session, check, button.dataset.answer ?? "", isFirst);
      changed(page);
      then();
    });
    return button;
  });
  part(made, "answers").prepend(...buttons);
  const unsure = part(made, "dont_know");
  onPress(unsure, () => {
    leaveOpen(session, check, "dont_know");
    changed(page);
    then();
  });
  const tell = () => {
    const chosen = session.answers[check.id];
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.answer === chosen));
    unsure.setAttribute("aria-pressed", String(session.open[check.id] === "dont_know"));
    const verdict = chosen ? verdictOf(session, check) : "";
    made.className = `line ${verdict}`;
    fill(made, "mark", verdict && `${say(`shape_${verdict}`)} ${say(`verdict_${verdict}`)}`);
  };
  return { element: made, tell };
}

/** @param {string} text */
function hidden(text) {
  const word = element("span", `: ${text}`);
  word.className = "word";
  return word;
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {HTMLElement} screen
 * @param {() => void} then
 */
function addMoves(page, index, screen, then) {
  const { session } = page;
  const stop = /** @type {Stop} */ (page.stops[index]);
  const left = () => stop.checks.filter((check) => !replied(session, check));
  const aims = () => left().filter((check) => aimOf(session, check));
  let before = left().length;
  onPress(part(screen, "all_so"), () => {
    for (const check of aims()) answer(session, check, aimOf(session, check), !(check.id in session.first));
    changed(page);
    then();
    if (!screen.isConnected) return;
    find(screen, "[data-part=dont_know][aria-pressed=false]").focus();
    letBeRead();
  });
  for (const [name, reason] of [["different", "looks_different"], ["go_on", "skipped"]]) {
    onPress(part(screen, name ?? ""), () => {
      for (const check of left()) leaveOpen(session, check, reason ?? "");
      changed(page);
      leave(page, index);
    });
  }
  onPress(part(screen, "back"), () => page.back(index));
  onPress(part(screen, "finish"), () => page.go("report"));
  const tell = (/** @type {boolean} */ said, /** @type {Check | undefined} */ check = undefined) => {
    const open = left().length;
    const all = open === stop.checks.length;
    part(screen, "all_so").textContent = say(all ? "all_so" : "others_so");
    part(screen, "all_so").hidden = aims().length < 2;
    part(screen, "different").hidden = !open || !stop.screen.element.querySelector(":scope > dl");
    part(screen, "go_on").textContent = say(!open ? "go_on" : all ? "skip_screen" : "skip_rest");
    part(screen, "go_on").classList.toggle("main", !open);
    const [number, total] = [stop.checks.length - open, stop.checks.length];
    const verdict = check && session.answers[check.id] ? `${say(`verdict_${verdictOf(session, check)}`)}. ` : "";
    part(screen, "told").textContent = said ? verdict + sayNumber("answered", total, { number, total }) : "";
    if (before && !open) leave(page, index);
    before = open;
  };
  return { tell };
}

/**
 * Let a screen get no shorter: at its end, all of it would move under the finger.
 * @param {HTMLElement} screen
 */
function keepHeight(screen) {
  screen.style.minHeight = `${screen.offsetHeight}px`;
}
