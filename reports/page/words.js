// @ts-check
import { find } from "./dom.js";

/** @typedef {Record<string, string | number>} Values */

/** @returns {DocumentFragment} */
function wordList() {
  const list = document.getElementById("words");
  if (!(list instanceof HTMLTemplateElement)) throw new Error("no words");
  return list.content;
}

/**
 * Return a sentence with its placeholders filled in.
 * @param {string} name
 * @param {Values} values
 */
export function say(name, values = {}) {
  return filled(find(wordList(), `[data-word="${name}"]`).textContent ?? "", values);
}

/**
 * Return the form of a sentence that goes with a number.
 * @param {string} name
 * @param {number} number
 * @param {Values} values
 */
export function sayNumber(name, number, values = {}) {
  const sentence = find(wordList(), `[data-word="${name}"]`);
  const forms = sentence.dataset.forms ?? "0";
  const form = sentence.children[Number(forms[Math.min(number, forms.length - 1)])];
  return filled(form?.textContent ?? "", { number, ...values });
}

/**
 * @param {string} text
 * @param {Values} values
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
