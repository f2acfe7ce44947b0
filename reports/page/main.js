// @ts-check
import { asked, newSession, replied } from "./answers.js";
import { elements, readPlatforms, roleIds } from "./data.js";
import { find, onPress, part } from "./dom.js";
import { forget, keep, kept } from "./keep.js";
import { showQuestion } from "./question.js";
import { showReport } from "./report.js";
import { showServices } from "./services.js";
import { changed } from "./show.js";
import { showStart } from "./start.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/** @returns {Page} */
function newPage() {
  const sheet = find(document, "#sheet");
  const platforms = readPlatforms(sheet);
  const roles = roleIds();
  const earlier = kept(platforms, roles);
  /** @type {Page} */
  const page = {
    platforms,
    roles,
    most: Number(document.body.dataset.most ?? Infinity),
    session: earlier ?? newSession(),
    checks: [],
    sharing: { before: null, after: null },
    keeps: earlier !== null,
    unsaved: false,
    go(screen) {
      if (screen === "services" && platforms.length === 1) {
        page.session.platforms = platforms.map((one) => one.id);
      }
      page.checks = asked(page.session, platforms, page.most);
      if (screen === "start") showStart(page);
      else if (screen === "report") showReport(page);
      else if (platforms.length > 1) showServices(page);
      else page.ask(0);
    },
    ask(index) {
      showQuestion(page, index);
    },
    goOn(index) {
      const next = page.checks.findIndex((check, position) => position > index && !replied(page.session, check));
      if (next < 0) page.go("report");
      else page.ask(next);
    },
  };
  return page;
}

/**
 * Let the person choose whether their answers are kept on this device, and forget them.
 * @param {Page} page
 */
function addKeeping(page) {
  const box = /** @type {HTMLInputElement} */ (find(document, "#keep"));
  const told = find(document, "#kept");
  box.checked = page.keeps;
  if (page.keeps) told.textContent = say("kept");
  box.addEventListener("change", () => {
    const could = box.checked ? keep(page.session) : forget();
    page.keeps = box.checked && could;
    box.checked = page.keeps;
    told.textContent = say(!could ? "cannot_keep" : page.keeps ? "kept" : "no_longer_kept");
    changed(page);
  });
  const dialog = /** @type {HTMLDialogElement} */ (find(document, "#forgetting"));
  onPress(find(document, "#forget"), () => dialog.showModal());
  onPress(part(dialog, "cancel"), () => dialog.close());
  onPress(part(dialog, "forget"), () => {
    forget();
    dialog.close();
    page.keeps = box.checked = false;
    page.session = newSession();
    page.sharing = { before: null, after: null };
    changed(page);
    page.go("start");
    told.textContent = say("forgotten");
  });
}

/** Take the printed checklist away and begin; where that fails, show the checklist again. */
function start() {
  const sheet = find(document, "#sheet");
  const app = elements(document, "[data-app]");
  try {
    sheet.hidden = true;
    for (const one of app) one.hidden = false;
    const page = newPage();
    addKeeping(page);
    page.go("start");
  } catch (error) {
    for (const one of app) one.hidden = true;
    sheet.hidden = false;
    sheet.style.display = "block";
    throw error;
  }
}

start();
