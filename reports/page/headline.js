// @ts-check
import { say, sayNumber } from "./words.js";

/** @typedef {Record<string, number>} Counts  the number of checks by kind */

/**
 * Return which of the three forms a headline has, and its sentence.
 *
 * Something failed: how many, and how many could not be told or were not reached. Nothing failed, but something is
 * unknown, not reached or not fine: that. Only when every check was told, and at least one is fine: those that are fine.
 * @param {Counts} counts
 */
export function headline(counts) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { fail = 0, pass = 0 } = counts;
  const open = untold(counts);
  if (fail) return { form: "change", sentence: toChange(fail, open, total) };
  if (open || !pass) return { form: "unsure", sentence: unsure(open, total, counts) };
  return { form: "fine", sentence: allFine(pass, total, counts) };
}

/** @param {Counts} counts */
function untold({ unknown = 0, not_reached: rest = 0 }) {
  const untold = unknown ? sayNumber("untold", unknown) : "";
  if (!rest) return untold;
  return untold ? say("untold_and_rest", { untold, rest: sayNumber("rest", rest) }) : sayNumber("rest", rest);
}

/**
 * @param {number} fail
 * @param {string} untold
 * @param {number} total
 */
function toChange(fail, untold, total) {
  const values = { changes: sayNumber("changes", fail), denominator: sayNumber("denominator", total) };
  return untold ? say("to_change_and_untold", { ...values, untold }) : say("to_change", values);
}

/**
 * @param {string} untold
 * @param {number} total
 * @param {Counts} counts
 */
function unsure(untold, total, counts) {
  if (untold) return say("untold_only", { untold, denominator: sayNumber("denominator", total) });
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
