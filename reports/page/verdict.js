// @ts-check
import { forRole } from "./data.js";

export const VERDICTS = ["fail", "unknown", "choice", "pass", "not_applicable"];

/**
 * Return what an answer means for a role, as the checklist says: nothing is judged here.
 * @param {HTMLElement} option
 * @param {string} role
 */
export function verdictFor(option, role) {
  return forRole(option.dataset.verdict ?? "", role);
}
