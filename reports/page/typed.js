// @ts-check

const SPACES = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/u;
const SPLITS_WORDS = /[\t-\r\u0085\u2028\u2029]/gu;
const ODD_IN_A_LINK = /[\s"'<>\\\u0060{}]/u;
const LINK = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[^/?#@:[\]]+)(?::([0-9]{0,5}))?(?:[/?#].*)?$/iu;
const MOST_PORT = 65_535;

/**
 * Return a text with one space for each gap, and none around it.
 * @param {string} text
 */
export function spaced(text) {
  return text.split(SPACES).filter(Boolean).join(" ");
}

/**
 * Tell whether there is a character in a text that cannot be seen.
 * @param {string} text
 */
export function hasHidden(text) {
  return CONTROL.test(text);
}

/**
 * Return what was typed as one line, without characters that cannot be seen.
 * @param {string} typed
 */
export function clean(typed) {
  return spaced(typed.replace(SPLITS_WORDS, " ").replace(new RegExp(CONTROL, "gu"), ""));
}

/**
 * Tell whether a text is the address of a web page.
 * @param {string} text
 */
export function isLink(text) {
  const found = ODD_IN_A_LINK.test(text) || hasHidden(text) ? null : LINK.exec(text);
  return found !== null && Number(found[1] ?? 0) <= MOST_PORT;
}
