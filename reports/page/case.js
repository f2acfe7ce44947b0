// @ts-check
import { showQuestion } from "./choosing.js";
import { element, onPress, part } from "./dom.js";
import { called, known } from "./known.js";
import { dangerStep, firstHour, helpAtOnce, placesFor, stepsFor } from "./ladder.js";
import { inWords, leadsTo, listOf } from "./linked.js";
import { more } from "./more.js";
import { show } from "./screen.js";
import { offer } from "./take.js";
import { say } from "./words.js";
import { buttonTo } from "./writing.js";

/** @typedef {import("./ladder.js").Step} Step */

/** What was answered, by question: in memory only. @type {Record<string, string>} */
const said = {};

/**
 * Ask the questions about what is out there, one after the other, and show the steps in the end.
 * @param {() => void} leave  shows the start of the page
 */
export function showCase(leave) {
  askNext(0, leave);
}

/**
 * @param {number} index
 * @param {() => void} leave
 */
function askNext(index, leave) {
  const { questions, choices, refused, at_first } = known().case;
  const [name, title] = questions[index] ?? ["", ""];
  if (!name) {
    showSteps(leave);
    return;
  }
  const next = () => askNext(index + 1, leave);
  showQuestion(
    {
      title,
      choices: name === "place" ? placesFor(said.harm ?? "") : (choices[name] ?? []),
      chosen: said[name] ?? "",
      progress: say("question_of", { number: index + 1, total: questions.length }),
      lead: name === "risk" ? "" : `${at_first} ${said.harm ? helpAtOnce(said.harm, said.risk ?? "") : ""}`.trim(),
      then(choice) {
        if (name === "about" && choice === "other") return refused;
        said[name] = choice;
        const danger = name === "risk" ? dangerStep(choice) : null;
        if (danger) showDanger(danger, next, () => askNext(index, leave));
        else next();
        return [];
      },
      back: () => (index ? askNext(index - 1, leave) : leave()),
    },
    () => askNext(index, leave),
  );
}

/**
 * Say what comes before any form.
 * @param {Step} step
 * @param {() => void} next
 * @param {() => void} back
 */
function showDanger(step, next, back) {
  show("danger", { again: () => showDanger(step, next, back) }, (screen) => {
    part(screen, "title").textContent = step.title;
    part(screen, "lines").append(...listOf(step.lines));
    onPress(part(screen, "go_on"), next);
    onPress(part(screen, "back"), back);
    return say("page_title");
  });
}

/** @param {() => void} leave */
function showSteps(leave) {
  show("steps", { again: () => showSteps(leave) }, (screen) => {
    const { choices, questions, places } = known().case;
    const { harm = "", place = "", author = "", risk = "" } = said;
    const one = { harm, place, author, work: said.work === "yes", risk };
    const steps = stepsFor(one, new Date());
    const what = say("case", { what: called(choices.harm ?? [], harm), place: called(places, place) });
    part(screen, "case").textContent = what;
    part(screen, "steps").append(...steps.map((step, index) => sectionOf(step, index + 1)));
    more.steps(screen, one, leave);
    onPress(part(screen, "print"), () => window.print());
    onPress(part(screen, "copy"), () => offer(screen, inText(what, steps), () => undefined, "steps.txt"));
    onPress(part(screen, "back"), () => askNext(questions.length - 1, leave));
    onPress(part(screen, "anew"), () => {
      for (const name of Object.keys(said)) delete said[name];
      askNext(0, leave);
    });
    return say("page_title");
  });
}

/**
 * @param {Step} step
 * @param {number} number
 */
function sectionOf({ title, lines, letter }, number) {
  const section = element("section");
  const list = element("ul");
  list.append(...listOf(lines));
  section.append(element("h2", say("step", { number, title })), list);
  const written = letter && known().letters.letters[letter];
  if (letter && written && !lines.some((line) => leadsTo(line, letter))) {
    const row = element("p");
    row.className = "moves";
    row.append(buttonTo(letter, say("write_this", { title: written.title })));
    section.append(row);
  }
  return section;
}

/**
 * @param {string} what
 * @param {Step[]} steps
 */
function inText(what, steps) {
  const parts = steps.map(({ title, lines }, index) => {
    const points = lines.map((line) => `- ${inWords(line)}`);
    return [say("step", { number: index + 1, title }), ...points].join("\n");
  });
  return `${[what, ...parts].join("\n\n")}\n`;
}

/**
 * Ask who is in the picture, and show the card for the first hour.
 * @param {() => void} leave  shows the start of the page
 */
export function showFirstHour(leave) {
  showQuestion(
    {
      title: say("under_18"),
      choices: [
        ["no", say("no")],
        ["yes", say("yes")],
        ["unsure", say("unsure")],
      ],
      chosen: "",
      progress: "",
      then(choice) {
        showCard(choice !== "no", leave);
        return [];
      },
      back: leave,
    },
    () => showFirstHour(leave),
  );
}

/**
 * @param {boolean} child
 * @param {() => void} leave
 */
function showCard(child, leave) {
  show("card", { again: () => showCard(child, leave) }, (screen) => {
    const card = firstHour(child);
    part(screen, "title").textContent = card.title;
    part(screen, "lines").append(...listOf(card.lines));
    part(screen, "helpers").append(...listOf(card.helpers));
    onPress(part(screen, "print"), () => window.print());
    onPress(part(screen, "back"), () => showFirstHour(leave));
    return say("page_title");
  });
}
