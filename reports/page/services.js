// @ts-check
import { asked } from "./answers.js";
import { elements, minutesOf, namesOf, roleOf } from "./data.js";
import { element, find, onPress, part } from "./dom.js";
import { changed, pageTitle, show } from "./show.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Platform} Platform */

const FEW = 3;

/**
 * Let the person tick the services that they use.
 * @param {Page} page
 */
export function showServices(page) {
  const ticked = alreadyTicked(page);
  show("services", (screen) => {
    const open = page.platforms.filter((one) => !one.sensitive);
    part(screen, "list").append(...groups(open, ticked));
    const sensitive = page.platforms.filter((one) => one.sensitive);
    part(screen, "more").hidden = !sensitive.length;
    part(screen, "more_list").append(...groups(sensitive, ticked));
    const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "input"));
    const tell = () => {
      const used = boxes.filter((box) => box.checked).map((box) => box.value);
      page.session.platforms = page.platforms.map((one) => one.id).filter((id) => used.includes(id));
      page.checks = asked(page.session, page.platforms, page.most);
      part(screen, "amount").textContent = page.checks.length ? amount(page) : "";
    };
    screen.addEventListener("change", tell);
    tell();
    onPress(part(screen, "begin"), () => {
      part(screen, "none").hidden = page.checks.length > 0;
      if (page.checks.length) {
        changed(page);
        page.ask(0);
      } else find(screen, "input").focus();
    });
    onPress(part(screen, "back"), () => page.go("start"));
    return pageTitle();
  });
}

/** @param {Page} page */
function amount(page) {
  const time = sayNumber("time", minutesOf(page.checks));
  return say("amount", { checks: sayNumber("checks", page.checks.length), time });
}

/**
 * Return the ids that are ticked at first: those chosen before, all of a few, or those that go with the role.
 * @param {Page} page
 */
function alreadyTicked(page) {
  if (page.session.platforms.length) return page.session.platforms;
  const open = page.platforms.filter((one) => !one.sensitive);
  if (page.platforms.length <= FEW) return open.map((one) => one.id);
  return (roleOf(page.session.role).dataset.checklists ?? "").split(" ");
}

/**
 * @param {Platform[]} platforms
 * @param {string[]} ticked
 */
function groups(platforms, ticked) {
  const used = [...namesOf("groups")].filter(([id]) => platforms.some((platform) => platform.group === id));
  return used.map(([id, name]) => {
    const set = element("fieldset");
    set.append(element("legend", name));
    for (const one of platforms.filter((platform) => platform.group === id)) {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = one.id;
      box.checked = ticked.includes(one.id);
      const label = element("label");
      label.className = "pick";
      label.append(box, element("span", one.name));
      set.append(label);
    }
    return set;
  });
}
