// @ts-check
import { joined, replied, saysAnything, takeReplies, toldApart } from "./answers.js";
import { readPlatforms, roleIds } from "./data.js";
import { elements, find, onPress, part } from "./dom.js";
import { forget, keep, keepNoLonger, kept, onKeptElsewhere, unfitting } from "./keep.js";
import { showReport } from "./report.js";
import { letBeRead } from "./screen.js";
import { PRIVATE, showServices } from "./services.js";
import { changed, guardLeaving, tellKept } from "./show.js";
import { sessionHere, showStart } from "./start.js";
import { showStop } from "./stop.js";
import { asksTime, knowsTime, showTime } from "./time.js";
import { forgetTrail, showAgain } from "./trail.js";
import { stops } from "./walk.js";

/** @typedef {import("./show.js").Page} Page */

/**
 * @param {import("./show.js").Program | null} program
 * @returns {Page}
 */
function newPage(program) {
  const platforms = readPlatforms(find(document, "#sheet"));
  const roles = roleIds();
  const earlier = program ? program.session : kept(platforms, roles);
  const { most, quick, named } = document.body.dataset;
  /** @type {Page} */
  const page = {
    platforms,
    roles,
    most: Number(most),
    quick: quick !== undefined,
    asksServices: platforms.length > 1 && (named === undefined || platforms.some((one) => one.shelf === PRIVATE)),
    session: earlier ?? sessionHere(),
    timed: false,
    stops: [],
    checks: [],
    unfit: earlier && !program ? unfitting(earlier, platforms) : 0,
    differ: 0,
    offered: new Set(program?.offered),
    sharing: { before: null, after: null },
    program,
    keeps: earlier !== null && !program,
    unsaved: false,
    follow() {
      const found = kept(page.platforms, page.roles);
      if (!found || (saysAnything(page.session) && !saysAnything(found))) tellKept(page, false, "no_longer_kept");
      else if (takeFrom(page, found)) tellKept(page, true, "kept_elsewhere");
    },
    plan() {
      if (page.quick) page.session.time = "quick";
      page.stops = stops(page.session, platforms, page.most);
      page.checks = page.stops.flatMap((stop) => stop.checks);
    },
    go(place) {
      if (place === "start") (program?.home ?? showStart)(page);
      else if (place === "services") chooseServices();
      else if (place === "time") chooseTime();
      else {
        page.plan();
        if (place === "report") (program?.report ?? showReport)(page);
        else if (program) program.begin(page);
        else page.next(0);
      }
    },
    visit(index) {
      if (page.stops[index]) showStop(page, index);
      else page.go("start");
    },
    next(index) {
      const open = (/** @type {import("./walk.js").Stop} */ stop) =>
        stop.checks.some((check) => !replied(page.session, check));
      const next = page.stops.findIndex((stop, place) => place >= index && open(stop));
      if (next < 0) page.go("report");
      else page.visit(next);
    },
    back(index) {
      if (index > 0) page.visit(index - 1);
      else if (asksTime(page)) showTime(page);
      else page.go(page.asksServices ? "services" : "start");
    },
  };
  const chooseServices = () => {
    if (page.asksServices) {
      showServices(page);
      return;
    }
    page.session.platforms = platforms.map((one) => one.id);
    chooseTime();
  };
  const chooseTime = () => {
    if (asksTime(page)) {
      showTime(page);
      return;
    }
    if (!page.session.time || !knowsTime(page)) page.session.time = page.quick ? "quick" : "full";
    page.go("walk");
  };
  return page;
}

/**
 * Let the person choose whether their answers are kept on this device, and forget them.
 * @param {Page} page
 */
function addKeeping(page) {
  const box = /** @type {HTMLInputElement} */ (find(document, "#keep"));
  box.checked = page.keeps;
  let shared = page.keeps;
  if (page.keeps) tellKept(page, true, "kept");
  box.addEventListener("change", () => {
    shared ||= box.checked;
    if (box.checked) keepToo(page);
    else tellKept(page, false, keepNoLonger(page.platforms));
    changed(page);
  });
  askBeforeForgetting(() => {
    const could = forget();
    beginAnew(page);
    tellKept(page, false, could ? "forgotten" : "cannot_forget");
  });
  onKeptElsewhere((forgotten) => {
    if (forgotten && shared) {
      beginAnew(page);
      tellKept(page, false, "forgotten");
    } else if (page.keeps) page.follow();
  });
}

/**
 * Ask in a dialog before everything is forgotten.
 * @param {() => void} then  what the person's yes leads to
 */
export function askBeforeForgetting(then) {
  const dialog = forgetting();
  dialog.addEventListener("close", letBeRead);
  onPress(find(document, "#forget"), () => {
    dialog.showModal();
    part(dialog, "cancel").focus();
  });
  onPress(part(dialog, "cancel"), () => dialog.close());
  onPress(part(dialog, "forget"), then);
}

/** Return the dialog that asks before everything is forgotten. */
export function forgetting() {
  return /** @type {HTMLDialogElement} */ (find(document, "#forgetting"));
}

/**
 * Keep what the person has said here, beside what is kept already.
 * @param {Page} page
 */
function keepToo(page) {
  const earlier = kept(page.platforms, page.roles);
  const both = earlier && joined(page.session, earlier);
  if (both) {
    const { role, device, time, platforms } = both;
    Object.assign(page.session, { role, device, time, platforms });
  }
  const more = both && takeFrom(page, both);
  const became = keep(page.session, page.platforms, page.roles);
  tellKept(page, became === "kept", became === "kept" && more ? "kept_elsewhere" : became);
}

/**
 * Take over what another window says of checks, and show it where it changes what is on the screen. Tell whether it
 * said anything else than this one.
 * @param {Page} page
 * @param {import("./answers.js").Session} session
 */
function takeFrom(page, session) {
  const every = page.platforms.flatMap((one) => one.checks);
  const different = toldApart(page.session, session, every);
  takeReplies(page.session, session);
  if (!different.length) return false;
  forgetting().close();
  showAgain(different);
  return true;
}

/**
 * Forget all that was said, and show the start.
 * @param {Page} page
 */
export function beginAnew(page) {
  forgetting().close();
  page.session = sessionHere();
  page.unfit = 0;
  page.differ = 0;
  page.sharing = { before: null, after: null };
  page.offered.clear();
  page.unsaved = false;
  guardLeaving(page);
  forgetTrail();
  page.go("start");
}

/**
 * Take the printed checklist away and begin; where that fails, show the checklist again.
 * @param {import("./show.js").Program | null} program  what is behind the page, in the window
 */
export function start(program = null) {
  const sheet = find(document, "#sheet");
  const app = elements(document, "[data-app]");
  try {
    sheet.hidden = true;
    for (const one of app) one.hidden = false;
    const page = newPage(program);
    if (program) program.open(page);
    else {
      addKeeping(page);
      page.go("start");
    }
  } catch (error) {
    for (const one of app) one.hidden = true;
    sheet.hidden = false;
    sheet.style.display = "block";
    throw error;
  }
}
