// @ts-check
import { say, sayNumber } from "./words.js";

/** @typedef {Record<string, number>} Counts  the number of checks by verdict */

/**
 * Return which of the three forms a headline has, and its sentence.
 *
 * Something failed: how many, and how many could not be told. Nothing failed, but something is unknown or nothing is
 * fine: that. Only when every check was told, and at least one is fine: those that are fine.
 * @param {Counts} counts
 */
export function headline(counts) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { fail = 0, unknown = 0, pass = 0 } = counts;
  if (fail) return { form: "change", sentence: toChange(fail, unknown, total) };
  if (unknown || !pass) return { form: "unsure", sentence: unsure(unknown, total, counts) };
  return { form: "fine", sentence: allFine(pass, total, counts) };
}

/**
 * @param {number} fail
 * @param {number} unknown
 * @param {number} total
 */
function toChange(fail, unknown, total) {
  const values = { changes: sayNumber("changes", fail), denominator: sayNumber("denominator", total) };
  if (!unknown) return say("to_change", values);
  return say("to_change_and_untold", { ...values, untold: sayNumber("untold", unknown) });
}

/**
 * @param {number} unknown
 * @param {number} total
 * @param {Counts} counts
 */
function unsure(unknown, total, counts) {
  if (unknown) {
    const untold = sayNumber("untold", unknown);
    return say("untold_only", { untold, denominator: sayNumber("denominator", total) });
  }
  if (!total) return say("nothing_checked");
  if (total === (counts.not_applicable ?? 0)) return sayNumber("does_not_apply", total);
  return sayNumber("not_settled", total, { rest: rest(counts) });
}

/**
 * @param {number} pass
 * @param {number} total
 * @param {Counts} counts
 */
function allFine(pass, total, counts) {
  const fine = sayNumber("all_fine", pass);
  const others = rest(counts);
  return others ? sayNumber("fine_and_rest", total, { fine, rest: others }) : say("fine", { fine });
}

/** @param {Counts} counts */
function rest(counts) {
  const { choice = 0, not_applicable: apart = 0 } = counts;
  const parts = [];
  if (choice) parts.push(sayNumber("rest_choice", choice));
  if (apart) parts.push(sayNumber("rest_not_applicable", apart));
  return parts.length === 2 ? say("and", { first: parts[0] ?? "", last: parts[1] ?? "" }) : parts.join("");
}
