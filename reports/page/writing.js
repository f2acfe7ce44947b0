// @ts-check
import { element, onPress, part } from "./dom.js";
import { known } from "./known.js";
import { asText, blankOf, remarkOn, write } from "./letters.js";
import { leads, listOf } from "./linked.js";
import { show } from "./screen.js";
import { offer } from "./take.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Letter} Letter */
/** @typedef {import("./letters.js").Block} Block */
/** @typedef {import("./letters.js").Written} Written */

/** What was filled in, by blank: in memory only, and the same for each letter. @type {Record<string, string[]>} */
const inBlanks = {};

leads.letter = showLetter;

/** Show all letters, group by group. */
export function showLetters() {
  show("letters", { again: showLetters }, (screen) => {
    const { groups, letters } = known().letters;
    part(screen, "groups").append(
      ...groups.map(([group, name]) => {
        const section = element("section");
        const list = element("ul");
        list.className = "doors";
        const some = Object.entries(letters).filter(([, letter]) => letter.group === group);
        list.append(...some.map(([id, letter]) => doorTo(id, letter.title)));
        section.append(element("h2", name), list);
        return section;
      }),
    );
    return say("page_title");
  });
}

/**
 * Return a button that leads to a letter.
 * @param {string} id
 * @param {string} text
 */
export function buttonTo(id, text) {
  const button = element("button", text);
  button.setAttribute("type", "button");
  onPress(button, () => showLetter(id));
  return button;
}

/**
 * @param {string} id
 * @param {string} title
 */
function doorTo(id, title) {
  const item = element("li");
  const button = buttonTo(id, title);
  button.className = "quiet";
  item.append(button);
  return item;
}

/**
 * Show a letter: its blanks to fill in, and below how it reads.
 * @param {string} id
 */
export function showLetter(id) {
  const letter = known().letters.letters[id];
  if (!letter) throw new Error(`no letter: ${id}`);
  show("letter", { again: () => showLetter(id) }, (screen) => {
    part(screen, "title").textContent = letter.title;
    part(screen, "goes_to").textContent = say("goes_to", { addressee: letter.addressee });
    part(screen, "advice").append(
      ...letter.told.flatMap(([heading, sentences]) => {
        const list = element("ul");
        list.append(...listOf(sentences));
        return [element("h2", heading), list];
      }),
    );
    const draw = () => drawLetter(screen, letter);
    part(screen, "blanks").append(...letter.blanks.map((blank) => fieldOf(blank, draw)));
    part(screen, "filling").hidden = !letter.blanks.length;
    draw();
    onPress(part(screen, "print"), () => window.print());
    onPress(part(screen, "copy"), () => offer(screen, asText(written(letter)), () => undefined, `${id}.txt`));
    onPress(part(screen, "back"), showLetters);
    return letter.title;
  });
}

/** @param {Letter} letter */
function written(letter) {
  return write(letter, inBlanks, new Date());
}

/**
 * Return what a blank is filled in with, and a place for what is odd about it.
 * @param {string} id
 * @param {() => void} draw
 */
function fieldOf(id, draw) {
  const blank = blankOf(id);
  const field = element("div");
  const label = element("label", blank.ask);
  const remark = element("p");
  remark.className = "note";
  remark.setAttribute("role", "status");
  const many = blank.fills === "addresses";
  const input = document.createElement(blank.choices.length ? "select" : many ? "textarea" : "input");
  if (input instanceof HTMLSelectElement) {
    input.append(new Option(say("later"), ""), ...blank.choices.map(([choice, text]) => new Option(text, choice)));
  } else {
    input.autocomplete = "off";
    input.spellcheck = !many && blank.fills === "line";
    if (many) label.append(element("small", say("one_a_line")));
  }
  input.value = (inBlanks[id] ?? []).join("\n");
  input.addEventListener("input", () => {
    inBlanks[id] = input.value.split("\n").slice(0, known().letters.most_lines);
    const odd = (inBlanks[id] ?? []).map((line) => remarkOn(blank, line)).find(Boolean) ?? "";
    remark.textContent = odd;
    remark.hidden = !odd;
    draw();
  });
  remark.hidden = true;
  label.append(input);
  field.append(label, remark);
  return field;
}

/**
 * @param {HTMLElement} screen
 * @param {Letter} letter
 */
function drawLetter(screen, letter) {
  const made = written(letter);
  const place = part(screen, "letter");
  place.replaceChildren(...drawn(made));
  const blanks = made.left.map((id) => blankOf(id).mark).join("; ");
  part(screen, "left").textContent = blanks ? say("left", { blanks }) : say("nothing_left");
  part(screen, "taken").hidden = true;
  part(screen, "told").textContent = "";
}

/** @param {Written} written */
function drawn({ subject, blocks }) {
  /** @type {HTMLElement[]} */
  const made = subject ? [ofBlock("h3", subject)] : [];
  let list = element("ul");
  for (const block of blocks) {
    if (!block.point) made.push(ofBlock("p", block));
    else {
      if (made.at(-1) !== list) {
        list = element("ul");
        made.push(list);
      }
      list.append(ofBlock("li", block));
    }
  }
  return made;
}

/**
 * @param {string} tag
 * @param {Block} block
 */
function ofBlock(tag, { pieces }) {
  const made = element(tag);
  const tags = { words: "span", filled: "bdi", left: "mark" };
  made.append(...pieces.map((piece) => element(tags[piece.part], piece.text)));
  return made;
}
