// @ts-check
import { newSession } from "./answers.js";
import { showClinic } from "./clinic.js";
import { find } from "./dom.js";
import { showHome } from "./home.js";
import { askBeforeForgetting, beginAnew, forgetting, start } from "./main.js";
import { addHandingOver, followTurns, showTurn, showTurnOutcome } from "./next_person.js";
import { lines, showOutcome } from "./outcome.js";
import { showShut } from "./history.js";
import { ask, look } from "./program.js";
import { offerReading, showReading } from "./reading.js";
import {
  auditNow,
  forgetKnown,
  noteAudit,
  noteKeeping,
  noteKnown,
  noteWritten,
  save,
  tell,
  tellSaved,
} from "./saving.js";
import { forgetTrail, isBeside, later } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./program.js").Said} Said */

const HERE_MS = 60_000;

/**
 * Return what the page asks of the program, from what the program knows when the page is opened.
 * @param {Said} state
 * @returns {import("./show.js").Program}
 */
function programOf(state) {
  const { offered = [], ...session } = state.session ?? {};
  const tellResult = state.turns ? showTurnOutcome : showOutcome;
  return {
    session: state.session && { ...newSession(), ...session },
    offered,
    open(page) {
      followTurns();
      if (state.turns) addHandingOver(page);
      else addSavingBox(page, state);
      noteAudit(state.audit);
      if (state.session) {
        page.plan();
        noteKnown(page);
        if (state.reading) showReading(page);
        else page.next(0);
      } else if (state.result) tellResult(page, state.result);
      else if (state.clinic) showClinic(page);
      else page.go("start");
    },
    home: state.turns ? showTurn : showHome,
    begin: (page) => alone(() => beginAudit(page)),
    report: (page) => alone(() => finishAudit(page, tellResult)),
    changed(page) {
      if (page.checks.length) save(page);
    },
  };
}

/** Whether an audit begins or ends just now: a second press does nothing. */
let busy = false;

/**
 * Do one thing with the program, and no other one meanwhile.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  if (busy) return;
  busy = true;
  await work();
  busy = false;
}

/** @param {Page} page */
async function beginAudit(page) {
  const still = later();
  const { role, platforms, time, device } = page.session;
  const { said, trouble } = await ask("begin", { role, platforms, time, device, audit: auditNow() });
  if (!said) {
    tell(trouble);
    return;
  }
  noteAudit(said.audit);
  await save(page);
  await offerReading(page, still, () => {
    busy = false;
  });
}

/**
 * End the audit once everything is saved, and show how it came out. The screens of an audit that has ended show nothing
 * any more; who is on another one stays there.
 * @param {Page} page
 * @param {(page: Page, result: Said) => void} tellResult
 * @param {boolean} unkept  whether it ends although the history is locked
 */
async function finishAudit(page, tellResult, unkept = false) {
  const still = later();
  if (!(await save(page))) return;
  tell(say("working"));
  const { said, trouble } = await ask("finish", { audit: auditNow(), unkept });
  tell(trouble);
  if (!said) return;
  if (said.locked) {
    const finish = (/** @type {boolean} */ without) => alone(() => finishAudit(page, tellResult, without));
    still(() => showShut(said.locked, finish, () => page.back(page.stops.length)));
    return;
  }
  if (said.whole) beginWithNothing(page);
  const showResult = () => {
    if (said.whole) forgetTrail();
    tellResult(page, said);
  };
  if (!still(showResult) && said.whole && !isBeside()) showResult();
}

/** @param {Page} page */
function beginWithNothing(page) {
  const { role, device } = page.session;
  page.session = { ...newSession(), role, device };
  page.offered.clear();
  page.checks = [];
  page.stops = [];
  forgetKnown();
  noteAudit(0);
}

/**
 * Let the person choose whether answers are saved, and forget everything.
 * @param {Page} page
 * @param {Said} state
 */
function addSavingBox(page, state) {
  const box = /** @type {HTMLInputElement} */ (find(document, "#keeps"));
  box.disabled = state.unkept !== "";
  noteKeeping(state.keeps);
  noteWritten(state.written);
  if (state.unkept || state.keeps) tell(state.unkept);
  else tellSaved();
  box.addEventListener("change", async () => {
    const { said, trouble } = await ask("keeping", { keeps: box.checked });
    if (said) {
      noteKeeping(said.keeps);
      noteWritten(said.written);
      if (await save(page)) tellSaved();
    } else {
      box.checked = !box.checked;
      tell(trouble);
    }
  });
  askBeforeForgetting(async () => {
    const { said, trouble } = await ask("forget");
    forgetting().close();
    if (!said) {
      tell(trouble);
      return;
    }
    beginWithNothing(page);
    beginAnew(page);
    const stayed = said.stayed.length ? [say("not_removed", { files: said.stayed.join(", ") })] : [];
    const told = [...said.said, ...stayed];
    find(document, "#saved").replaceChildren(...lines("span", told.length ? told : [say("nothing_removed")]));
  });
}

/** Load what the program knows, and begin; where it does not answer, say so. */
async function openWindow() {
  const { said, trouble } = await look("state");
  setInterval(() => ask("here"), HERE_MS);
  if (said) {
    start(programOf(said));
    return;
  }
  const place = find(document, "#screen");
  place.hidden = false;
  place.replaceChildren(...lines("p", [trouble]));
}

openWindow();
