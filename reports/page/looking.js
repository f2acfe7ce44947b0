// @ts-check
import { showCase, showFirstHour } from "./case.js";
import { showQuestion } from "./choosing.js";
import { element, elements, fill, fromTemplate, onPress, part, pick } from "./dom.js";
import { toDo } from "./found.js";
import { called, known } from "./known.js";
import { linkTo } from "./linked.js";
import { show } from "./screen.js";
import { findsSomebody, searchesFor, sendsWords, theShort, valuesIn } from "./searches.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./searches.js").Planned} Planned */
/** @typedef {import("./found.js").Answer} Answer */
/** @typedef {import("./found.js").ToDo} ToDo */

/** What was typed, by kind of word: in memory only. @type {Record<string, string>} */
const lines = {};

/** @type {Planned[]} */
let planned = [];

/** What was found, by search. @type {Map<Planned, Record<string, number>>} */
const answers = new Map();

const MOST_COUNT = 999;
let beside = false;

/**
 * Ask for whom the search is, then for the words, and show the searches.
 * @param {() => void} leave  shows the start of the page
 */
export function showLooking(leave) {
  const { for_whom: title, who: choices, refused } = known().searches;
  showQuestion(
    {
      title,
      choices,
      chosen: "",
      progress: "",
      then(choice) {
        if (choice === "other") return refused;
        beside = choice === "beside";
        showWords(leave);
        return [];
      },
      back: leave,
    },
    () => showLooking(leave),
  );
}

/** @param {() => void} leave */
function showWords(leave) {
  show("words_typed", { again: () => showWords(leave) }, (screen) => {
    fill(screen, "beside", beside ? known().searches.beside : "");
    part(screen, "fields").append(...known().searches.words.map(([kind, ask]) => fieldFor(kind, ask)));
    onPress(part(screen, "go_on"), () => makeList(screen, leave));
    onPress(part(screen, "back"), () => showLooking(leave));
    return say("page_title");
  });
}

/**
 * @param {string} kind
 * @param {string} ask
 */
function fieldFor(kind, ask) {
  const field = element("div");
  const label = element("label", ask);
  const input = document.createElement("input");
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, value: lines[kind] ?? "" });
  input.dataset.kind = kind;
  const fault = element("p");
  fault.className = "error";
  fault.id = `wrong-${kind}`;
  fault.hidden = true;
  input.setAttribute("aria-describedby", fault.id);
  input.addEventListener("input", () => {
    lines[kind] = input.value;
  });
  label.append(input);
  field.append(label, fault);
  return field;
}

/**
 * Make the list of searches, or say what is wrong with a line and go there.
 * @param {HTMLElement} screen
 * @param {() => void} leave
 */
function makeList(screen, leave) {
  /** @type {Record<string, string[]>} */
  const words = {};
  /** @type {HTMLElement[]} */
  const faulty = [];
  for (const input of elements(screen, "[data-kind]")) {
    const kind = input.dataset.kind ?? "";
    const { values, wrong } = valuesIn(kind, lines[kind] ?? "");
    words[kind] = values;
    const fault = document.getElementById(`wrong-${kind}`);
    if (fault) {
      fault.textContent = wrong;
      fault.hidden = !wrong;
    }
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (wrong) faulty.push(input);
  }
  const [first] = faulty;
  const nobody = !first && !findsSomebody(words);
  const [what = "", instead = ""] = nobody ? known().searches.no_words : [];
  fill(screen, "fault", what);
  fill(screen, "instead", instead);
  if (first) first.focus();
  if (first || nobody) return;
  planned = searchesFor(words);
  answers.clear();
  showSearches(leave);
}

/** @param {() => void} leave */
function showSearches(leave) {
  show("searches", { again: () => showSearches(leave) }, (screen) => {
    const short = theShort(planned);
    const rest = planned.filter((one) => !short.includes(one));
    part(screen, "short").append(...short.map(searchOf));
    part(screen, "more").hidden = !rest.length;
    part(screen, "more_title").textContent = sayNumber("more_searches", rest.length);
    part(screen, "rest").append(...rest.map(searchOf));
    onPress(part(screen, "go_on"), () => showFound(leave));
    onPress(part(screen, "back"), () => showWords(leave));
    return say("page_title");
  });
}

/** @param {Planned} one */
function searchOf(one) {
  const made = fromTemplate("search");
  const { search, query, address } = one;
  fill(made, "title", search.title);
  fill(made, "finds", search.finds);
  fill(made, "query", say("search_for", { words: query }));
  fill(made, "device", called(known().searches.devices, search.device));
  fill(made, "look", say("look", { look: search.look }));
  if (address) {
    const way = say(sendsWords(one) ? "open_sends" : "open_types", { host: new URL(address).host });
    part(made, "way").append(linkTo(address, way));
  }
  part(made, "way").hidden = !address;
  const place = part(made, "answers");
  place.append(...known().searches.answers.flatMap(([kind, label]) => answerOf(made, one, kind, label)));
  tellAtOnce(made, one);
  return made;
}

/**
 * Return a box for one of the answers, and for what is to be acted on a field for how many there are.
 * @param {HTMLElement} made
 * @param {Planned} one
 * @param {string} kind
 * @param {string} label
 */
function answerOf(made, one, kind, label) {
  const number = answers.get(one)?.[kind] ?? 0;
  const choice = pick("checkbox", "", kind, label, number > 0);
  const box = /** @type {HTMLInputElement} */ (choice.firstElementChild);
  box.addEventListener("change", () => {
    note(one, kind, box.checked ? 1 : 0);
    refresh(made, one);
  });
  return known().searches.to_act_on.includes(kind) ? [choice, countOfKind(one, kind, number)] : [choice];
}

/**
 * @param {Planned} one
 * @param {string} kind
 * @param {number} number
 */
function countOfKind(one, kind, number) {
  const label = element("label", say("how_many"));
  label.className = "count";
  label.hidden = number === 0;
  const input = document.createElement("input");
  Object.assign(input, { type: "number", min: "1", max: String(MOST_COUNT), autocomplete: "off", value: number || 1 });
  input.dataset.counts = kind;
  input.addEventListener("input", () => {
    const typed = Math.trunc(Number(input.value));
    note(one, kind, Math.min(Math.max(typed || 1, 1), MOST_COUNT));
  });
  label.append(input);
  return label;
}

/**
 * Note how much of a kind a search found. Where it found nothing, it found none of the others.
 * @param {Planned} one
 * @param {string} kind
 * @param {number} number
 */
function note(one, kind, number) {
  const found = { ...answers.get(one), [kind]: number };
  const others = Object.keys(found).filter((other) => other !== kind);
  if (number && kind === "nothing") for (const other of others) delete found[other];
  if (number && kind !== "nothing") delete found.nothing;
  if (!number) delete found[kind];
  if (Object.keys(found).length) answers.set(one, found);
  else answers.delete(one);
}

/**
 * Show what is noted of a search.
 * @param {HTMLElement} made
 * @param {Planned} one
 */
function refresh(made, one) {
  const found = answers.get(one) ?? {};
  for (const field of /** @type {HTMLInputElement[]} */ (elements(made, "input"))) {
    const counts = field.dataset.counts;
    if (counts === undefined) field.checked = (found[field.value] ?? 0) > 0;
    else if (field.parentElement) {
      field.parentElement.hidden = !found[counts];
      field.value = String(found[counts] ?? 1);
    }
  }
  tellAtOnce(made, one);
}

/**
 * Say what to do right after an answer, before anything is changed.
 * @param {HTMLElement} made
 * @param {Planned} one
 */
function tellAtOnce(made, one) {
  const found = answers.get(one) ?? {};
  const [title] = known().searches.checks[one.search.change] ?? [""];
  const told = [found.others ? say("keep_proof") : "", found.change && title ? say("helps", { title }) : ""];
  fill(made, "told", told.filter(Boolean).join(" "));
}

/** @param {() => void} leave */
function showFound(leave) {
  show("found", { again: () => showFound(leave) }, (screen) => {
    const done = planned.flatMap((one) => {
      const found = answers.get(one);
      return found ? [{ planned: one, found }] : [];
    });
    const things = toDo(done);
    const title = things.length ? "act_on" : done.length ? "nothing_to_act" : "no_answers";
    part(screen, "title").textContent = say(title);
    part(screen, "urgent").hidden = !things.length;
    fill(screen, "today", done.length && !things.length ? say("only_today") : "");
    part(screen, "things").append(...things.map((one) => thingOf(one, leave)));
    const rest = planned.filter((one) => !answers.has(one));
    part(screen, "rest").hidden = !rest.length;
    part(screen, "rest_title").textContent = sayNumber("not_looked", rest.length);
    const titles = [...new Set(rest.map(({ search }) => search.title))].join("; ");
    part(screen, "rest_titles").textContent = say("titles", { titles });
    onPress(part(screen, "first_hour"), () => showFirstHour(leave));
    onPress(part(screen, "print"), () => window.print());
    onPress(part(screen, "back"), () => showSearches(leave));
    return say("page_title");
  });
}

/**
 * @param {ToDo} one
 * @param {() => void} leave
 */
function thingOf({ planned: { search }, kind, count }, leave) {
  const made = element("li");
  const answer = called(known().searches.answers, kind);
  made.append(element("b", say("found_here", { title: search.title, answer, number: count })));
  if (kind === "others") {
    const button = element("button", say("get_steps"));
    button.setAttribute("type", "button");
    onPress(button, () => showCase(leave));
    const row = element("p");
    row.className = "moves";
    row.append(button);
    made.append(row);
  } else {
    const [, steps = []] = known().searches.checks[search.change] ?? [];
    const list = element("ul");
    list.append(...steps.map((step) => element("li", step)));
    made.append(list);
  }
  return made;
}
