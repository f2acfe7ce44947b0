// @ts-check
import { kindOf, verdictOf } from "./answers.js";
import { labelOf, roleOf, titleOf } from "./data.js";
import { element } from "./dom.js";
import { earlierOf } from "./earlier.js";
import { dayOfSource, left } from "./open.js";
import { shape } from "./plan.js";
import { CHANGES, changesSince } from "./since.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./show.js").Page} Page */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./since.js").Change} Change */
/** @typedef {{earlier: import("./earlier.js").Earlier, day: string, rows: Change[], sentence: string}} Compared */

const COUNTED = ["better", "worse", "still_to_change", "not_comparable"];

/**
 * Return how the session compares with the earlier answers; null where there are none to compare with.
 * @param {Page} page
 * @returns {Compared | null}
 */
export function compared({ session, platforms, roles, checks }) {
  if (!session.earlier) return null;
  const earlier = earlierOf(session.earlier, platforms, roles);
  const rows = changesSince(earlier, session, checks, platforms.flatMap((one) => one.checks));
  const counts = COUNTED.map((kind) => sayNumber(`count_${kind}`, rows.filter((row) => row.kind === kind).length));
  const day = dayOfSource(session.earlier);
  return { earlier, day, rows, sentence: say("since", { day, counts: counts.join(", ") }) };
}

/**
 * Return the part of the report that says what changed: as the program's report shows it, by kind.
 * @param {Page} page
 * @param {Compared} found
 */
export function sinceSection(page, { earlier, day, rows }) {
  const section = element("section");
  const heading = element("h2", say("since_title", { day }));
  heading.id = "since";
  section.setAttribute("aria-labelledby", heading.id);
  const { role } = page.session;
  const other = earlier.role && earlier.role !== role && page.roles.includes(earlier.role);
  const names = other ? { old: nameOf(earlier.role), new: nameOf(role) } : null;
  const remarks = [names ? say("since_roles", names) : "", ...left(earlier)].filter(Boolean);
  section.append(heading, ...remarks.map((line) => element("p", line)));
  for (const kind of CHANGES.filter((one) => one !== "unchanged")) {
    const some = rows.filter((row) => row.kind === kind);
    if (some.length) section.append(...shelfOf(page, earlier, kind, some));
  }
  return section;
}

/** @param {string} role */
function nameOf(role) {
  return roleOf(role).dataset.name ?? "";
}

/**
 * @param {Page} page
 * @param {import("./earlier.js").Earlier} earlier
 * @param {string} kind
 * @param {Change[]} rows
 */
function shelfOf(page, earlier, kind, rows) {
  const opened = kind === "worse" || kind === "better";
  const into = element(opened ? "div" : "details");
  if (!opened) {
    into.className = "shelf";
    into.append(element("summary", sayNumber("since_show", rows.length)));
  }
  const list = element("ul");
  list.className = "changes";
  list.append(...rows.map((row) => changeOf(page, earlier, row, opened)));
  into.append(list);
  return [element("h3", `${say(`kind_${kind}`)} (${rows.length})`), element("p", say(`meaning_${kind}`)), into];
}

/**
 * @param {Page} page
 * @param {import("./earlier.js").Earlier} earlier
 * @param {Change} row
 * @param {boolean} opened
 */
function changeOf(page, earlier, { check, state, why }, opened) {
  const { session } = page;
  const item = element("li");
  item.className = state || "unknown";
  const platform = page.platforms.find((one) => one.checks.includes(check))?.name ?? "";
  const title = say("first", { platform, title: titleOf(check) });
  const head = element("p");
  const link = element(state ? "a" : "span", title);
  if (state) link.setAttribute("href", `#${check.id}`);
  head.append(link);
  item.append(head);
  if (opened) {
    const then = { ...earlier.session, role: earlier.role || session.role };
    const list = element("dl");
    const [before, now] = [then, session].map(({ answers }) => labelOf(check, answers[check.id]));
    list.append(element("dt", say("since_before")), told(verdictOf(then, check), before ?? ""));
    list.append(element("dt", say("since_now")), told(kindOf(session, check), now ?? ""));
    item.append(list);
  } else {
    if (state) item.append(told(kindOf(session, check), labelOf(check, session.answers[check.id]), "p"));
    if (why) item.append(element("p", say(`why_${why}`)));
  }
  return item;
}

/**
 * @param {string} verdict
 * @param {string} answer
 * @param {string} tag
 */
function told(verdict, answer, tag = "dd") {
  const made = element(tag);
  made.append(shape(verdict), ` ${say(`verdict_${verdict}`)}${answer && ` (${answer})`}`);
  return made;
}
