// @ts-check
import { elements, find } from "./dom.js";

/**
 * What is asked, read off the printed checklist. A table is a value, or one for each role: `default:a councillor:b`.
 * @typedef {object} Check
 * @property {HTMLElement} element  the part of the printed checklist that holds its texts
 * @property {string} id
 * @property {number} rank  the less, the more it matters
 * @property {number} turn  when a short round asks it, the platform after; 0 where it does not
 * @property {number} position  that of its platform in a plan
 * @property {number} revision  that of what it asks
 * @property {(role: string) => number} ask  seconds to answer it on its screen
 * @property {number} look  seconds to look at it once more
 * @property {number} change  seconds to change it
 *
 * @typedef {object} Pace  the terms by which times are worked out
 * @property {number} word  seconds to read a word
 * @property {number} answer  seconds to answer a check, without what is read
 * @property {number} change  seconds to change a setting, without what is read
 *
 * @typedef {object} Screen
 * @property {HTMLElement} element
 * @property {string} name
 * @property {string} platform  the name of its platform
 * @property {number} arrive  seconds to get there and to see what is asked
 * @property {number} open  seconds to open it
 * @property {Check[]} checks
 *
 * @typedef {object} Platform
 * @property {HTMLElement} element
 * @property {string} id
 * @property {string} name
 * @property {string} shelf  where it stands in the list of services
 * @property {Screen[]} screens
 * @property {Check[]} checks
 */

/**
 * Read the platforms, screens and checks of the printed checklist, in its order.
 * @param {HTMLElement} sheet
 * @returns {Platform[]}
 */
export function readPlatforms(sheet) {
  const [words = 1, answer = 0, change = 0] = numbers(sheet.dataset.pace);
  const pace = { word: 60 / words, answer, change };
  return elements(sheet, "[data-platform]").map((section) => {
    const screens = elements(section, "[data-screen]").map((one) => readScreen(one, section, pace));
    return {
      element: section,
      id: section.dataset.platform ?? "",
      name: textOf(section, "h2"),
      shelf: section.dataset.shelf ?? "",
      screens,
      checks: screens.flatMap((screen) => screen.checks),
    };
  });
}

/**
 * @param {HTMLElement} one
 * @param {HTMLElement} section
 * @param {Pace} pace
 * @returns {Screen}
 */
function readScreen(one, section, pace) {
  const [words = 0, open = 0] = numbers(one.dataset.screen);
  const position = Number(section.dataset.position);
  return {
    element: one,
    name: textOf(one, "h3"),
    platform: textOf(section, "h2"),
    arrive: open + words * pace.word,
    open,
    checks: elements(one, "[data-check]").map((article) => readCheck(article, position, pace)),
  };
}

/**
 * @param {HTMLElement} article
 * @param {number} position
 * @param {Pace} pace
 * @returns {Check}
 */
function readCheck(article, position, pace) {
  const figures = article.dataset.figures ?? "";
  const [rank = 0, turn = 0, revision = 1, words = 0, steps = 0] = numbers(figures);
  const before = figures.split(" ").slice(5).join(" ");
  const look = pace.answer + words * pace.word;
  return {
    element: article,
    id: article.dataset.check ?? "",
    position,
    rank,
    turn,
    revision,
    look,
    change: pace.change + steps * pace.word,
    ask: (role) => look + Number(forRole(before, role)) * pace.word,
  };
}

/** @param {string | undefined} text */
function numbers(text = "") {
  return text.split(" ").map(Number);
}

/**
 * Return what a table says for a role.
 * @param {string} table
 * @param {string} role
 */
export function forRole(table, role) {
  if (!table.includes(":")) return table;
  const byRole = new Map(table.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":"))));
  return byRole.get(role) ?? byRole.get("default") ?? "";
}

/**
 * Return the answers of a check.
 * @param {Check} check
 */
export function optionsOf(check) {
  return elements(check.element, "[data-option]");
}

/**
 * Return one answer of a check, or nothing when it has no such answer.
 * @param {Check} check
 * @param {string | undefined} id
 */
export function optionOf(check, id) {
  return optionsOf(check).find((option) => option.dataset.option === id);
}

/**
 * Return the words of an answer; "" where there is none.
 * @param {Check} check
 * @param {string | undefined} id
 */
export function labelOf(check, id) {
  return optionOf(check, id)?.textContent?.trim() ?? "";
}

/**
 * Return the title of a check, which says how it should be.
 * @param {Check} check
 */
export function titleOf(check) {
  return textOf(check.element, "h4");
}

/**
 * Return the question of a check.
 * @param {Check} check
 */
export function questionOf(check) {
  return textOf(check.element, ".question");
}

/**
 * Return a text of a part of the printed checklist; "" where it has none.
 * @param {HTMLElement} root
 * @param {string} selector
 */
export function textOf(root, selector) {
  return root.querySelector(selector)?.textContent?.trim() ?? "";
}

/**
 * Return a copy of those parts of a check that a selector finds.
 * @param {Check} check
 * @param {string} selector
 */
export function copies(check, selector) {
  return elements(check.element, selector).map((one) => one.cloneNode(true));
}

/** Return the names of roles. */
function names() {
  return /** @type {HTMLTemplateElement} */ (find(document, "template#names")).content;
}

/** Return the ids of the roles that the page knows. */
export function roleIds() {
  return elements(names(), "[data-role]").map((one) => one.dataset.role ?? "");
}

/**
 * Return what goes with a role: the order of the screens, the months between two reminders, who can help.
 * @param {string} role
 */
export function roleOf(role) {
  return find(names(), `[data-role="${role}"]`);
}
