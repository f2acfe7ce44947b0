// @ts-check
import { showQuestion } from "./choosing.js";
import { element, elements, fromTemplate, onPress, part, pick } from "./dom.js";
import { known } from "./known.js";
import { inWords, listOf } from "./linked.js";
import { show } from "./screen.js";
import { dayInWords, offer } from "./take.js";
import { say, sayNumber } from "./words.js";

/** @typedef {import("./known.js").Walk} Walk */

/**
 * A task for one person: what to do, and when; `again` is after how many days to look again.
 * @typedef {{title: string, minutes: number, due: Date, waits: boolean, lines: string[], again: number | null}} Todo
 */

/** The services that the person ticked: in memory only. @type {string[]} */
let used = [];

/**
 * Ask what the person prepares for.
 * @param {() => void} leave  shows the start of the page
 */
export function showPreparing(leave) {
  const { which, walks } = known().walks;
  const choices = walks.map(({ id, title }) => /** @type {[string, string]} */ ([id, title]));
  const then = (/** @type {string} */ choice) => {
    const walk = walks.find(({ id }) => id === choice);
    if (walk) askServices(walk, leave);
    return [];
  };
  showQuestion({ title: which, choices, chosen: "", progress: "", then, back: leave }, () => showPreparing(leave));
}

/**
 * @param {Walk} walk
 * @param {() => void} leave
 */
function askServices(walk, leave) {
  show("preparing_services", { again: () => askServices(walk, leave) }, (screen) => {
    part(screen, "title").textContent = walk.ask;
    for (const [id, name, isPrivate] of known().walks.services) {
      const place = part(screen, isPrivate ? "private" : "services");
      place.append(pick("checkbox", "service", id, name, used.includes(id)));
    }
    onPress(part(screen, "go_on"), () => {
      const boxes = /** @type {HTMLInputElement[]} */ (elements(screen, "input:checked"));
      const ticked = boxes.map((box) => box.value);
      used = known().walks.services.map(([id]) => id).filter((id) => ticked.includes(id));
      showTasks(walk, leave);
    });
    onPress(part(screen, "back"), () => showPreparing(leave));
    return say("page_title");
  });
}

/**
 * @param {Walk} walk
 * @param {() => void} leave
 */
function showTasks(walk, leave) {
  show("preparing_tasks", { again: () => showTasks(walk, leave) }, (screen) => {
    const today = new Date();
    const todos = todosOf(walk, used, today);
    const replies = todos.map(() => known().walks.later);
    const total = todos.reduce((sum, { minutes }) => sum + minutes, 0);
    const amount = sayNumber("tasks_and_time", todos.length, { time: sayNumber("about_minutes", total) });
    part(screen, "title").textContent = walk.title;
    part(screen, "about").append(...listOf(walk.about));
    part(screen, "amount").textContent = amount;
    const tellLeft = () => part(screen, "left").replaceChildren(...listOf(leftOf(todos, replies, today)));
    part(screen, "tasks").append(
      ...todos.map((todo, index) =>
        sectionFor(todo, index, (reply) => {
          replies[index] = reply;
          tellLeft();
        }),
      ),
    );
    tellLeft();
    onPress(part(screen, "print"), () => window.print());
    onPress(part(screen, "copy"), () => {
      const tasks = todos.map((todo, index) => [titleOfTask(todo, index), timeOf(todo), ...points(todo.lines)].join("\n"));
      const text = [walk.title, points(walk.about).join("\n"), amount, ...tasks, leftOf(todos, replies, today).join("\n")];
      offer(screen, `${text.join("\n\n")}\n`, () => undefined, "tasks.txt");
    });
    onPress(part(screen, "back"), () => askServices(walk, leave));
    return walk.title;
  });
}

/**
 * @param {Todo} todo
 * @param {number} index
 * @param {(reply: string) => void} answered
 */
function sectionFor(todo, index, answered) {
  const made = fromTemplate("preparing_task");
  part(made, "title").textContent = titleOfTask(todo, index);
  part(made, "time").textContent = timeOf(todo);
  part(made, "lines").append(...listOf(todo.lines));
  const place = part(made, "replies");
  const { replies, later } = known().walks;
  place.append(...replies.map(([id, label]) => pick("radio", `task_${index}`, id, label, id === later)));
  place.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) answered(event.target.value);
  });
  return made;
}

/**
 * @param {Todo} todo
 * @param {number} index
 */
function titleOfTask({ title }, index) {
  return say("step", { number: index + 1, title });
}

/** @param {Todo} todo */
function timeOf({ minutes, due, waits }) {
  return say(waits ? "time_on" : "time_by", { time: sayNumber("task_minutes", minutes), day: dayInWords(due) });
}

/** @param {string[]} lines */
function points(lines) {
  return lines.map((line) => `- ${inWords(line)}`);
}

/**
 * Return the tasks of a walk for somebody who uses these services, in order.
 * @param {Walk} walk
 * @param {string[]} services
 * @param {Date} today
 * @returns {Todo[]}
 */
export function todosOf(walk, services, today) {
  return walk.tasks.map(({ title, minutes, day, waits, again, lines, services: each, without, most }) => {
    const times = each ? Math.max(1, services.length) : 1;
    const own = each ? inServices(each, services, without ?? "", most ?? null) : [];
    return { title, minutes: minutes * times, due: daysAfter(today, day), waits, lines: [...lines, ...own], again };
  });
}

/**
 * @param {Record<string, string[]>} each
 * @param {string[]} services
 * @param {string} without
 * @param {number | null} most
 */
function inServices(each, services, without, most) {
  if (!services.length) return [without];
  const shown = services.filter((id) => each[id]).slice(0, most ?? services.length);
  const names = known().walks.services.filter(([id]) => services.includes(id) && !shown.includes(id));
  const others = names.length ? [say("look_too", { names: names.map(([, name]) => name).join(", ") })] : [];
  return [...shown.flatMap((id) => each[id] ?? []), ...others];
}

/**
 * Return what is left to do and when, the nearest day first.
 * @param {Todo[]} todos
 * @param {string[]} replies
 * @param {Date} today
 */
export function leftOf(todos, replies, today) {
  const { later, done } = known().walks;
  const days = todos.flatMap(({ title, due, waits, again }, index) => {
    if (replies[index] === later) return [{ at: due, said: waits ? "left_on" : "left_by", title }];
    return replies[index] === done && again ? [{ at: daysAfter(today, again), said: "left_again", title }] : [];
  });
  const inOrder = days.sort((one, other) => one.at.getTime() - other.at.getTime());
  const lines = inOrder.map(({ at, said, title }) => say(said, { day: dayInWords(at), title }));
  return lines.length ? lines : [say("all_done")];
}

/**
 * @param {Date} day
 * @param {number} number
 */
function daysAfter(day, number) {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + number);
}
