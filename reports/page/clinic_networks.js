// @ts-check
import { elements, fill, find, fromTemplate, part } from "./dom.js";
import { lines } from "./outcome.js";
import { look } from "./program.js";

/** @typedef {import("./program.js").Said} Said */
/** @typedef {{kind: string, address: string}} Network  what the person chose, and the address that this computer has there */

const HERE = "127.0.0.1";

/**
 * Show which networks there are to choose from, each with its picture; for a clinic that goes on, also its own address.
 * @param {HTMLElement} screen
 * @param {boolean} goesOn
 * @param {Network | null} before  what was chosen before
 */
export async function showNetworks(screen, goesOn, before) {
  const { said, trouble } = await look("networks");
  fill(screen, "trouble", trouble);
  /** @type {Said[]} */
  const near = said?.near ?? [];
  const wifi = near.filter((one) => one.kind === "wifi");
  part(screen, "near").replaceChildren(
    ...(goesOn ? [choice("same", "", "")] : []),
    ...(wifi.length ? wifi.map((one) => choice("hotspot", one.address, one.words)) : [notConnected()]),
    ...near.map((one) => choice(one.kind, one.address, one.words)),
    choice("here", HERE, ""),
  );
  /** @type {Said[]} */
  const far = said?.far ?? [];
  part(screen, "far").replaceChildren(...far.map((one) => choice("far", one.address, one.words)));
  part(screen, "far_part").hidden = !far.length;
  for (const box of boxes(screen)) {
    const { kind } = box.dataset;
    box.checked = before ? kind === before.kind && box.value === before.address : kind === "same";
  }
  part(screen, "rules").replaceChildren(...lines("li", said?.rules ?? []));
}

/**
 * @param {string} kind
 * @param {string} address
 * @param {string} words
 */
function choice(kind, address, words) {
  const made = fromTemplate(`network_${kind}`);
  const box = /** @type {HTMLInputElement} */ (find(made, "input"));
  box.value = address;
  box.dataset.kind = kind;
  fill(made, "where", words);
  return made;
}

/** Return how to get a hotspot, where the computer is on no Wi-Fi. */
function notConnected() {
  const made = choice("none", "", "");
  const box = /** @type {HTMLInputElement} */ (find(made, "input"));
  box.disabled = true;
  return made;
}

/**
 * @param {HTMLElement} screen
 * @returns {HTMLInputElement[]}
 */
function boxes(screen) {
  return /** @type {HTMLInputElement[]} */ (elements(screen, "input[name=network]"));
}

/**
 * Return the network that the person chose; null where they chose none.
 * @param {HTMLElement} screen
 * @returns {Network | null}
 */
export function chosenNetwork(screen) {
  const box = boxes(screen).find((one) => one.checked);
  return box ? { kind: box.dataset.kind ?? "", address: box.value } : null;
}
