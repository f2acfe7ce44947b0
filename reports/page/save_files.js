// @ts-check
import { onPress, part } from "./dom.js";
import { ask } from "./program.js";
import { say } from "./words.js";

/**
 * Let the person save the report in a folder of their own; who else can read it is said before, and whether the folder
 * is to be made is asked. A yes is for that folder and no other one.
 * @param {HTMLElement} screen
 * @param {string} folder  the usual one
 */
export function addSaving(screen, folder) {
  const box = /** @type {HTMLInputElement} */ (part(screen, "folder"));
  const told = part(screen, "save_told");
  const agree = part(screen, "agree");
  box.value = folder;
  const saveThere = async (/** @type {boolean} */ agreed) => {
    told.textContent = say("working");
    const { said, trouble } = await ask("save", { folder: box.value, agreed });
    agree.hidden = !said?.asks;
    agree.textContent = said?.yes ?? "";
    told.textContent = said ? (said.asks ?? said.said.join(" ")) : trouble;
    if (said?.asks) agree.focus();
  };
  box.addEventListener("input", () => {
    agree.hidden = true;
    told.textContent = "";
  });
  onPress(part(screen, "save"), () => saveThere(false));
  onPress(agree, () => saveThere(true));
}
