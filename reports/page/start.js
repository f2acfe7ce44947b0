// @ts-check
import { asked } from "./answers.js";
import { elements } from "./data.js";
import { find, onPress, part } from "./dom.js";
import { pageTitle, show } from "./show.js";
import { sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/**
 * Show what this is, ask who the person is where the page does not know, and offer to go on with what is kept.
 * @param {Page} page
 */
export function showStart(page) {
  show("start", (screen) => {
    for (const radio of radios(screen)) radio.checked = radio.value === page.session.role;
    const { session } = page;
    const replies = Object.keys(session.answers).length + Object.keys(session.open).length;
    if (replies && session.role && session.platforms.length) {
      part(screen, "earlier").hidden = false;
      part(screen, "kept").textContent = sayNumber("answered_before", Object.keys(session.answers).length);
      onPress(part(screen, "go_on"), () => {
        page.checks = asked(session, page.platforms, page.most);
        page.goOn(-1);
      });
    }
    onPress(part(screen, "begin"), () => {
      const role = page.roles.length > 1 ? radios(screen).find((radio) => radio.checked)?.value : page.roles[0];
      if (!role) {
        part(screen, "who_missing").hidden = false;
        find(screen, "input").focus();
        return;
      }
      session.role = role;
      page.go("services");
    });
    return pageTitle();
  });
}

/** @param {HTMLElement} screen */
function radios(screen) {
  return /** @type {HTMLInputElement[]} */ (elements(screen, "input[name=role]"));
}
