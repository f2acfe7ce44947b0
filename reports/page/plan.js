// @ts-check
import { copies, labelOf, questionOf, textOf, titleOf } from "./data.js";
import { element, elements, fill, find, fromTemplate, onPress, part } from "./dom.js";
import { minutesOf, secondsThere } from "./effort.js";
import { changed } from "./show.js";
import { shortWayTo } from "./way.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./walk.js").Stop} Stop */
/** @typedef {{name: string, stops: Stop[]}} Part  a service, and the screens where something is to be done */

/**
 * Return checks where a person stands: by service and screen, in the order of the way.
 * @param {Page} page
 * @param {Check[]} checks
 * @returns {Part[]}
 */
export function partsOf(page, checks) {
  /** @type {Map<string, Stop[]>} */
  const parts = new Map();
  for (const stop of page.stops) {
    const mine = stop.checks.filter((check) => checks.includes(check));
    if (!mine.length) continue;
    const name = stop.screen.platform;
    parts.set(name, [...(parts.get(name) ?? []), { screen: stop.screen, checks: mine }]);
  }
  return [...parts].map(([name, stops]) => ({ name, stops }));
}

/**
 * Return the minutes that it takes to change what is in a service, or to look at it once more.
 * @param {Part} one
 * @param {"change" | "look"} what
 */
function minutesThere(one, what) {
  return minutesOf(one.stops.reduce((sum, stop) => sum + secondsThere(stop.screen, stop.checks, what), 0));
}

/**
 * Return the minutes that services take together: the sum of what is said of each.
 * @param {Part[]} parts
 * @param {"change" | "look"} what
 */
export function together(parts, what) {
  return parts.reduce((sum, one) => sum + minutesThere(one, what), 0);
}

/**
 * Return all checks with one verdict: what is to change and what could not be told by screen, the rest folded.
 * @param {Page} page
 * @param {string} verdict
 * @param {Check[]} checks
 */
export function shelf(page, verdict, checks) {
  const byScreen = verdict === "fail" || verdict === "unknown";
  const made = fromTemplate(byScreen ? "shelf" : "fold");
  made.classList.add(verdict);
  find(made, "h2").append(shape(verdict), ` ${say(`verdict_${verdict}`)} `, numberOf(`(${checks.length})`));
  fill(made, "intro", say(`intro_${verdict}`));
  const into = byScreen ? made : find(made, "details");
  for (const one of partsOf(page, checks)) {
    const heading = element("h3", `${one.name} `);
    heading.append(numberOf(amountOf(one, verdict)));
    const every = one.stops.flatMap((stop) => stop.checks);
    into.append(heading, ...(byScreen ? one.stops.flatMap((stop) => there(page, stop, verdict)) : [things(page, every, verdict)]));
  }
  return made;
}

/**
 * @param {Part} one
 * @param {string} verdict
 */
function amountOf(one, verdict) {
  const count = one.stops.reduce((sum, stop) => sum + stop.checks.length, 0);
  const time = sayNumber("time", minutesThere(one, verdict === "unknown" ? "look" : "change"));
  if (verdict === "fail") return say("amount", { changes: sayNumber("changes", count), time });
  return verdict === "unknown" ? time : `(${count})`;
}

/**
 * Return a screen: its name, how to get there, and what is to be done there; what could not be told is folded.
 * @param {Page} page
 * @param {Stop} stop
 * @param {string} verdict
 */
function there(page, stop, verdict) {
  const way = shortWayTo(stop.screen.element, page.session.device);
  const list = things(page, stop.checks, verdict);
  if (verdict === "fail") {
    const head = element("div");
    head.className = "head";
    head.append(element("h4", stop.screen.name), ...way);
    return [head, list];
  }
  const fold = element("details");
  fold.classList.add("shelf", "look");
  const summary = element("summary", `${stop.screen.name} `);
  summary.append(numberOf(`(${stop.checks.length})`));
  fold.append(summary, ...way, list);
  return [fold];
}

/**
 * @param {Page} page
 * @param {Check[]} checks
 * @param {string} verdict
 */
function things(page, checks, verdict) {
  const list = element("ul");
  list.className = "things";
  list.append(...checks.map((check) => thing(page, check, verdict)));
  return list;
}

/**
 * Return one thing: a box and its step where it is to change, its answer elsewhere, and the rest in a fold.
 * @param {Page} page
 * @param {Check} check
 * @param {string} verdict
 */
function thing(page, check, verdict) {
  const { session } = page;
  const made = fromTemplate("thing");
  const [title, label] = [titleOf(check), labelOf(check, session.answers[check.id])];
  made.id = check.id;
  fill(made, "title", title);
  if (verdict === "fail") addTick(page, check, find(made, "input"));
  else find(made, "label").replaceWith(titled(title, label));
  const whole = glanceOf(check) === stepsOf(check);
  fill(made, "glance", verdict === "fail" ? `${glanceOf(check)}${whole ? "" : " …"}` : "");
  part(made, "glance").classList.toggle("part", !whole);
  fill(made, "reason", noteOn(page, check, verdict));
  const careful = copies(check, ".caution");
  const fold = part(made, "fold");
  fold.textContent = say(verdict !== "fail" ? "more" : careful.length ? "read_first" : "why");
  fold.setAttribute("aria-label", `${fold.textContent}: ${title}`);
  part(made, "care").append(...careful);
  part(made, "answer").append(questionOf(check), " ", element("b", label));
  const before = labelOf(check, session.changed[check.id]);
  fill(made, "before", before && say("before", { answer: before }));
  fill(made, "why", textOf(check.element, ".why"));
  addSteps(check, verdict, whole, part(made, "steps"));
  part(made, "steps").append(...shortWayTo(check.element, session.device));
  const again = part(made, "again");
  again.setAttribute("aria-label", `${again.textContent?.trim()}: ${title}`);
  onPress(again, () => page.visit(page.stops.findIndex((stop) => stop.checks.includes(check))));
  return made;
}

/**
 * Say why a check could not be told, or that the person leaves it as it is.
 * @param {Page} page
 * @param {Check} check
 * @param {string} verdict
 */
function noteOn({ session }, check, verdict) {
  if (verdict === "fail") return session.left[check.id] ? say("left_so") : "";
  if (verdict !== "unknown") return "";
  const reason = session.open[check.id];
  return reason ? `${say(`reason_${reason}`)} ${say(`step_${reason}`)}` : "";
}

/**
 * Keep a box ticked as long as the answer stays what it is.
 * @param {Page} page
 * @param {Check} check
 * @param {HTMLElement} made
 */
function addTick(page, check, made) {
  const { answers, ticked } = page.session;
  const box = /** @type {HTMLInputElement} */ (made);
  box.checked = isTicked(page, check);
  box.addEventListener("change", () => {
    delete ticked[check.id];
    if (box.checked) ticked[check.id] = answers[check.id] ?? "";
    changed(page);
  });
}

/**
 * @param {Page} page
 * @param {Check} check
 */
function isTicked(page, check) {
  const { answers, ticked } = page.session;
  return check.id in ticked && ticked[check.id] === answers[check.id];
}

/**
 * @param {string} title
 * @param {string} label
 */
function titled(title, label) {
  const text = element("p", `${title} `);
  text.className = "title";
  text.append(element("i", label));
  return text;
}

/**
 * @param {Check} check
 * @param {string} verdict
 * @param {boolean} whole  whether all steps stand beside the box
 * @param {HTMLElement} into
 */
function addSteps(check, verdict, whole, into) {
  if (!["fail", "choice", "unknown"].includes(verdict) || (verdict === "fail" && whole)) return;
  const heading = element("p");
  heading.append(element("b", say(`steps_${verdict}`)));
  into.append(heading, ...copies(check, "ol, .note"));
}

/**
 * Return the first steps of a check, as many as are read at a glance.
 * @param {Check} check
 */
function glanceOf(check) {
  const number = find(check.element, "ol").dataset.glance;
  return stepsOf(check, Number(number ?? Infinity));
}

/**
 * @param {Check} check
 * @param {number} most
 */
function stepsOf(check, most = Infinity) {
  const steps = elements(find(check.element, "ol"), "li").slice(0, most);
  return steps.map((step) => step.textContent?.trim()).join(" ");
}

/** @param {string} verdict */
export function shape(verdict) {
  const sign = element("span", say(`shape_${verdict}`));
  sign.className = "shape";
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

/** @param {string} text */
function numberOf(text) {
  const number = element("span", text);
  number.className = "number";
  return number;
}

/**
 * Return the plan as a text: what is to change and what to look at once more, a line each, by service and screen.
 * @param {Page} page
 * @param {Map<string, Check[]>} sorted  the checks by kind
 */
export function planText(page, sorted) {
  const lines = [];
  for (const verdict of ["fail", "unknown"]) {
    const parts = partsOf(page, sorted.get(verdict) ?? []);
    if (parts.length) lines.push("", `${say(`shape_${verdict}`)} ${say(`verdict_${verdict}`)}`);
    for (const stop of parts.flatMap((one) => one.stops)) {
      lines.push("", say("place", { platform: stop.screen.platform, screen: stop.screen.name }));
      lines.push(...stop.checks.map((check) => `${isTicked(page, check) ? "☑" : "☐"} ${titleOf(check)}: ${stepsOf(check)}`));
    }
  }
  const rest = sorted.get("not_reached")?.length ?? 0;
  if (rest) lines.push("", `${say("verdict_not_reached")} (${rest})`);
  return lines.join("\n");
}
