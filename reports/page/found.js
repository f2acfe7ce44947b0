// @ts-check
import { known } from "./known.js";

/** @typedef {import("./searches.js").Planned} Planned */

/**
 * What one search found: how many things of each kind.
 * @typedef {{planned: Planned, found: Record<string, number>}} Answer
 * @typedef {{planned: Planned, kind: string, count: number}} ToDo
 */

/**
 * Return what to act on, the hardest harm first; of the same harm, what others put there comes first.
 * @param {Answer[]} answers
 * @returns {ToDo[]}
 */
export function toDo(answers) {
  const { harms, to_act_on: kinds } = known().searches;
  const found = answers.flatMap((answer) =>
    kinds.flatMap((kind) => {
      const count = answer.found[kind] ?? 0;
      return count ? [{ planned: answer.planned, kind, count }] : [];
    }),
  );
  const rank = (/** @type {ToDo} */ one) =>
    harms.indexOf(one.planned.search.harm) * kinds.length + kinds.indexOf(one.kind);
  return found.sort((one, other) => rank(one) - rank(other));
}
