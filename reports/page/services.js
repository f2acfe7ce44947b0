// @ts-check
import { groupNames } from "./data.js";
import { element, elements, find, onPress, part, pick } from "./dom.js";
import { show } from "./screen.js";
import { changed, pageTitle } from "./show.js";
import { sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Platform} Platform */

/**
 * Let the person tick the services that they use; nothing is ticked before they do.
 * @param {Page} page
 */
export function showServices(page) {
  show("services", { again: () => showServices(page) }, (screen) => {
    const { session } = page;
    part(screen, "list").append(...groups(page, false));
    part(screen, "more").hidden = !page.platforms.some((one) => one.sensitive);
    part(screen, "more_list").append(...groups(page, true));
    const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "input"));
    const tell = () => {
      const used = boxes.filter((box) => box.checked).map((box) => box.value);
      session.platforms = page.platforms.map((one) => one.id).filter((id) => used.includes(id));
      if (!["quick", "full", ...used].includes(session.time)) session.time = "";
      part(screen, "amount").textContent = used.length ? sayNumber("services", used.length) : "";
    };
    screen.addEventListener("change", tell);
    tell();
    onPress(part(screen, "begin"), () => {
      const { length } = session.platforms;
      part(screen, "none").hidden = length > 0;
      if (length) {
        changed(page);
        page.go("time");
      } else find(screen, "input").focus();
    });
    onPress(part(screen, "back"), () => page.go("start"));
    return pageTitle();
  });
}

/**
 * @param {Page} page
 * @param {boolean} sensitive
 */
function groups(page, sensitive) {
  const mine = page.platforms.filter((one) => one.sensitive === sensitive);
  const used = [...groupNames()].filter(([id]) => mine.some((platform) => platform.group === id));
  return used.map(([id, name]) => {
    const set = element("fieldset");
    const some = mine.filter((platform) => platform.group === id);
    some.sort((one, other) => one.name.localeCompare(other.name));
    set.append(
      element("legend", name),
      ...some.map((one) => pick("checkbox", "", one.id, one.name, page.session.platforms.includes(one.id))),
    );
    return set;
  });
}
