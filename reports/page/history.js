// @ts-check
import { elements, find, onPress, part } from "./dom.js";
import { ask } from "./program.js";
import { say } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

/**
 * Ask once whether to keep this audit, on a computer of the person's own.
 * @param {HTMLElement} screen
 * @param {(result: Said) => void} then  called with the result once the program has done so
 */
export function addOffer(screen, then) {
  const section = part(screen, "offer");
  const told = part(section, "offer_told");
  const secret = /** @type {HTMLInputElement} */ (part(section, "passphrase"));
  const again = /** @type {HTMLInputElement} */ (part(section, "passphrase_again"));
  section.hidden = false;
  onPress(part(section, "answer"), async () => {
    const radios = /** @type {HTMLInputElement[]} */ (elements(section, "input[type=radio]"));
    const chosen = radios.find((one) => one.checked)?.value;
    if (!chosen) {
      told.textContent = say("choose_first");
      find(section, "input").focus();
      return;
    }
    if (secret.value !== again.value) {
      told.textContent = say("not_same");
      again.focus();
      return;
    }
    told.textContent = say("working");
    const wish = { own: chosen !== "shared", keep: chosen === "keep", passphrase: secret.value };
    const { said, trouble } = await ask("remember", wish);
    if (said) then(said);
    else {
      told.textContent = trouble;
      part(section, "secret").hidden = false;
      secret.focus();
    }
  });
}
