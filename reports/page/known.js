// @ts-check
import { find } from "./dom.js";

/**
 * A name and what it is called.
 * @typedef {[string, string]} Label
 *
 * A case that a sentence is for, the sentence, and whether it is about somebody who helps.
 * @typedef {[string, string, boolean]} Rule
 *
 * @typedef {object} Stage
 * @property {string} kind
 * @property {string} when
 * @property {Rule[]} titles
 * @property {Rule[]} rules
 * @property {Record<string, string>} letters  by the case that each is for
 *
 * A task of a short walk; one for the person's services has lines for each, and how many services are shown at most.
 * @typedef {object} Task
 * @property {string} title
 * @property {number} minutes
 * @property {number} day  in how many days it is due
 * @property {boolean} waits
 * @property {number | null} again
 * @property {string[]} lines
 * @property {Record<string, string[]>} [services]
 * @property {string} [without]
 * @property {number | null} [most]
 *
 * @typedef {{id: string, title: string, about: string[], ask: string, tasks: Task[]}} Walk
 *
 * @typedef {object} Walks
 * @property {string} which
 * @property {Walk[]} walks
 * @property {[string, string, boolean][]} services  each with its name, and whether it is private to many
 * @property {Label[]} replies
 * @property {string} later
 * @property {string} done
 *
 * @typedef {object} Route
 * @property {string} title
 * @property {string[]} places
 * @property {string[]} harms
 * @property {string} whose
 * @property {boolean} [by_letter]
 * @property {boolean} [written]  whether somebody writes to a site
 * @property {string[]} lines
 * @property {number} days
 * @property {string[]} refused
 * @property {string} [letter]
 *
 * @typedef {object} Cases
 * @property {Label[]} questions
 * @property {Record<string, Label[]>} choices
 * @property {string[]} refused  what is said to somebody who asks about another person
 * @property {Label[]} kinds  what else a case is called, each with the words that make it so
 * @property {Stage[]} stages
 * @property {Label[]} places
 * @property {string} anywhere
 * @property {Record<string, Route>} routes
 * @property {Record<string, string>} refused_then  what is said of a route where another one was refused
 * @property {string} for_sexual  the route of the helpline that gets a sexual picture of a grown-up off a site
 * @property {string} at_first  what is right in every case
 * @property {string} at_once  who helps with a sexual picture of a grown-up
 *
 * @typedef {object} Letter
 * @property {string} group
 * @property {string} title
 * @property {string} addressee
 * @property {[string, string[]][]} told
 * @property {string | null} subject
 * @property {[boolean, string][]} blocks  each with whether it is a point of a list
 * @property {string[]} blanks
 *
 * @typedef {object} Blank
 * @property {string} ask
 * @property {string} mark
 * @property {"line" | "private" | "address" | "addresses"} fills
 * @property {[string, string, string][]} choices  id, what it is called, what the letter says
 *
 * @typedef {object} Letters
 * @property {Label[]} groups
 * @property {Record<string, Letter>} letters
 * @property {Record<string, Blank>} blanks
 * @property {number} most_signs
 * @property {number} most_lines
 * @property {string[]} at_work
 *
 * @typedef {object} Search
 * @property {string} id
 * @property {string} title
 * @property {string} finds
 * @property {string} look
 * @property {string} query
 * @property {string | null} address
 * @property {string} device
 * @property {string} harm
 * @property {string} change
 *
 * @typedef {object} Searches
 * @property {string} for_whom
 * @property {Label[]} who
 * @property {string[]} refused
 * @property {string} beside
 * @property {string[]} no_words
 * @property {Label[]} words
 * @property {Search[]} searches
 * @property {Record<string, [string, string[]]>} checks  title and steps
 * @property {Label[]} answers
 * @property {string[]} to_act_on
 * @property {string[]} harms
 * @property {Label[]} wrong
 * @property {Label[]} devices
 * @property {number} longest
 * @property {number} most_of_a_kind
 * @property {number} most_names
 * @property {number} short
 * @property {[number, number]} digits
 *
 * @typedef {{case: Cases, walks: Walks, letters: Letters, searches: Searches}} Known
 */

/** @type {Known | null} */
let read = null;

/** Return what the page knows: routes, walks, letters and searches. */
export function known() {
  read ??= /** @type {Known} */ (JSON.parse(find(document, "#known").textContent ?? ""));
  return read;
}

/**
 * Return what something is called; "" where it has no name.
 * @param {Label[]} labels
 * @param {string} name
 */
export function called(labels, name) {
  return labels.find(([id]) => id === name)?.[1] ?? "";
}
