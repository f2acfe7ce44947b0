// @ts-check
import { element, onPress } from "./dom.js";
import { known } from "./known.js";

const LINKS = /(https:\/\/[^\s),;]+[^\s),;.])|privacyaudit letter ([a-z-]+)/g;

/** What shows a letter by its name: the module that does so sets it. @type {{letter: (id: string) => void}} */
export const leads = { letter: () => undefined };

/**
 * Return the lines of a list. A web address in them is a link to press, and the name of a letter leads to the letter.
 * @param {string[]} lines
 */
export function listOf(lines) {
  return lines.map((line) => {
    const made = element("li");
    made.append(...linked(line));
    return made;
  });
}

/**
 * Return a link to a web address, and to nothing else: it opens beside the page, and tells nobody where it was.
 * @param {string} address
 * @param {string} text
 */
export function linkTo(address, text) {
  const link = document.createElement("a");
  if (!/^https?:\/\//.test(address)) throw new Error("not a web address");
  link.href = address;
  link.target = "_blank";
  link.relList.add("noopener", "noreferrer");
  link.textContent = text;
  return link;
}

/**
 * Return a line as it is read away from this page: with the title of a letter in place of its name.
 * @param {string} line
 */
export function inWords(line) {
  return line.replace(LINKS, (text, _address, letter) => known().letters.letters[letter]?.title ?? text);
}

/**
 * Tell whether a line leads to a letter.
 * @param {string} line
 * @param {string} id
 */
export function leadsTo(line, id) {
  return [...line.matchAll(LINKS)].some((found) => found[2] === id);
}

/** @param {string} line */
function linked(line) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const found of line.matchAll(LINKS)) {
    const [text, address, letter] = found;
    parts.push(line.slice(end, found.index), address ? linkTo(address, address) : toLetter(letter ?? "", text));
    end = found.index + text.length;
  }
  return [...parts, line.slice(end)];
}

/**
 * @param {string} id
 * @param {string} text
 */
function toLetter(id, text) {
  const letter = known().letters.letters[id];
  if (!letter) return text;
  const button = element("button", letter.title);
  button.className = "quiet";
  button.setAttribute("type", "button");
  onPress(button, () => leads.letter(id));
  return button;
}
