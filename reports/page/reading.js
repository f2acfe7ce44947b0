// @ts-check
import { element, elements, fill, find, fromTemplate, onPress, part, pick } from "./dom.js";
import { lines } from "./outcome.js";
import { ask, look } from "./program.js";
import { showWhatWasRead } from "./reading_told.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";
import { later } from "./trail.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

const LOOK_MS = 700;
let looking = 0;

/**
 * Offer to have read what can be read, or go on at once where nothing can.
 * @param {Page} page
 * @param {(show: () => void) => boolean} still  shows it where the person has gone nowhere else since they began
 * @param {() => void} known  called when it is known which
 */
export async function offerReading(page, still, known) {
  const { said } = await look("reading");
  known();
  still(() => {
    if (said?.offers.length && !said.trouble) showOffer(page, said, () => page.back(0));
    else page.next(0);
  });
}

/**
 * Show the reading that goes on, or what it has read; where there is none, what can be read.
 * @param {Page} page
 * @param {() => void} back  leads back from what can be read
 */
export async function showReading(page, back = () => page.go("start")) {
  const still = later();
  const { said, trouble } = await look("reading");
  still(() => {
    if (said?.reading) follow(page, said.reading);
    else if (said?.offers.length) showOffer(page, said, back);
    else {
      page.next(0);
      if (trouble) find(document, "#saved").textContent = trouble;
    }
  });
}

/**
 * @param {Page} page
 * @param {Said} said
 * @param {() => void} back
 */
function showOffer(page, said, back) {
  show("read_offer", { again: () => showReading(page, back), checks: [] }, (screen) => {
    part(screen, "trouble").textContent = said.trouble;
    part(screen, "services").replaceChildren(...said.offers.map(serviceToRead));
    part(screen, "by_hand_part").hidden = !said.by_hand.length;
    part(screen, "by_hand").replaceChildren(...lines("li", said.by_hand));
    onPress(part(screen, "read"), () => beginReading(page, screen));
    onPress(part(screen, "by_myself"), () => page.next(0));
    onPress(part(screen, "back"), back);
    return pageTitle();
  });
}

/**
 * Return a service that can be read: a box, and what to know before.
 * @param {Said} offer
 */
function serviceToRead(offer) {
  const made = fromTemplate("read_service");
  const box = pick("checkbox", "read", offer.platform, offer.name, true);
  find(box, "span").append(" ", element("small", sayNumber("can_be_read", offer.number)));
  made.prepend(box);
  fill(made, "notice", offer.notice);
  fill(made, "where_to", offer.where_to);
  fill(made, "agreed", offer.agreed ? say("agreed_before") : "");
  return made;
}

/**
 * @param {Page} page
 * @param {HTMLElement} screen
 */
async function beginReading(page, screen) {
  const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "input[name=read]"));
  const platforms = boxes.filter((box) => box.checked).map((box) => box.value);
  const trouble = part(screen, "trouble");
  if (!platforms.length) {
    trouble.textContent = say("choose_a_service");
    boxes[0]?.focus();
    return;
  }
  trouble.textContent = say("working");
  const still = later();
  const answer = await ask("read", { platforms });
  if (answer.said) still(() => follow(page, answer.said?.reading));
  else trouble.textContent = answer.trouble;
}

/**
 * Show a reading as it goes on, and what it has read once it is over.
 * @param {Page} page
 * @param {Said} reading
 */
function follow(page, reading) {
  if (reading.stage === "done") {
    showWhatWasRead(reading, () => showReading(page));
    return;
  }
  show("reading", { again: () => showReading(page), checks: [] }, (screen) => {
    onPress(part(screen, "am_in"), () => saySignedIn(screen, true));
    onPress(part(screen, "not_in"), () => saySignedIn(screen, false));
    onPress(part(screen, "stop"), () => stopReading(screen));
    tellProgress(screen, reading);
    clearTimeout(looking);
    looking = setTimeout(() => lookAgain(page, screen), LOOK_MS);
    return pageTitle();
  });
}

/**
 * Look again and again as long as this screen is shown.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
async function lookAgain(page, screen) {
  if (!screen.isConnected) return;
  const { said, trouble } = await look("reading");
  if (!screen.isConnected) return;
  if (said && !said.reading) {
    page.next(0);
    return;
  }
  if (said?.reading.stage === "done") {
    showWhatWasRead(said.reading, () => showReading(page));
    return;
  }
  if (said) tellProgress(screen, said.reading);
  else tellOnce(screen, "goes_on", trouble);
  looking = setTimeout(() => lookAgain(page, screen), LOOK_MS);
}

/**
 * @param {HTMLElement} screen
 * @param {Said} reading
 */
function tellProgress(screen, reading) {
  const { stage, page: number, pages, service } = reading;
  const screens = reading.screens.join(", ");
  const word = reading.again ? "reads_again" : "reads";
  const said = {
    starting: reading.sentence || say("starting"),
    sign_in: reading.sentence,
    reading: say(word, { service, number, pages, screens }),
    signing_out: reading.sentence,
  }[/** @type {"starting"} */ (stage)];
  tellOnce(screen, "goes_on", reading.stopping && stage !== "signing_out" ? say("stopping") : said);
  const signsIn = stage === "sign_in" && !reading.stopping;
  if (part(screen, "sign_in").hidden === signsIn) part(screen, "sign_in").hidden = !signsIn;
  const bar = /** @type {HTMLProgressElement} */ (part(screen, "bar"));
  bar.hidden = stage !== "reading";
  bar.max = Math.max(2 * pages, 1);
  bar.value = Math.max(0, (reading.again ? pages : 0) + number - 1);
  const told = say("told_so_far", { told: reading.told, untold: reading.untold, asked: reading.asked });
  fill(screen, "told", stage === "reading" && reading.told + reading.untold ? told : "");
  part(screen, "troubles").replaceChildren(...lines("p", reading.troubles));
  const stop = /** @type {HTMLButtonElement} */ (part(screen, "stop"));
  stop.disabled = reading.stopping || stage === "signing_out";
}

/**
 * Put a text where all hear it, unless it stands there already.
 * @param {HTMLElement} screen
 * @param {string} name
 * @param {string} text
 */
function tellOnce(screen, name, text) {
  const place = part(screen, name);
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {HTMLElement} screen
 * @param {boolean} isIn
 */
async function saySignedIn(screen, isIn) {
  const { said, trouble } = await ask("signed-in", { is_in: isIn });
  if (said?.reading) tellProgress(screen, said.reading);
  else tellOnce(screen, "goes_on", trouble);
}

/** @param {HTMLElement} screen */
async function stopReading(screen) {
  const { said, trouble } = await ask("stop-reading");
  if (said?.reading) tellProgress(screen, said.reading);
  else tellOnce(screen, "goes_on", trouble);
}
