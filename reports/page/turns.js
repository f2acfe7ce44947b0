// @ts-check

/**
 * Keep at most so many checks of those that a short round asks, taken from the platforms in turns: first the first of
 * each, then the second.
 * @template {{turn: number, position: number}} T
 * @param {T[]} checks
 * @param {number} most
 * @returns {T[]}
 */
export function inTurns(checks, most) {
  const ranked = checks.filter((check) => check.turn);
  ranked.sort((one, other) => one.turn - other.turn || one.position - other.position);
  return ranked.slice(0, most);
}
