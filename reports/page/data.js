// @ts-check
import { find } from "./dom.js";

/**
 * @typedef {object} Check
 * @property {HTMLElement} element  the part of the printed checklist that holds its texts
 * @property {string} id
 * @property {string} platform
 * @property {string} area
 * @property {string} severity
 * @property {number} minutes
 * @property {boolean} essential
 *
 * @typedef {object} Platform
 * @property {HTMLElement} element
 * @property {string} id
 * @property {string} name
 * @property {string} group
 * @property {boolean} sensitive
 * @property {Check[]} checks
 */

/**
 * Read the platforms and checks of the printed checklist, in its order.
 * @param {ParentNode} sheet
 * @returns {Platform[]}
 */
export function readPlatforms(sheet) {
  return elements(sheet, "[data-platform]").map((section) => ({
    element: section,
    id: section.dataset.platform ?? "",
    name: textOf(section, "h2"),
    group: section.dataset.group ?? "",
    sensitive: section.dataset.sensitive !== undefined,
    checks: elements(section, "[data-check]").map((article) => ({
      element: article,
      id: article.dataset.check ?? "",
      platform: section.dataset.platform ?? "",
      area: article.dataset.area ?? "",
      severity: article.dataset.severity ?? "",
      minutes: Number(article.dataset.minutes),
      essential: article.dataset.essential !== undefined,
    })),
  }));
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

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function elements(root, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}

/** Return the lists of names: of areas, groups, weights and roles. */
function names() {
  return /** @type {HTMLTemplateElement} */ (find(document, "template#names")).content;
}

/** Return the ids of the roles that the page knows. */
export function roleIds() {
  return elements(names(), "[data-role]").map((one) => one.dataset.role ?? "");
}

/**
 * Return what goes with a role: the checklists to begin with, the months between two reminders, who can help.
 * @param {string} role
 */
export function roleOf(role) {
  return find(names(), `[data-role="${role}"]`);
}

/**
 * Return the names of areas, groups or weights by id, in the order of a report.
 * @param {string} list
 */
export function namesOf(list) {
  return new Map(
    elements(names(), `[data-list="${list}"] [data-id]`).map((one) => [
      one.dataset.id ?? "",
      one.textContent ?? "",
    ]),
  );
}

/**
 * Return the minutes that checks take together, whole and at least one.
 * @param {Check[]} checks
 */
export function minutesOf(checks) {
  return Math.max(1, Math.round(checks.reduce((sum, check) => sum + check.minutes, 0)));
}
