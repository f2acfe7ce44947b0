// @ts-check
import { newSession } from "./answers.js";
import { showClinic } from "./clinic.js";
import { elements, fill, onPress, part } from "./dom.js";
import { takeTurns } from "./next_person.js";
import { lines } from "./outcome.js";
import { ask, look } from "./program.js";
import { showReading } from "./reading.js";
import { show } from "./screen.js";
import { pageTitle } from "./show.js";
import { showStart } from "./start.js";
import { later } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

/**
 * Show what is due, how it came out last, what waits to go on, and what can be done.
 * @param {Page} page
 */
export function showHome(page) {
  show("home", { again: () => showHome(page), checks: [] }, (screen) => {
    for (const button of elements(screen, "[data-time]")) {
      onPress(button, () => {
        const { role, device } = page.session;
        if (!page.checks.length) page.session = { ...newSession(), role, device };
        page.session.time = button.dataset.time ?? "";
        page.timed = true;
        showStart(page);
      });
    }
    onPress(part(screen, "resume"), () => goOn(screen));
    onPress(part(screen, "go_on"), () => (page.checks.length ? page.next(0) : showHome(page)));
    onPress(part(screen, "weekly"), () => remind(screen));
    onPress(part(screen, "turns"), () => takeTurns((trouble) => fill(screen, "turns_trouble", trouble)));
    onPress(part(screen, "clinic"), () => showClinic(page));
    onPress(part(screen, "unlock"), () => unlock(screen));
    onPress(part(screen, "end"), () => endProgram(screen));
    onPress(part(screen, "read_for_me"), () => showReading(page));
    part(screen, "going_on").hidden = !page.checks.length;
    part(screen, "trouble").replaceChildren(...lines("p", [say("working")]));
    look("home").then(({ said, trouble }) => tellHome(screen, said, trouble));
    look("reading").then(({ said }) => {
      part(screen, "reading_on").hidden = !(said?.reading || said?.offers.length);
    });
    return pageTitle();
  });
}

/**
 * @param {HTMLElement} screen
 * @param {Said | null} said
 * @param {string} trouble
 */
function tellHome(screen, said, trouble) {
  part(screen, "trouble").replaceChildren(...lines("p", said ? said.trouble : [trouble]));
  if (!said) return;
  part(screen, "due_part").hidden = !said.due;
  fill(screen, "due", said.due?.said ?? "");
  part(screen, "due_lines").replaceChildren(...lines("li", said.due?.lines ?? []));
  fill(screen, "next", said.due?.next ?? "");
  part(screen, "last_part").hidden = !said.last;
  fill(screen, "last", said.last);
  part(screen, "unfinished_part").hidden = !said.unfinished;
  fill(screen, "unfinished", said.unfinished);
  elements(screen, "[data-time=quick]")[0]?.classList.toggle("main", !said.unfinished);
  fill(screen, "clinic_told", said.clinic);
  part(screen, "clinic").textContent = say(said.clinic ? "show_clinic" : "hold_clinic");
  part(screen, "locked_part").hidden = !said.locked;
  fill(screen, "locked", said.locked);
  part(screen, "places").replaceChildren(...lines("p", said.places));
  tellWeekly(screen, said.weekly);
}

/**
 * @param {HTMLElement} screen
 * @param {Said | null} weekly
 */
function tellWeekly(screen, weekly) {
  const button = part(screen, "weekly");
  button.hidden = !weekly;
  if (!weekly) return;
  button.dataset.installed = String(weekly.installed);
  button.textContent = say(weekly.installed ? "no_reminder" : "weekly_reminder");
  part(screen, "weekly_told").textContent = weekly.said;
}

/** @param {HTMLElement} screen */
async function goOn(screen) {
  const still = later();
  const { said, trouble } = await ask("resume");
  if (said) still(() => location.reload());
  else part(screen, "trouble").replaceChildren(...lines("p", [trouble]));
}

/** @param {HTMLElement} screen */
async function remind(screen) {
  const told = part(screen, "weekly_told");
  told.textContent = say("working");
  const { said, trouble } = await ask("weekly", { keeps: part(screen, "weekly").dataset.installed !== "true" });
  tellWeekly(screen, said);
  if (!said) told.textContent = trouble;
}

/** @param {HTMLElement} screen */
async function unlock(screen) {
  const secret = /** @type {HTMLInputElement} */ (part(screen, "passphrase"));
  const { said, trouble } = await ask("unlock", { passphrase: secret.value });
  secret.value = "";
  if (said) tellHome(screen, said, "");
  else part(screen, "trouble").replaceChildren(...lines("p", [trouble]));
}

/** @param {HTMLElement} screen */
async function endProgram(screen) {
  const { said, trouble } = await ask("end");
  part(screen, "trouble").replaceChildren(...lines("p", [said ? said.said : trouble]));
}
