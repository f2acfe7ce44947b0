// @ts-check
import { called, known } from "./known.js";
import { hasHidden, spaced } from "./typed.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Search} Search */

/**
 * What a person typed about themselves, by kind.
 * @typedef {Record<string, string[]>} Typed
 *
 * A search with the person's words in it: what is searched for, and the address, which may be null.
 * @typedef {{search: Search, query: string, address: string | null}} Planned
 */

const PLACE = /\{([^{}]*)\}/g;
const QUERY = "{query}";
const PHONE = /^\+?[0-9 ()./-]+$/;
const EMAIL = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+$/u;
const USER = /^[^\s/\\?#]+$/u;
const ANYTHING = /[\p{L}\p{N}]/u;

/**
 * Return what is in a line, with commas between values, each once; or what is wrong with it.
 * @param {string} kind
 * @param {string} line
 * @returns {{values: string[], wrong: string}}
 */
export function valuesIn(kind, line) {
  const most = known().searches.most_of_a_kind;
  const values = line.split(/[,\u060c;]/).map(plain).filter(Boolean);
  if (values.length > most) return { values: [], wrong: say("too_many", { number: most }) };
  const checked = values.map((value) => (kind === "user" ? value.replace(/^@/, "") : value));
  const wrong = checked.map((value, place) => wrongWith(kind, value, values[place] ?? "")).find(Boolean) ?? "";
  return { values: wrong ? [] : once(checked.reverse()).reverse(), wrong };
}

/**
 * Tell whether there is anything to search for: a town or a place of work alone finds nobody.
 * @param {Typed} words
 */
export function findsSomebody(words) {
  return Object.entries(words).some(([kind, values]) => kind !== "town" && kind !== "work" && values.length);
}

/**
 * Return the searches for which the words are there, in order, each query at each place once.
 * @param {Typed} words
 * @returns {Planned[]}
 */
export function searchesFor(words) {
  /** @type {Map<string, Planned>} */
  const found = new Map();
  for (const search of known().searches.searches) {
    for (const query of queries(search.query, words)) {
      const key = JSON.stringify([search.address ?? search.id, sameAs(query)]);
      const address = search.address && search.address.replaceAll(QUERY, () => quoted(query));
      if (!found.has(key)) found.set(key, { search, query, address });
    }
  }
  return [...found.values()];
}

/**
 * Return the ten that usually find most: the first search for up to three names, all others once.
 * @param {Planned[]} planned
 */
export function theShort(planned) {
  const { most_names: mostNames, short } = known().searches;
  /** @type {Map<string, number>} */
  const taken = new Map();
  const some = planned.filter(({ search }) => {
    taken.set(search.id, (taken.get(search.id) ?? 0) + 1);
    return (taken.get(search.id) ?? 0) <= (search === planned[0]?.search ? mostNames : 1);
  });
  return some.slice(0, short);
}

/**
 * Tell whether opening the address sends the words, rather than a page on which to type them.
 * @param {Planned} planned
 */
export function sendsWords({ search }) {
  return search.address?.includes(QUERY) ?? false;
}

/**
 * Return the ways in which people write a phone number: as it was typed, run together, and with +44 or with 0.
 * @param {string} number
 */
function spellings(number) {
  let typed = spaced(number.replaceAll("(0)", " ").replace(/[()./-]/g, " "));
  if (typed.startsWith("00")) typed = `+${typed.slice(2).trimStart()}`;
  const run = (/** @type {string} */ one) => one.replaceAll(" ", "");
  if (!/^(\+44|0)/.test(typed)) return [...new Set([typed, run(typed)])];
  const home = typed.startsWith("0") ? typed : `0${typed.slice(3).trim().replace(/^0/, "")}`;
  const abroad = `+44 ${home.replace(/^0/, "").trim()}`;
  return [...new Set([home, run(home), abroad, run(abroad)])];
}

/**
 * Return a query with each combination of the words that it has places for; none where a kind is missing.
 * @param {string} template
 * @param {Typed} words
 */
function queries(template, words) {
  const kinds = [...new Set([...template.matchAll(PLACE)].map((found) => found[1] ?? ""))];
  /** @type {string[][]} */
  let combined = [[]];
  for (const kind of kinds) combined = combined.flatMap((some) => valuesOf(words, kind).map((one) => [...some, one]));
  const alone = template.replace(PLACE, "") === "" && kinds.length === 1;
  const fit = combined.filter(
    (values) => new Set(values.map(sameAs)).size === values.length && !(alone && /^\.*$/.test(values[0] ?? "")),
  );
  return fit.map((values) =>
    template.replace(PLACE, (_place, kind) => asQuery(kind, values[kinds.indexOf(kind)] ?? "")),
  );
}

/**
 * @param {string} kind
 * @param {string} value
 */
function asQuery(kind, value) {
  if (kind !== "phone") return value;
  return spellings(value)
    .map((one) => `"${one}"`)
    .join(" OR ");
}

/**
 * @param {Typed} words
 * @param {string} kind
 */
function valuesOf(words, kind) {
  if (kind !== "called") return words[kind] ?? [];
  return [...new Set([...(words.name ?? []), ...(words.former ?? [])])];
}

/**
 * Return a text with plain apostrophes and hyphens, single spaces and no quotes.
 * @param {string} text
 */
function plain(text) {
  const same = text
    .normalize("NFC")
    .replace(/[‘’\u02bc\u00b4\u0060]/g, "'")
    .replace(/[\u2010\u2011]/g, "-");
  return spaced(same.replace(/["“”„«»]/g, " "));
}

/**
 * Return what tells two values apart: capital letters do not.
 * @param {string} text
 */
function sameAs(text) {
  return text.toUpperCase().toLowerCase();
}

/**
 * Return the last of each value, in order, written as the first.
 * @param {string[]} values
 */
function once(values) {
  return [...new Map(values.map((value) => [sameAs(value), value])).values()];
}

/**
 * Say what is wrong with a value; "" where nothing is.
 * @param {string} kind
 * @param {string} value
 * @param {string} whole  as it was typed
 */
function wrongWith(kind, value, whole) {
  const { longest, digits, wrong } = known().searches;
  if ([...whole].length > longest) return say("too_long_word", { number: longest });
  if (hasHidden(whole)) return say("hidden_sign");
  const number = value.replace(/[^0-9]/g, "").length;
  const fits =
    (kind !== "email" || EMAIL.test(value)) &&
    (kind !== "phone" || (PHONE.test(value) && number >= digits[0] && number <= digits[1])) &&
    (kind !== "user" || (USER.test(value) && ANYTHING.test(value)));
  if (!fits) return called(wrong, kind);
  return value.includes("://") || !ANYTHING.test(value) ? say("no_word") : "";
}

/**
 * Return a query as a part of an address.
 * @param {string} query
 */
function quoted(query) {
  return encodeURIComponent(query).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
