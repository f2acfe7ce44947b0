// @ts-check
import { element, elements, onPress, part, pick } from "./dom.js";
import { minutesOf } from "./effort.js";
import { show } from "./screen.js";
import { changed, pageTitle } from "./show.js";
import { secondsLeft, stops } from "./walk.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/**
 * Tell whether there is a choice of how much is asked.
 * @param {Page} page
 */
export function asksTime(page) {
  const short = countOf(page, "quick");
  return !knowsTime(page) && !page.quick && (page.session.platforms.length > 1 || (short > 0 && short < countOf(page, "full")));
}

/**
 * Tell whether the person said already how much is asked, and there is something to ask then; no time is one service.
 * @param {Page} page
 */
export function knowsTime(page) {
  const { time, platforms } = page.session;
  return page.timed && (time ? countOf(page, time) > 0 : platforms.length === 1);
}

/**
 * Ask how much time there is: for what matters most, for one service, or for everything.
 * @param {Page} page
 */
export function showTime(page) {
  show("time", { again: () => showTime(page), checks: [] }, (screen) => {
    const { session } = page;
    const usual = session.time || (countOf(page, "quick") ? "quick" : "full");
    /** @param {string} time @param {string} text */
    const choice = (time, text) => pick("radio", "time", time, text, time === usual);
    const choices = part(screen, "choices");
    choices.setAttribute("aria-label", part(screen, "question").textContent ?? "");
    if (countOf(page, "quick")) choices.append(choice("quick", say("quick", { time: timeFor(page, "quick") })));
    if (session.platforms.length > 1) choices.append(oneService(page, choice));
    choices.append(choice("full", say("everything", { time: timeFor(page, "full") })));
    onPress(part(screen, "begin"), () => {
      const radios = /** @type {HTMLInputElement[]} */ (elements(choices, "input"));
      session.time = radios.find((radio) => radio.checked)?.value ?? usual;
      changed(page);
      page.go("walk");
    });
    onPress(part(screen, "back"), () => page.go(page.asksServices ? "services" : "start"));
    return pageTitle();
  });
}

/**
 * Return the services, folded, each with its minutes, in the order of the way.
 * @param {Page} page
 * @param {(time: string, text: string) => HTMLElement} choice
 */
function oneService(page, choice) {
  const fold = element("details");
  const way = stops({ ...page.session, time: "full" }, page.platforms, page.most);
  const names = [...new Set(way.map((stop) => stop.screen.platform))];
  const platforms = names.map((name) => page.platforms.find((one) => one.name === name));
  const choices = platforms.map((one) => {
    const id = one?.id ?? "";
    return choice(id, say("service_time", { service: one?.name ?? "", time: timeFor(page, id) }));
  });
  fold.append(element("summary", say("one_service")), ...choices);
  const ids = platforms.map((one) => one?.id);
  fold.toggleAttribute("open", ids.includes(page.session.time));
  return fold;
}

/**
 * @param {Page} page
 * @param {string} time
 */
function countOf(page, time) {
  const way = stops({ ...page.session, time }, page.platforms, page.most);
  return way.reduce((sum, stop) => sum + stop.checks.length, 0);
}

/**
 * Return how long a part of the way takes, counted from what is still to ask, in words.
 * @param {Page} page
 * @param {string} time
 */
function timeFor(page, time) {
  const session = { ...page.session, time };
  return sayNumber("time", minutesOf(secondsLeft(session, stops(session, page.platforms, page.most))));
}
