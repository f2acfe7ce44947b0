// @ts-check
import { chosenNetwork, showNetworks } from "./clinic_networks.js";
import { elements, fill, find, onPress, part, pick } from "./dom.js";
import { lines } from "./outcome.js";
import { ask, look } from "./program.js";
import { letBeRead, show } from "./screen.js";
import { PRIVATE } from "./services.js";
import { pageTitle } from "./show.js";
import { later } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

const LOOK_CLINIC_MS = 1000;
let lookingAtClinic = 0;

/** What was typed for a clinic that did not open. */
const typed = {
  name: "",
  network: /** @type {import("./clinic_networks.js").Network | null} */ (null),
  role: "",
  platforms: /** @type {string[]} */ ([]),
  everything: false,
};

/**
 * Show the clinic that is open, what came of the last one, or what a new one needs.
 * @param {Page} page
 */
export async function showClinic(page) {
  const still = later();
  const { said, trouble } = await look("clinic");
  still(() => showStage(page, said ?? { stage: "failed", trouble, cut_off: false, elsewhere: false }));
}

/**
 * @param {Page} page
 * @param {Said} clinic
 */
function showStage(page, clinic) {
  if (clinic.stage === "opening") showOpening(page);
  else if (clinic.stage === "open" || clinic.stage === "stuck") showOpenClinic(page, clinic);
  else if (clinic.stage === "over") showClinicOver(page, clinic);
  else showNewClinic(page, clinic);
}

/** @param {HTMLElement} screen */
function passphraseOf(screen) {
  return /** @type {HTMLInputElement} */ (part(screen, "passphrase")).value;
}

/**
 * @param {Page} page
 * @param {Said} clinic
 * @param {string} deleted
 */
function showNewClinic(page, clinic, deleted = "") {
  show("clinic_new", { again: () => showClinic(page), checks: [] }, (screen) => {
    const goesOn = clinic.cut_off;
    const name = /** @type {HTMLInputElement} */ (part(screen, "name"));
    const memory = /** @type {HTMLInputElement} */ (part(screen, "memory"));
    name.value = typed.name;
    memory.checked = !(/** @type {HTMLInputElement} */ (find(document, "#keeps")).checked);
    part(screen, "deleted").textContent = deleted;
    part(screen, "elsewhere").hidden = !clinic.elsewhere;
    part(screen, "cut_off").hidden = !goesOn;
    const aboutIt = addAbout(page, screen);
    for (const only of ["name_part", "about_part", "memory_part", "open"]) part(screen, only).hidden = goesOn || clinic.elsewhere;
    part(screen, "locked").hidden = !clinic.locked;
    showNetworks(screen, goesOn, typed.network).then(() => {
      if (clinic.trouble) fill(screen, "trouble", clinic.trouble);
    });
    onPress(part(screen, "look"), () => showNetworks(screen, goesOn, chosenNetwork(screen)));
    onPress(part(screen, "home"), () => page.go("start"));
    onPress(part(screen, "open"), () => {
      Object.assign(typed, { name: name.value, network: chosenNetwork(screen), ...aboutIt() });
      if (!typed.network) {
        fill(screen, "trouble", say("choose_network"));
        return;
      }
      tellAsked(page, screen, "open-clinic", {
        name: name.value,
        ...aboutIt(),
        address: typed.network.address,
        passphrase: passphraseOf(screen),
        memory_only: memory.checked,
      });
    });
    onPress(part(screen, "go_on"), () => {
      typed.network = chosenNetwork(screen);
      const wish = { address: typed.network?.address ?? "", passphrase: passphraseOf(screen) };
      tellAsked(page, screen, "continue-clinic", wish);
    });
    onPress(part(screen, "report"), () => {
      tellAsked(page, screen, "report-clinic", { passphrase: passphraseOf(screen) });
    });
    askFirst(screen, "delete", "delete_now", async () => {
      const still = later();
      const { said, trouble } = await ask("delete-clinic");
      if (said) still(() => showNewClinic(page, said, said.deleted.join(" ")));
      else fill(screen, "trouble", trouble);
    });
    return pageTitle();
  });
}

/**
 * Let the representative say for whom the clinic is and about which services; what is private to many is not offered.
 * @param {Page} page
 * @param {HTMLElement} screen
 * @returns {() => {role: string | null, platforms: string[], everything: boolean}}  what they said
 */
function addAbout(page, screen) {
  const place = part(screen, "about");
  const some = page.platforms.filter((one) => one.shelf !== PRIVATE);
  for (const { id, name } of some.sort((one, other) => one.name.localeCompare(other.name))) {
    place.append(pick("checkbox", "clinic_platform", id, name, typed.platforms.includes(id)));
  }
  const everything = /** @type {HTMLInputElement} */ (part(screen, "everything"));
  const radios = /** @type {HTMLInputElement[]} */ (elements(screen, "input[name=clinic_role]"));
  const boxes = /** @type {HTMLInputElement[]} */ (elements(place, "input"));
  for (const [number, radio] of radios.entries()) radio.checked = typed.role ? radio.value === typed.role : !number;
  everything.checked = typed.everything;
  return () => ({
    role: radios.find((radio) => radio.checked)?.value ?? null,
    platforms: boxes.filter((box) => box.checked).map((box) => box.value),
    everything: everything.checked,
  });
}

/**
 * Ask the program for something about the clinic, and show what it became.
 * @param {Page} page
 * @param {HTMLElement} screen
 * @param {string} name
 * @param {Said} wish
 */
async function tellAsked(page, screen, name, wish) {
  fill(screen, "trouble", "");
  const still = later();
  const { said, trouble } = await ask(name, wish);
  if (said) still(() => showStage(page, said));
  else fill(screen, "trouble", trouble);
}

/**
 * Ask in the dialog of a screen before something is done.
 * @param {HTMLElement} screen
 * @param {string} wish  the button that asks for it
 * @param {string} yes
 * @param {() => void} then
 */
function askFirst(screen, wish, yes, then) {
  const dialog = /** @type {HTMLDialogElement} */ (find(screen, "dialog"));
  dialog.addEventListener("close", letBeRead);
  onPress(part(screen, wish), () => {
    dialog.showModal();
    part(dialog, "cancel").focus();
  });
  onPress(part(dialog, "cancel"), () => dialog.close());
  onPress(part(dialog, yes), () => {
    dialog.close();
    then();
  });
}

/** @param {Page} page */
function showOpening(page) {
  show("clinic_opening", { again: () => showClinic(page), checks: [] }, (screen) => {
    followClinic(page, screen, ["opening"], () => {});
    return pageTitle();
  });
}

/**
 * @param {Page} page
 * @param {Said} clinic
 */
function showOpenClinic(page, clinic) {
  Object.assign(typed, { name: "", network: null, role: "", platforms: [], everything: false });
  show("clinic_open", { again: () => showClinic(page), checks: [] }, (screen) => {
    fill(screen, "name", clinic.name);
    fill(screen, "address", clinic.address);
    fill(screen, "code", clinic.code);
    const board = /** @type {HTMLAnchorElement} */ (part(screen, "board"));
    board.href = clinic.board;
    part(screen, "notes").replaceChildren(...lines("p", clinic.notes));
    if (clinic.picture) showCode(/** @type {HTMLImageElement} */ (part(screen, "picture")), clinic.picture);
    onPress(part(screen, "home"), () => page.go("start"));
    onPress(part(screen, "again"), () => askOfOpen(screen, "try-clinic-again"));
    askFirst(screen, "end", "end_now", () => askOfOpen(screen, "end-clinic"));
    tellOpen(screen, clinic);
    followClinic(page, screen, ["open", "stuck"], (news) => tellOpen(screen, news));
    return pageTitle();
  });
}

/**
 * Show a QR code, drawn as SVG.
 * @param {HTMLImageElement} picture
 * @param {string} svg
 */
function showCode(picture, svg) {
  const drawn = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  const address = URL.createObjectURL(new Blob([drawn], { type: "image/svg+xml" }));
  picture.addEventListener("load", () => URL.revokeObjectURL(address));
  picture.src = address;
  picture.hidden = false;
}

/**
 * @param {HTMLElement} screen
 * @param {string} name
 */
async function askOfOpen(screen, name) {
  const { said, trouble } = await ask(name);
  if (said) tellOpen(screen, said);
  else fill(screen, "trouble", trouble);
}

/**
 * @param {HTMLElement} screen
 * @param {Said} clinic
 */
function tellOpen(screen, clinic) {
  for (const name of ["lost", "unkept", "trouble"]) {
    if (part(screen, name).textContent !== clinic[name]) fill(screen, name, clinic[name]);
  }
  const people = part(screen, "people");
  if (people.textContent !== clinic.people) people.textContent = clinic.people;
  const stuck = clinic.stage === "stuck";
  part(screen, "again").hidden = !stuck;
  part(screen, "end").hidden = clinic.ending;
  part(screen, "ending").textContent = clinic.ending && !stuck ? say("working") : "";
}

/**
 * Look again and again as long as a screen is shown, and show another one once the clinic has come further.
 * @param {Page} page
 * @param {HTMLElement} screen
 * @param {string[]} stages  those of this screen
 * @param {(clinic: Said) => void} tellNews
 */
function followClinic(page, screen, stages, tellNews) {
  clearTimeout(lookingAtClinic);
  lookingAtClinic = setTimeout(async () => {
    if (!screen.isConnected) return;
    const { said } = await look("clinic");
    if (!screen.isConnected) return;
    if (said && !stages.includes(said.stage)) showStage(page, said);
    else {
      if (said) tellNews(said);
      followClinic(page, screen, stages, tellNews);
    }
  }, LOOK_CLINIC_MS);
}

/**
 * @param {Page} page
 * @param {Said} clinic
 */
function showClinicOver(page, clinic) {
  show("clinic_over", { again: () => showClinic(page), checks: [] }, (screen) => {
    part(screen, "said").replaceChildren(...lines("p", clinic.said));
    onPress(part(screen, "home"), async () => {
      const still = later();
      await ask("leave-clinic");
      still(() => page.go("start"));
    });
    return pageTitle();
  });
}
