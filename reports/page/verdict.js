// @ts-check
import { forRole } from "./data.js";

/** How checks are sorted in a report: by verdict, and those that were not reached apart. */
export const KINDS = ["fail", "unknown", "not_reached", "choice", "pass", "not_applicable"];

/**
 * Return what an answer means for a role, as the checklist says: nothing is judged here.
 * @param {HTMLElement} option
 * @param {string} role
 */
export function verdictFor(option, role) {
  return forRole(option.dataset.verdict ?? "", role);
}
