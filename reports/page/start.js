// @ts-check
import { newSession } from "./answers.js";
import { elements, find, onPress, part } from "./dom.js";
import { addOpening, dayOfSource } from "./open.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/** Return a session in which nothing is said yet, but where the person looks: on this phone, if it says what it is. */
export function sessionHere() {
  const { userAgent } = navigator;
  const phone = /Android/.test(userAgent) ? "android" : "";
  return { ...newSession(), device: /iPhone|iPad/.test(userAgent) ? "ios" : phone };
}

/**
 * Show what this is, ask who the person is and what they hold where the page does not know, and offer to go on with
 * what is kept.
 * @param {Page} page
 */
export function showStart(page) {
  show("start", { again: () => showStart(page) }, (screen) => {
    const { session } = page;
    for (const radio of radios(screen, "role")) radio.checked = radio.value === session.role;
    for (const radio of radios(screen, "device")) radio.checked = radio.value === session.device;
    const answers = Object.keys(session.answers).length;
    const replies = answers + Object.keys(session.open).length;
    if (replies || page.unfit || session.earlier) {
      part(screen, "earlier").hidden = false;
      const before = answers ? [sayNumber("answered_before", answers), say("still_count")] : [];
      const unfit = page.unfit ? [sayNumber("unfit", page.unfit)] : [];
      const differ = page.differ ? [sayNumber("differ", page.differ)] : [];
      const compares = session.earlier ? [say("compares", { day: dayOfSource(session.earlier) })] : [];
      part(screen, "kept").textContent = [...before, ...unfit, ...differ, ...compares].join(" ");
      part(screen, "resume").hidden = !(replies && session.role && session.platforms.length);
      onPress(part(screen, "resume"), () => {
        session.role = chosen(screen, "role") ?? session.role;
        session.device = chosen(screen, "device") ?? "";
        page.go("walk");
      });
    }
    addOpening(page, screen);
    onPress(part(screen, "begin"), () => {
      const role = page.roles.length > 1 ? chosen(screen, "role") : page.roles[0];
      if (!role) {
        part(screen, "who_missing").hidden = false;
        find(screen, "input").focus();
        return;
      }
      session.role = role;
      session.device = chosen(screen, "device") ?? "";
      page.go("services");
    });
    return pageTitle();
  });
}

/**
 * @param {HTMLElement} screen
 * @param {string} name
 */
function radios(screen, name) {
  return /** @type {HTMLInputElement[]} */ (elements(screen, `input[name=${name}]`));
}

/**
 * @param {HTMLElement} screen
 * @param {string} name
 */
function chosen(screen, name) {
  return radios(screen, name).find((radio) => radio.checked)?.value;
}
