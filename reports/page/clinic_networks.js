// @ts-check
import { fill, find, fromTemplate, part } from "./dom.js";
import { elements } from "./data.js";
import { lines } from "./outcome.js";
import { look } from "./program.js";

/** @typedef {import("./program.js").Said} Said */

const HERE = "127.0.0.1";

/**
 * Show which networks there are to choose from, each with its picture; for a clinic that goes on, also its own address.
 * @param {HTMLElement} screen
 * @param {boolean} goesOn
 */
export async function showNetworks(screen, goesOn) {
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
  if (goesOn) /** @type {HTMLInputElement} */ (find(part(screen, "near"), "input")).checked = true;
  /** @type {Said[]} */
  const far = said?.far ?? [];
  part(screen, "far").replaceChildren(...far.map((one) => choice("far", one.address, one.words)));
  part(screen, "far_part").hidden = !far.length;
  part(screen, "rules").replaceChildren(...lines("li", said?.rules ?? []));
}

/**
 * @param {string} kind
 * @param {string} address
 * @param {string} words
 */
function choice(kind, address, words) {
  const made = fromTemplate(`network_${kind}`);
  /** @type {HTMLInputElement} */ (find(made, "input")).value = address;
  fill(made, "where", words);
  return made;
}

/** Return how to get a hotspot, where the computer is on no Wi-Fi. */
function notConnected() {
  const made = choice("none", "", "");
  /** @type {HTMLInputElement} */ (find(made, "input")).disabled = true;
  return made;
}

/**
 * Return the address of the network that the person chose; null where they chose none.
 * @param {HTMLElement} screen
 * @returns {string | null}
 */
export function chosenAddress(screen) {
  const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "input[name=network]"));
  return boxes.find((box) => box.checked)?.value ?? null;
}
