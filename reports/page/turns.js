// @ts-check

/**
 * Keep at most so many checks, taken from the platforms in turns: first the first of each, then the second.
 * @template {{platform: string}} T
 * @param {T[]} checks
 * @param {number} most
 * @returns {T[]}
 */
export function inTurns(checks, most) {
  /** @type {Map<string, number>} */
  const turns = new Map();
  const ranked = checks.map((check, position) => {
    const turn = (turns.get(check.platform) ?? 0) + 1;
    turns.set(check.platform, turn);
    return { turn, position };
  });
  ranked.sort((one, other) => one.turn - other.turn || one.position - other.position);
  const kept = new Set(ranked.slice(0, most).map((one) => one.position));
  return checks.filter((_check, position) => kept.has(position));
}
