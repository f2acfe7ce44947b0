// @ts-check

export const VERDICTS = ["fail", "choice", "unknown", "pass", "not_applicable"];

/**
 * Return what an answer means for a role, as the checklist says: nothing is judged here.
 * @param {HTMLElement} option
 * @param {string} role
 */
export function verdictFor(option, role) {
  const table = option.dataset.verdict ?? "";
  if (!table.includes(":")) return table;
  const byRole = new Map(table.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":"))));
  return byRole.get(role) ?? byRole.get("default") ?? "";
}
