// @ts-check
import { elements, fill, onPress, part } from "./dom.js";
import { ask, look } from "./program.js";
import { show } from "./screen.js";
import { later } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

/**
 * Show what is kept in the encrypted history, once it is open: ask for the passphrase, or whether to begin it, before.
 * @param {string} what  is looked at
 * @param {(said: Said) => void} then  shows it
 * @param {() => void} leave  shows the start of the page
 */
export async function withHistory(what, then, leave) {
  const still = later();
  const { said, trouble } = await look(what);
  still(() => {
    if (said && said.there && !said.locked) then(said);
    else showLock(said, trouble, what, then, leave);
  });
}

/**
 * @param {Said | null} said
 * @param {string} trouble
 * @param {string} what
 * @param {(said: Said) => void} then
 * @param {() => void} leave
 */
function showLock(said, trouble, what, then, leave) {
  const locked = Boolean(said?.there);
  show("lock", { again: () => withHistory(what, then, leave) }, (screen) => {
    part(screen, "new").hidden = locked || !said?.may_keep;
    part(screen, "shut").hidden = !locked;
    part(screen, "never").hidden = locked || !said || said.may_keep;
    fill(screen, "trouble", trouble || said?.locked || "");
    const [secret, again] = /** @type {HTMLInputElement[]} */ (elements(screen, "input"));
    const fields = part(screen, "secret");
    fields.hidden = !locked;
    part(screen, "again").hidden = locked;
    part(screen, "advice").hidden = locked;
    part(screen, "open").hidden = !locked && !said?.may_keep;
    part(screen, "open").textContent = say(locked ? "unlock" : "begin_history");
    onPress(part(screen, "open"), async () => {
      if (!secret || !again) return;
      if (!locked && secret.value !== again.value) {
        fill(screen, "trouble", say("not_same"));
        again.focus();
        return;
      }
      fill(screen, "trouble", "");
      const still = later();
      const done = await ask(locked ? "kept-unlock" : "kept-begin", { passphrase: secret.value });
      if (done.said) {
        const opened = done.said;
        still(() => then(opened));
        return;
      }
      fill(screen, fields.hidden ? "no_keyring" : "trouble", done.trouble);
      fields.hidden = false;
      secret.focus();
    });
    onPress(part(screen, "back"), leave);
    return say("page_title");
  });
}
