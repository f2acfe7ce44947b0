// @ts-check
import { known } from "./known.js";
import { dayInWords } from "./take.js";
import { clean, isLink } from "./typed.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Blank} Blank */
/** @typedef {import("./known.js").Letter} Letter */

/**
 * A few words of a letter, and whether they were there, were filled in, or name a blank that is left.
 * @typedef {{text: string, part: "words" | "filled" | "left"}} Piece
 * @typedef {{point: boolean, pieces: Piece[]}} Block
 * @typedef {{subject: Block | null, blocks: Block[], left: string[]}} Written
 */

const BLANK = /\{([a-z_]*)\}/;

/**
 * Return a letter with its blanks filled, as the program writes it.
 * @param {Letter} letter
 * @param {Record<string, string[]>} filled  the lines for each blank; of one with choices, the id of a choice
 * @param {Date} today
 * @returns {Written}
 */
export function write(letter, filled, today) {
  /** @type {Record<string, string[]>} */
  const lines = { today: [dayInWords(today)] };
  for (const id of letter.blanks) lines[id] = linesOf(blankOf(id), filled[id] ?? []);
  const blocks = letter.blocks.flatMap(([point, text]) => blocksOf(text, point, lines));
  return {
    subject: letter.subject === null ? null : blockOf(letter.subject, false, lines),
    blocks,
    left: letter.blanks.filter((id) => !lines[id]?.length),
  };
}

/**
 * Return a letter as plain text, with an empty line between paragraphs.
 * @param {Written} written
 */
export function asText({ subject, blocks }) {
  const lines = subject ? [say("subject", { subject: wordsOf(subject) }), ""] : [];
  blocks.forEach((block, number) => {
    if (number && !(block.point && blocks[number - 1]?.point)) lines.push("");
    lines.push(block.point ? `- ${wordsOf(block)}` : wordsOf(block));
  });
  return `${lines.join("\n")}\n`;
}

/**
 * Say what is odd about what was typed for a blank; "" where nothing is.
 * @param {Blank} blank
 * @param {string} typed
 */
export function remarkOn(blank, typed) {
  const { at_work: ends, most_signs: most } = known().letters;
  const line = clean(typed);
  if ([...line].length > most) return say("too_long", { most: most.toLocaleString("en-GB") });
  if (blank.fills === "private" && ends.some((end) => line.toLowerCase().endsWith(end))) return say("from_work");
  return !line || blank.fills === "line" || blank.fills === "private" || isLink(line) ? "" : say("no_link");
}

/** @param {string} id */
export function blankOf(id) {
  const blank = known().letters.blanks[id];
  if (!blank) throw new Error(`no blank: ${id}`);
  return blank;
}

/** @param {Block} block */
function wordsOf({ pieces }) {
  return pieces.map(({ text }) => text).join("");
}

/**
 * @param {Blank} blank
 * @param {string[]} typed
 */
function linesOf({ choices }, typed) {
  const lines = typed.map(clean).filter(Boolean);
  return lines.map((line) => choices.find(([id]) => id === line)?.[2] ?? line);
}

/**
 * Return a paragraph, or as many points of a list as there are lines for its blank.
 * @param {string} text
 * @param {boolean} point
 * @param {Record<string, string[]>} lines
 */
function blocksOf(text, point, lines) {
  const [only = "", ...others] = text.split(BLANK).filter((_piece, number) => number % 2);
  const many = point && !others.length && known().letters.blanks[only]?.fills === "addresses";
  const given = (many && lines[only]) || [];
  return given.length
    ? given.map((line) => blockOf(text, true, { ...lines, [only]: [line] }))
    : [blockOf(text, point, lines)];
}

/**
 * @param {string} text
 * @param {boolean} point
 * @param {Record<string, string[]>} lines
 * @returns {Block}
 */
function blockOf(text, point, lines) {
  const parts = text.split(BLANK);
  const pieces = parts.flatMap((piece, number) => {
    if (number % 2 === 0) return piece ? [pieceOf(piece, "words")] : [];
    const given = lines[piece] ?? [];
    if (!given.length) return [pieceOf(`[${blankOf(piece).mark}]`, "left")];
    const before = parts[number + 1]?.startsWith(".");
    return given.flatMap((line, place) => [
      ...(place ? [pieceOf(", ", "words")] : []),
      pieceOf(before ? line.replace(/\.+$/, "") : line, "filled"),
    ]);
  });
  return { point, pieces };
}

/**
 * @param {string} text
 * @param {Piece["part"]} part
 * @returns {Piece}
 */
function pieceOf(text, part) {
  return { text, part };
}
