// @ts-check
import { say } from "./words.js";

/** @typedef {Record<string, any>} Said */
/** @typedef {{said: Said | null, trouble: string}} Reply  what the program said, or why it did not */

/**
 * Ask the program to do something.
 * @param {string} name
 * @param {Said} wish
 * @returns {Promise<Reply>}
 */
export function ask(name, wish = {}) {
  return reach(name, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Privacyaudit": "window" },
    body: JSON.stringify(wish),
  });
}

/**
 * Give the program a file as it is.
 * @param {string} name
 * @param {Blob} file
 * @returns {Promise<Reply>}
 */
export function give(name, file) {
  return reach(name, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream", "X-Privacyaudit": "window" },
    body: file,
  });
}

/**
 * Look at something that the program knows.
 * @param {string} name
 */
export function look(name) {
  return reach(name, {});
}

/**
 * @param {string} name
 * @param {RequestInit} request
 * @returns {Promise<Reply>}
 */
async function reach(name, request) {
  try {
    const reply = await fetch(name, request);
    if (reply.ok) return { said: await reply.json(), trouble: "" };
    if (reply.status !== 409 && reply.status !== 500) return { said: null, trouble: say("shut_out") };
    const { what, advice } = await reply.json();
    return { said: null, trouble: `${what} ${advice}`.trim() };
  } catch {
    return { said: null, trouble: say("silent") };
  }
}
