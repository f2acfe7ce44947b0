// @ts-check
import { elements, fill, find, fromTemplate, onPress, part } from "./dom.js";
import { lines } from "./outcome.js";
import { ask } from "./program.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

/**
 * Show how a reading ended and what it read, screen by screen, for the person to say whether it is right.
 * @param {Said} reading
 * @param {() => void} again  shows it again
 */
export function showWhatWasRead(reading, again) {
  show("read_told", { again, checks: [] }, (screen) => {
    part(screen, "ended").replaceChildren(...reading.ended.map(sessionEnded));
    part(screen, "troubles").replaceChildren(...lines("p", reading.troubles));
    part(screen, "nothing").hidden = reading.read.length > 0;
    part(screen, "look").hidden = !reading.read.length;
    fill(screen, "untold", reading.untold ? sayNumber("not_read", reading.untold) : "");
    part(screen, "screens").replaceChildren(...reading.read.map(screenRead));
    onPress(part(screen, "go_on"), () => leaveReading(screen));
    return pageTitle();
  });
}

/** @param {Said} ended */
function sessionEnded(ended) {
  const made = fromTemplate("read_ended");
  made.classList.add(ended.how === "confirmed" || ended.how === "not_used" ? "fine" : "open");
  fill(made, "service", ended.service);
  fill(made, "sentence", ended.sentence);
  return made;
}

/** @param {Said} read */
function screenRead(read) {
  const made = fromTemplate("read_screen");
  fill(made, "title", say("screen_of", { service: read.service, screen: read.title }));
  part(made, "rows").append(...read.rows.map(rowRead));
  const boxes = /** @type {HTMLInputElement[]} */ (elements(made, "input"));
  const button = /** @type {HTMLButtonElement} */ (part(made, "right"));
  const name = () => {
    button.textContent = say(boxes.some((box) => box.checked) ? "rest_right" : "all_right");
  };
  for (const box of boxes) {
    box.addEventListener("change", () => sayOfScreen(made, read, { wrong: [box.value], rest: false }, box, name));
  }
  name();
  onPress(button, () => sayOfScreen(made, read, { wrong: [], rest: true }, button, name));
  if (read.rows.every((/** @type {Said} */ row) => row.said)) tellSaid(made, read.rows);
  return made;
}

/** @param {Said} row */
function rowRead(row) {
  const made = fromTemplate("read_row");
  fill(made, "question", row.question);
  fill(made, "answer", say("read_answer", { answer: row.answer }));
  const box = /** @type {HTMLInputElement} */ (find(made, "input"));
  box.value = row.check;
  box.checked = box.disabled = row.said === "wrong";
  const picture = /** @type {HTMLImageElement} */ (part(made, "picture"));
  part(made, "no_picture").hidden = row.picture !== "";
  if (row.picture) showPicture(picture, row);
  return made;
}

/**
 * Show a picture, which is kept in memory only and forgotten once it is drawn.
 * @param {HTMLImageElement} picture
 * @param {Said} row
 */
async function showPicture(picture, row) {
  const { said } = await ask("picture", { picture: row.picture });
  if (!said?.png) return;
  const bytes = Uint8Array.from(atob(said.png), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  picture.addEventListener("load", () => URL.revokeObjectURL(address));
  picture.alt = say("picture_of", { question: row.question });
  picture.src = address;
  picture.hidden = false;
}

/**
 * Say at once what is wrong on a screen, or that the rest of it is right.
 * @param {HTMLElement} made
 * @param {Said} read
 * @param {{wrong: string[], rest: boolean}} what
 * @param {HTMLInputElement | HTMLButtonElement} control  what says it: it cannot say it twice
 * @param {() => void} name  names the button anew
 */
async function sayOfScreen(made, read, what, control, name) {
  const told = part(made, "told");
  told.textContent = say("working");
  control.disabled = true;
  const { said, trouble } = await ask("say-read", { platform: read.platform, screen: read.screen, ...what });
  const screens = /** @type {Said[]} */ (said?.reading?.read ?? []);
  const now = screens.find((one) => one.platform === read.platform && one.screen === read.screen);
  if (!now) {
    told.textContent = trouble || say("silent");
    control.disabled = false;
    if (control instanceof HTMLInputElement) control.checked = false;
  } else if (now.rows.every((/** @type {Said} */ row) => row.said)) {
    tellSaid(made, now.rows);
    told.focus();
  } else tellWrong(told, now.rows);
  name();
}

/**
 * @param {HTMLElement} told
 * @param {Said[]} rows
 */
function tellWrong(told, rows) {
  const wrong = rows.filter((row) => row.said === "wrong");
  told.textContent = wrong.length ? sayNumber("asked_by_hand", wrong.length) : say("confirmed");
}

/**
 * Show what the person has said of a screen, in place of the question.
 * @param {HTMLElement} made
 * @param {Said[]} rows
 */
function tellSaid(made, rows) {
  part(made, "rows").remove();
  part(made, "right").remove();
  tellWrong(part(made, "told"), rows);
}

/** @param {HTMLElement} screen */
async function leaveReading(screen) {
  const { said, trouble } = await ask("end-reading");
  if (said) location.reload();
  else part(screen, "troubles").replaceChildren(...lines("p", [trouble]));
}
