// @ts-check
import { known } from "./known.js";
import { dayInWords } from "./take.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Route} Route */
/** @typedef {import("./known.js").Rule} Rule */
/** @typedef {import("./known.js").Stage} Stage */

/**
 * What is out there: in the words of the program.
 * @typedef {{harm: string, place: string, author: string, work: boolean, risk: string}} Case
 *
 * @typedef {object} Step
 * @property {string} kind
 * @property {string} title
 * @property {string[]} lines
 * @property {string | null} letter
 */

/**
 * Return the steps for a case, as the program makes them: both read the same rules.
 * @param {Case} one
 * @param {Date} today
 * @returns {Step[]}
 */
export function stepsFor(one, today) {
  const routes = routesFor(one);
  const [first] = routes;
  if (!first) throw new Error("a case without a route");
  const facts = factsOf(one);
  if (first.whose === "mine") facts.add("own");
  if (first.written) facts.add("written");
  const fitting = known().case.stages.filter((stage) => holds(stage.when, facts));
  const made = fitting.map((stage) => {
    if (stage.kind === "own") return taking(stage.kind, first, [...saidBy(stage, facts), ...first.lines]);
    if (stage.kind === "report") return reporting(saidBy(stage, facts), first, routes[1]);
    if (stage.kind === "follow_up") {
      if (facts.has("not_to_be_kept")) return askingAgain(first, today);
      const reported = fitting.some(({ kind }) => kind === "ask") ? aWeekAfter(today) : today;
      return lookingAgain(first, rungsAfter(first, facts), reported);
    }
    return told(stage, facts);
  });
  return made.filter((step) => step.lines.length);
}

/**
 * Return the step that comes before any form, for somebody in danger or a child; null for nobody.
 * @param {string} risk
 * @returns {Step | null}
 */
export function dangerStep(risk) {
  const facts = factsOf({ harm: "post", place: "", author: "unknown", work: false, risk });
  const stage = known().case.stages.find((one) => one.kind === "danger" && holds(one.when, facts));
  return stage ? told(stage, facts) : null;
}

/**
 * Return who helps with a sexual picture of a grown-up, said as soon as it is known to be one; else nothing.
 * @param {string} harm
 * @param {string} risk
 */
export function helpAtOnce(harm, risk) {
  const facts = factsOf({ harm, place: "", author: "unknown", work: false, risk });
  return facts.has("sexual") && !facts.has("child") ? known().case.at_once : "";
}

/**
 * Return the card for the first hour: its title, what to do, and who helps.
 * @param {boolean} child  whether somebody under 18 is in the picture
 */
export function firstHour(child) {
  const facts = new Set(child ? ["sexual", "child"] : ["sexual"]);
  const stage = known().case.stages.find((one) => one.kind === "first_hour");
  const rules = stage?.rules.filter(([when]) => holds(when, facts)) ?? [];
  return {
    title: stage ? titleOf(stage, facts) : "",
    lines: rules.filter(([, , helps]) => !helps).map(([, line]) => line),
    helpers: rules.filter(([, , helps]) => helps).map(([, line]) => line),
  };
}

/**
 * Return the places that have a route for something, and the one that stands for all others.
 * @param {string} harm
 */
export function placesFor(harm) {
  const { places, routes, anywhere } = known().case;
  const named = new Set(Object.values(routes).flatMap((route) => (route.harms.includes(harm) ? route.places : [])));
  return places.filter(([id]) => named.has(id) || id === anywhere);
}

/**
 * Return what holds of a case, as the words of the rules.
 * @param {Case} one
 */
function factsOf({ harm, author, risk, work }) {
  const facts = new Set([harm, author, risk, ...(work ? ["work"] : [])]);
  for (const [kind, when] of known().case.kinds) if (holds(when, facts)) facts.add(kind);
  for (const risked of ["none", "both"]) facts.delete(risked);
  return facts;
}

/**
 * @param {string} when
 * @param {Set<string>} facts
 */
function holds(when, facts) {
  const every = when.split(" ").filter(Boolean);
  return every.every((words) => words.split("|").some((word) => word.startsWith("!") !== facts.has(word.replace("!", ""))));
}

/**
 * @param {Stage} stage
 * @param {Set<string>} facts
 */
function titleOf(stage, facts) {
  return stage.titles.find(([when]) => holds(when, facts))?.[1] ?? "";
}

/**
 * @param {Stage} stage
 * @param {Set<string>} facts
 * @returns {Step}
 */
function told(stage, facts) {
  return {
    kind: stage.kind,
    title: titleOf(stage, facts),
    lines: saidBy(stage, facts),
    letter: Object.entries(stage.letters).find(([when]) => holds(when, facts))?.[1] ?? null,
  };
}

/**
 * @param {Stage} stage
 * @param {Set<string>} facts
 */
function saidBy(stage, facts) {
  return stage.rules.filter(([when]) => holds(when, facts)).map(([, line]) => line);
}

/**
 * Return the routes that fit a case: those for a child or for one's own first, where it is that.
 * @param {Case} one
 */
function routesFor(one) {
  const facts = factsOf(one);
  const { routes, anywhere } = known().case;
  const at = (/** @type {string} */ place) =>
    Object.values(routes).filter((route) => route.places.includes(place) && route.harms.includes(one.harm));
  const own = at(one.place);
  const every = own.length ? own : at(anywhere);
  const wanted = [...(facts.has("child") ? ["child"] : []), ...(facts.has("mine") ? ["mine"] : []), "others"];
  const found = wanted.flatMap((whose) => every.filter((route) => route.whose === whose));
  return found.length ? found : every;
}

/**
 * @param {string} kind
 * @param {Route} route
 * @param {string[]} lines
 * @returns {Step}
 */
function taking(kind, route, lines) {
  return { kind, title: route.title, lines, letter: route.letter ?? null };
}

/**
 * @param {string[]} before
 * @param {Route} first
 * @param {Route | undefined} second
 */
function reporting(before, first, second) {
  const more = second ? [say("second_way", { title: second.title }), ...second.lines.slice(0, 1)] : [];
  return taking(first.by_letter ? "letter" : "report", first, [...before, ...first.lines, ...more]);
}

/**
 * Return the last step for a sexual picture of somebody under 18: it sends nobody back to it.
 * @param {Route} first
 * @param {Date} today
 * @returns {Step}
 */
function askingAgain(first, today) {
  const day = dayAfter(first, today);
  const lines = [say("told_whom"), say("what_was_done", { day }), say("do_not_look")];
  return { kind: "follow_up", title: say("ask_again", { day }), lines, letter: null };
}

/** @param {Date} day  on which somebody is asked to take it down: it is reported after that */
function aWeekAfter(day) {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7);
}

/**
 * @param {Route} first
 * @param {Date} today
 */
function dayAfter(first, today) {
  return dayInWords(new Date(today.getFullYear(), today.getMonth(), today.getDate() + first.days));
}

/**
 * Return what is said of the routes to take where one was refused: for a sexual picture, the helpline for those.
 * @param {Route} first
 * @param {Set<string>} facts
 */
function rungsAfter(first, facts) {
  const { refused_then, routes, for_sexual } = known().case;
  const sexual = facts.has("sexual") && !facts.has("child") && first !== routes[for_sexual];
  return (sexual ? [for_sexual] : first.refused).flatMap((name) => refused_then[name] ?? []);
}

/**
 * @param {Route} first
 * @param {string[]} next
 * @param {Date} today
 * @returns {Step}
 */
function lookingAgain(first, next, today) {
  const day = dayAfter(first, today);
  const said = first.whose === "mine" ? [say("look_again_own", { day })] : [say("write_down"), say("look_again", { day })];
  return {
    kind: "follow_up",
    title: say("follow_up", { day }),
    lines: [...said, say(next.length ? "refused" : "nothing_else"), ...next],
    letter: null,
  };
}
