// @ts-check
import { among, verdictOf } from "./answers.js";
import { copies, minutesOf, namesOf, optionOf, roleOf, textOf } from "./data.js";
import { element, fill, find, fromTemplate, onPress, part } from "./dom.js";
import { headline } from "./headline.js";
import { share, toShare } from "./share.js";
import { guardLeaving, pageTitle, show } from "./show.js";
import { answersText, dayInWords, dayOf, dayToLookAgain, offer } from "./take.js";
import { VERDICTS } from "./verdict.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./headline.js").Counts} Counts */

const FIRST = 3;

/**
 * Show how it came out: the headline, what to do first, and every check by verdict.
 * @param {Page} page
 */
export function showReport(page) {
  show("report", (screen) => {
    const sorted = byVerdict(page);
    /** @type {Counts} */
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, sorted.get(verdict)?.length ?? 0]));
    fill(screen, "headline", headline(counts).sentence);
    addFirst(page, screen, sorted);
    part(screen, "counts").replaceChildren(...legend(counts));
    part(screen, "shelves").replaceChildren(
      ...[...sorted].map(([verdict, checks]) => shelf(page, verdict, checks)),
    );
    addNamed(page, screen);
    addButtons(page, screen);
    addShare(page, screen);
    return pageTitle();
  });
}

/**
 * Return the checks that are asked by verdict, in the order of a report: within a verdict what matters most first.
 * @param {Page} page
 */
function byVerdict(page) {
  const rank = [...namesOf("severities").keys()];
  /** @param {Check} one @param {Check} other */
  const mattersMore = (one, other) =>
    rank.indexOf(one.severity) - rank.indexOf(other.severity) ||
    Number(other.essential) - Number(one.essential) ||
    one.minutes - other.minutes;
  /** @type {Map<string, Check[]>} */
  const sorted = new Map();
  for (const verdict of VERDICTS) {
    const mine = page.checks.filter((check) => verdictOf(page.session, check) === verdict);
    if (mine.length) sorted.set(verdict, mine.sort(mattersMore));
  }
  return sorted;
}

/**
 * @param {Page} page
 * @param {HTMLElement} screen
 * @param {Map<string, Check[]>} sorted
 */
function addFirst(page, screen, sorted) {
  const verdict = ["fail", "unknown"].find((one) => sorted.has(one));
  const every = (verdict && sorted.get(verdict)) || [];
  const top = every.slice(0, FIRST);
  const time = sayNumber("time", minutesOf(top));
  const list = part(screen, "first");
  list.hidden = !top.length;
  if (verdict) list.classList.add(verdict);
  list.replaceChildren(
    ...top.map((check) => {
      const item = element("li");
      item.append(card(page, check, verdict ?? "", "h3"));
      return item;
    }),
  );
  part(screen, "first_sentence").textContent = firstSentence(sorted, every.length, time);
}

/**
 * @param {Map<string, Check[]>} sorted
 * @param {number} every
 * @param {string} time
 */
function firstSentence(sorted, every, time) {
  if (sorted.has("fail")) return every > FIRST ? say("first_most", { time }) : sayNumber("first_changes", every, { time });
  if (sorted.has("unknown")) return sayNumber("first_untold", every, { time });
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

/** @param {string} verdict */
function shape(verdict) {
  const sign = element("span", say(`shape_${verdict}`));
  sign.className = "shape";
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

/**
 * Return all checks with one verdict, by area; where there is nothing to do they start folded.
 * @param {Page} page
 * @param {string} verdict
 * @param {Check[]} checks
 */
function shelf(page, verdict, checks) {
  const made = fromTemplate("shelf");
  made.classList.add(verdict);
  const heading = find(made, "h2");
  heading.append(shape(verdict), ` ${say(`verdict_${verdict}`)} `, numberOf(checks.length));
  fill(made, "intro", say(`intro_${verdict}`));
  const folded = !hasSteps(verdict);
  const fold = part(made, "fold");
  const list = folded ? fold : made;
  fold.hidden = !folded;
  find(fold, "summary").textContent = sayNumber("show_checks", checks.length);
  for (const [area, name] of namesOf("areas")) {
    const mine = checks.filter((check) => check.area === area);
    if (mine.length) list.append(element("h3", name), ...mine.map((check) => card(page, check, verdict, "h4")));
  }
  return made;
}

/** @param {number} count */
function numberOf(count) {
  const number = element("span", `(${count})`);
  number.className = "number";
  return number;
}

/** @param {string} verdict */
function hasSteps(verdict) {
  return ["fail", "choice", "unknown"].includes(verdict);
}

/**
 * Return one check as a report shows it.
 * @param {Page} page
 * @param {Check} check
 * @param {string} verdict
 * @param {"h3" | "h4"} level
 */
function card(page, check, verdict, level) {
  const made = fromTemplate("card");
  const title = textOf(check.element, "h3");
  made.prepend(element(level, title));
  const platform = page.platforms.find((one) => one.id === check.platform);
  const severity = namesOf("severities").get(check.severity) ?? "";
  const time = sayNumber("time", minutesOf([check]));
  fill(made, "meta", say("meta", { platform: platform?.name ?? "", severity, time }));
  const chosen = optionOf(check, page.session.answers[check.id]);
  part(made, "answer").append(textOf(check.element, ".question"), " ", element("b", chosen?.textContent?.trim()));
  const reason = page.session.open[check.id] ?? "skipped";
  fill(made, "reason", verdict === "unknown" ? `${say(`reason_${reason}`)} ${say(`step_${reason}`)}` : "");
  fill(made, "why", level === "h4" ? textOf(check.element, ".why") : "");
  if (hasSteps(verdict)) {
    const steps = part(made, "steps");
    if (level === "h4") steps.append(element("h5", say(`steps_${verdict}`)));
    steps.append(...copies(check, ".caution, ol"), ...copies(check, "dl, .note"));
  }
  const again = part(made, "again");
  again.setAttribute("aria-label", `${again.textContent?.trim()}: ${title}`);
  onPress(again, () => page.ask(page.checks.indexOf(check)));
  return made;
}

/**
 * Add what is not about single checks: what the platforms cannot do, and who can help.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
function addNamed(page, screen) {
  part(screen, "help").append(find(roleOf(page.session.role), "ul").cloneNode(true));
  for (const platform of page.platforms.filter((one) => page.checks.some((check) => check.platform === one.id))) {
    const limits = platform.element.querySelector(".limits");
    if (limits) part(screen, "limits").append(element("h3", platform.name), limits.cloneNode(true));
  }
}

/**
 * @param {Page} page
 * @param {HTMLElement} screen
 */
function addButtons(page, screen) {
  onPress(part(screen, "print"), () => window.print());
  onPress(part(screen, "save"), () => {
    const answers = among(page.session.answers, page.checks);
    if (!Object.keys(answers).length) {
      part(screen, "told").textContent = say("nothing_to_copy");
      return;
    }
    part(screen, "told").textContent = say("answers_shown", { name: `answers-${dayOf(new Date())}.json` });
    offer(screen, answersText(answers), () => {
      page.unsaved = false;
      guardLeaving(page);
    });
  });
  const calendar = part(screen, "calendar");
  onPress(calendar, () => {
    const months = Number(roleOf(page.session.role).dataset.months);
    const day = dayInWords(dayToLookAgain(months, new Date()));
    part(screen, "told").textContent = say("reminder_shown");
    offer(screen, sayNumber("reminder", months, { title: calendar.dataset.title ?? "", day }), () => undefined);
  });
  onPress(part(screen, "back"), () => page.ask(page.checks.length - 1));
}

/**
 * Offer to share counts, in a page that a clinic served.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
function addShare(page, screen) {
  const { clinic, ticket } = document.body.dataset;
  if (clinic === undefined || ticket === undefined) return;
  const section = part(screen, "sharing");
  const button = /** @type {HTMLButtonElement} */ (part(section, "share"));
  const told = part(section, "share_told");
  const offer = () => {
    const message = toShare(page.session, page.checks, page.sharing);
    button.hidden = !message;
    button.textContent = say(page.sharing.before ? "share_after" : "share");
    section.hidden = !message && !page.sharing.before && !page.sharing.after;
  };
  offer();
  if (page.sharing.before && button.hidden) told.textContent = say("shared");
  onPress(button, async () => {
    const message = toShare(page.session, page.checks, page.sharing);
    if (!message) return;
    button.disabled = true;
    told.textContent = say("sharing");
    const { done, said } = await share(ticket, message);
    button.disabled = false;
    told.textContent = say(said);
    if (done) page.sharing[message.phase] = message.answers;
    offer();
    if (!done) button.textContent = say("share_again");
    if (button.hidden) told.focus();
    else button.focus();
  });
}
