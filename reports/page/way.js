// @ts-check
import { element, elements } from "./dom.js";
import { say } from "./words.js";

/** @typedef {{devices: string[], name: HTMLElement, path: HTMLElement}} Way */

/** @type {Record<string, string[][]>} */
const KEYS = {
  menu: [["web", "menu"], ["ios", "android"]],
  ios: [["ios"], ["web", "menu"], ["android"]],
  android: [["android"], ["web", "menu"], ["ios"]],
};

/**
 * Return how to get to a screen: on the device that the person holds, the others folded. Nothing where there is
 * nothing to open.
 * @param {HTMLElement} place  the part of the printed checklist that holds the way
 * @param {string} device
 */
export function wayTo(place, device) {
  const { mine, others } = waysTo(place, device);
  const shown = mine.length ? [listOf(mine)] : [];
  if (!others.length) return shown;
  const fold = element("details");
  fold.append(element("summary", say("other_device")), listOf(others));
  return [...shown, fold];
}

/**
 * Return the same on one line, without the others.
 * @param {HTMLElement} place
 * @param {string} device
 */
export function shortWayTo(place, device) {
  const { mine } = waysTo(place, device);
  if (!mine.length) return [];
  const line = element("p");
  line.className = "way";
  for (const way of mine) {
    const one = element("span");
    const named = !way.devices.includes("web") && !way.devices.includes(device);
    one.append(named ? `${way.name.textContent}: ` : "", ...copyOf(way.path).childNodes);
    line.append(one, " ");
  }
  return [line];
}

/**
 * @param {HTMLElement} place
 * @param {string} device
 */
function waysTo(place, device) {
  /** @type {Way[]} */
  const ways = elements(place, ":scope > dl > dt").map((name) => ({
    devices: (name.dataset.for ?? "").split(" "),
    name,
    path: /** @type {HTMLElement} */ (name.nextElementSibling),
  }));
  const wanted = (KEYS[device] ?? []).find((keys) => ways.some((way) => reaches(way, keys)));
  const mine = ways.filter((way) => !wanted || reaches(way, wanted));
  return { mine, others: ways.filter((way) => !mine.includes(way)) };
}

/**
 * @param {Way} way
 * @param {string[]} keys
 */
function reaches(way, keys) {
  return way.devices.some((device) => keys.includes(device));
}

/** @param {Way[]} ways */
function listOf(ways) {
  const list = element("dl");
  list.append(...ways.flatMap((way) => [copyOf(way.name), copyOf(way.path)]));
  return list;
}

/** @param {HTMLElement} one */
function copyOf(one) {
  return /** @type {HTMLElement} */ (one.cloneNode(true));
}
