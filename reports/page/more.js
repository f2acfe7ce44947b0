// @ts-check

/** @typedef {import("./ladder.js").Case} Case */

/**
 * What the page can do besides where a program is behind it: the modules that talk with the program set these.
 * @type {{doors: Record<string, (leave: () => void) => void>, steps: (screen: HTMLElement, one: Case, leave: () => void) => void}}
 */
export const more = { doors: {}, steps: () => undefined };
