// @ts-check
import { kindOf, replied } from "./answers.js";
import { compared, sinceSection } from "./compared.js";
import { labelOf, roleOf, titleOf } from "./data.js";
import { element, fill, find, fromTemplate, onPress, part } from "./dom.js";
import { answersText } from "./earlier.js";
import { minutesOf } from "./effort.js";
import { headline } from "./headline.js";
import { partsOf, planText, shape, shelf, together } from "./plan.js";
import { show } from "./screen.js";
import { addShare } from "./sharing.js";
import { guardLeaving, pageTitle } from "./show.js";
import { copierHere, dayInWords, dayOf, dayToLookAgain, handOn, offer } from "./take.js";
import { KINDS } from "./verdict.js";
import { secondsLeft } from "./walk.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Platform} Platform */
/** @typedef {import("./headline.js").Counts} Counts */
/** @typedef {Map<string, Check[]>} Sorted  the checks by kind, in the order of the way */

const FIRST = 3;

/**
 * Show how it came out: the headline, what was changed and what is left, the plan, and all else by verdict.
 * @param {Page} page
 */
export function showReport(page) {
  show("report", { again: () => page.go("report") }, (screen) => {
    const sorted = byKind(page);
    /** @type {Counts} */
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, sorted.get(kind)?.length ?? 0]));
    const sentence = headline(counts).sentence;
    const since = compared(page);
    const lines = [...scope(page), ...(since ? [since.sentence] : [])];
    const done = page.checks.filter((check) => check.id in page.session.changed);
    fill(screen, "headline", sentence);
    fill(screen, "lead", lead(page, done.length, sorted.get("fail") ?? [], !counts.unknown && !counts.not_reached));
    part(screen, "scope").append(...lines.map((line) => element("p", line)));
    part(screen, "counts").replaceChildren(...legend(counts));
    addRest(page, screen);
    addFirst(page, screen, sorted);
    const shelves = [...sorted].map(([verdict, checks]) => shelf(page, verdict, checks));
    if (sorted.has("fail")) part(screen, "plan").append(.../** @type {HTMLElement[]} */ ([shelves.shift()]));
    if (since) part(screen, "plan").append(sinceSection(page, since));
    if (done.length) shelves.unshift(changes(page, done));
    part(screen, "shelves").append(...shelves);
    addNamed(page, screen);
    addButtons(page, screen, [sentence, ...lines], sorted);
    addShare(page, screen);
    return pageTitle();
  });
}

/**
 * @param {Page} page
 * @returns {Sorted}
 */
function byKind(page) {
  /** @type {Sorted} */
  const sorted = new Map();
  for (const kind of KINDS) {
    const mine = page.checks.filter((check) => kindOf(page.session, check) === kind);
    if (mine.length) sorted.set(kind, mine);
  }
  return sorted;
}

/**
 * Say for whom the answers were judged and which services they are about, and that not everything was asked.
 * @param {Page} page
 */
function scope(page) {
  const { session } = page;
  const lines = [say("for_role", { role: roleOf(session.role).dataset.name ?? "" })];
  const covered = coveredBy(page);
  const answered = (/** @type {Platform} */ one) => one.checks.some((check) => check.id in session.answers);
  const mine = page.platforms.filter((one) => session.platforms.includes(one.id) || answered(one));
  const out = mine.filter((one) => !covered.includes(one));
  lines.push(say("about", { services: namesOf(covered) }));
  if (out.length) lines.push(say("left_out", { services: namesOf(out) }));
  return session.time === "quick" ? [...lines, say("ten_minutes")] : lines;
}

/**
 * Return the services of which something is asked.
 * @param {Page} page
 */
function coveredBy({ platforms, checks }) {
  return platforms.filter((one) => one.checks.some((check) => checks.includes(check)));
}

/** @param {Platform[]} platforms */
function namesOf(platforms) {
  return platforms.map((one) => one.name).join(", ");
}

/**
 * Say how many were changed, how many are left to change, and how long those take.
 * @param {Page} page
 * @param {number} done
 * @param {Check[]} left
 * @param {boolean} whole  whether every check was told
 */
function lead(page, done, left, whole) {
  const time = sayNumber("time", Math.max(1, together(partsOf(page, left), "change")));
  if (!done) return left.length ? say("change_all", { time }) : "";
  const rest = left.length ? sayNumber("left_to_change", left.length, { time }) : whole ? say("nothing_left") : "";
  return [sayNumber("changed_today", done), rest].join(" ").trim();
}

/**
 * Offer to go on where something has no reply yet, with how long that takes.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
function addRest(page, screen) {
  const open = page.stops.filter((stop) => stop.checks.some((check) => !replied(page.session, check)));
  part(screen, "rest").hidden = !open.length;
  const time = sayNumber("time", minutesOf(secondsLeft(page.session, open)));
  part(screen, "rest_told").textContent = sayNumber("screens_left", open.length, { time });
  onPress(part(screen, "resume"), () => page.next(0));
}

/**
 * @param {Page} page
 * @param {HTMLElement} screen
 * @param {Sorted} sorted
 */
function addFirst(page, screen, sorted) {
  const verdict = ["fail", "unknown", "not_reached"].find((one) => sorted.has(one));
  const every = [...((verdict && sorted.get(verdict)) || [])].sort((one, other) => one.rank - other.rank);
  const top = every.slice(0, FIRST);
  const parts = partsOf(page, top);
  const time = sayNumber("time", Math.max(1, together(parts, verdict === "fail" ? "change" : "look")));
  const list = part(screen, "first");
  list.hidden = !top.length;
  list.append(
    ...top.map((check) => {
      const platform = page.stops.find((stop) => stop.checks.includes(check))?.screen.platform;
      const link = element("a", say("first", { platform: platform ?? "", title: titleOf(check) }));
      link.setAttribute("href", `#${check.id}`);
      const item = element("li");
      item.append(link);
      return item;
    }),
  );
  part(screen, "first_sentence").textContent = firstSentence(sorted, every.length, time);
}

/**
 * @param {Sorted} sorted
 * @param {number} every
 * @param {string} time
 */
function firstSentence(sorted, every, time) {
  if (sorted.has("fail")) return every > FIRST ? say("first_most", { time }) : sayNumber("first_changes", every, { time });
  if (sorted.has("unknown")) return sayNumber("first_untold", every, { time });
  if (sorted.has("not_reached")) return sayNumber("first_not_reached", every, { time });
  if (sorted.has("pass")) return say("first_nothing");
  return say(sorted.has("choice") ? "first_choice" : "first_not_checked");
}

/** @param {Counts} counts */
function legend(counts) {
  return Object.entries(counts)
    .filter(([, count]) => count)
    .map(([verdict, count]) => {
      const item = element("li");
      item.className = verdict;
      item.append(shape(verdict), element("b", String(count)), ` ${say(`verdict_${verdict}`)}`);
      return item;
    });
}

/**
 * Return what was changed, folded: by service, with the answer before and the one now.
 * @param {Page} page
 * @param {Check[]} done
 */
function changes(page, done) {
  const made = fromTemplate("fold");
  made.classList.add("pass");
  const heading = say("done");
  find(made, "h2").append(shape("pass"), ` ${heading} (${done.length})`);
  fill(made, "intro", "");
  const { answers, changed } = page.session;
  for (const one of partsOf(page, done)) {
    const list = element("ul");
    for (const check of one.stops.flatMap((stop) => stop.checks)) {
      const item = element("li", `${titleOf(check)} ${labelOf(check, changed[check.id])} → `);
      item.append(element("b", labelOf(check, answers[check.id])));
      list.append(item);
    }
    find(made, "details").append(element("h3", one.name), list);
  }
  return made;
}

/**
 * Add what is not about single checks: what the platforms cannot do, and who can help.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
function addNamed(page, screen) {
  part(screen, "help").append(find(roleOf(page.session.role), "ul").cloneNode(true));
  for (const platform of coveredBy(page)) {
    const limits = platform.element.querySelector(".limits");
    if (limits) part(screen, "limits").append(element("h3", platform.name), limits.cloneNode(true));
  }
}

/**
 * @param {Page} page
 * @param {HTMLElement} screen
 * @param {string[]} lines  what stands above a plan
 * @param {Sorted} sorted
 */
function addButtons(page, screen, lines, sorted) {
  const told = part(screen, "told");
  onPress(part(screen, "print"), () => window.print());
  onPress(part(screen, "plan_text"), () => {
    const text = `${lines.join("\n")}\n${planText(page, sorted)}\n`;
    told.textContent = say("plan_shown");
    offer(screen, text, () => undefined);
    handOn(text, () => undefined);
  });
  const save = part(screen, "save");
  const copier = copierHere();
  if (copier) save.textContent = say(copier.label);
  onPress(save, async () => {
    if (!page.checks.some(({ id }) => id in page.session.answers)) {
      told.textContent = say("nothing_to_copy");
      return;
    }
    const day = dayOf(new Date());
    const name = `answers-${day}.json`;
    const taken = () => {
      page.unsaved = false;
      guardLeaving(page);
    };
    const text = answersText(page.session, page.checks, day);
    const copied = await copier?.copy(text);
    if (copied) taken();
    told.textContent = say(copied || "answers_shown", { name });
    offer(screen, text, taken, name);
  });
  const calendar = part(screen, "calendar");
  onPress(calendar, () => {
    const months = Number(roleOf(page.session.role).dataset.months);
    const day = dayInWords(dayToLookAgain(months, new Date()));
    told.textContent = say("reminder_shown");
    offer(screen, sayNumber("reminder", months, { title: calendar.dataset.title ?? "", day }), () => undefined);
  });
  onPress(part(screen, "back"), () => page.visit(page.stops.length - 1));
}
