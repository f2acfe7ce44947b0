// @ts-check
import { elements, fill, find, onPress, part } from "./dom.js";
import { ask } from "./program.js";
import { tell } from "./saving.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";
import { later } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

/**
 * Ask for the passphrase of the history before an audit ends, so that it can be kept.
 * @param {string} why  it is locked
 * @param {(unkept: boolean) => void} finish  ends the audit, with the history or without
 * @param {() => void} back
 */
export function showShut(why, finish, back) {
  show("shut", { again: () => showShut(why, finish, back) }, (screen) => {
    const secret = /** @type {HTMLInputElement} */ (part(screen, "passphrase"));
    part(screen, "why").textContent = why;
    onPress(part(screen, "unlock"), async () => {
      fill(screen, "trouble", "");
      const still = later();
      const { said, trouble } = await ask("unlock", { passphrase: secret.value });
      if (said) {
        still(() => finish(false));
        return;
      }
      fill(screen, "trouble", trouble);
      secret.focus();
    });
    onPress(part(screen, "without"), () => finish(true));
    onPress(part(screen, "back"), back);
    return pageTitle();
  });
}

/**
 * Ask once whether to keep this audit, on a computer of the person's own.
 * @param {HTMLElement} screen
 * @param {Said} result  takes up what the program says of it then
 * @param {() => void} then  called once the program has done so, where the person is still there
 */
export function addOffer(screen, result, then) {
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
    const still = later();
    const { said, trouble } = await ask("remember", wish);
    if (said) {
      Object.assign(result, said);
      still(then);
    } else if (!section.isConnected) tell(trouble);
    else {
      told.textContent = trouble;
      part(section, "secret").hidden = false;
      secret.focus();
    }
  });
}
