// @ts-check
import { elements, fill, onPress, part, pick } from "./dom.js";
import { show } from "./screen.js";
import { changed, pageTitle } from "./show.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/** The shelf that is folded: nobody should see by chance that a person uses these. */
export const PRIVATE = "more";
const SHELVES = ["common", "rest", "habits", PRIVATE];
const MOST_WITHOUT_SEARCH = 12;

/**
 * Let the person tick the services that they use; nothing is ticked before they do.
 * @param {Page} page
 */
export function showServices(page) {
  show("services", { again: () => showServices(page) }, (screen) => {
    const { session } = page;
    for (const { id, name, shelf } of [...page.platforms].sort((one, other) => one.name.localeCompare(other.name))) {
      part(screen, shelf).append(pick("checkbox", "", id, name, session.platforms.includes(id)));
    }
    addSearch(screen, page.platforms.length);
    const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "[type=checkbox]"));
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
      } else boxes.find((box) => box.checkVisibility())?.focus();
    });
    onPress(part(screen, "back"), () => page.go("start"));
    return pageTitle();
  });
}

/**
 * Let the person find services by a part of their names; a short list needs no search.
 * @param {HTMLElement} screen
 * @param {number} number  how many services there are
 */
function addSearch(screen, number) {
  const search = part(screen, "search");
  const typed = /** @type {HTMLInputElement} */ (search.querySelector("input"));
  search.hidden = number <= MOST_WITHOUT_SEARCH;
  const filter = () => {
    const wanted = typed.value.trim().toLowerCase();
    let found = 0;
    for (const name of SHELVES) {
      const shelf = part(screen, name);
      const labels = elements(shelf, ".pick");
      for (const label of labels) label.hidden = !label.textContent?.toLowerCase().includes(wanted);
      const some = labels.filter((label) => !label.hidden).length;
      shelf.hidden = !some;
      found += some;
    }
    const folded = /** @type {HTMLDetailsElement} */ (part(screen, PRIVATE));
    folded.open ||= wanted !== "";
    fill(screen, "unfound", found ? "" : say("unfound"));
  };
  typed.addEventListener("input", filter);
  filter();
}
