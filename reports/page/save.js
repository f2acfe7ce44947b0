// @ts-check
import { dayOf, download } from "./download.js";

/** @typedef {import("./answers.js").Chosen} Chosen */

/**
 * Return the text of an answers file, as `audit --answers` reads it.
 * @param {Chosen} answers
 */
export function answersFile(answers) {
  const text = JSON.stringify({ answers }, null, 2);
  return `${text}\n`;
}

/**
 * Hand the answers file to the browser and return its name.
 * @param {Chosen} answers
 */
export function saveAnswers(answers) {
  const name = `answers-${dayOf(new Date())}.json`;
  download(name, "application/json", answersFile(answers));
  return name;
}
