// @ts-check
import { among, same } from "./answers.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./answers.js").Chosen} Chosen */
/** @typedef {import("./data.js").Check} Check */

/**
 * What was shared in this visit: the answers before anything was changed, and those after.
 * @typedef {{before: Chosen | null, after: Chosen | null}} Sharing
 *
 * @typedef {object} Message
 * @property {"before" | "after"} phase
 * @property {Chosen} answers
 * @property {Chosen} [earlier]  in phase "after": what was shared before, or the first answers when nothing was
 */

/**
 * Return what there is to share with the clinic now; null when there is nothing, or nothing new.
 * @param {Session} session
 * @param {Check[]} checks
 * @param {Sharing} sharing
 * @returns {Message | null}
 */
export function toShare(session, checks, sharing) {
  const answers = among(session.answers, checks);
  const first = among(session.first, checks);
  if (sharing.after || !Object.keys(answers).length) return null;
  if (sharing.before) {
    return same(sharing.before, answers) ? null : { phase: "after", answers, earlier: sharing.before };
  }
  return same(first, answers) ? { phase: "before", answers } : { phase: "after", answers, earlier: first };
}

/**
 * Send it to the clinic that served this page; return the name of the sentence that says how it went, and whether it
 * counts as shared.
 * @param {string} ticket
 * @param {Message} message
 */
export async function share(ticket, message) {
  try {
    const reply = await fetch("/share", {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", "X-Privacyaudit": "share" },
      body: JSON.stringify({ ticket, ...message }),
    });
    if (reply.ok) return { done: true, said: "shared" };
    if (reply.status === 409) return { done: true, said: "shared_already" };
    if (reply.status === 410) return { done: false, said: "share_ended" };
    if (reply.status === 429) return { done: false, said: "share_too_many" };
    return { done: false, said: reply.status < 500 ? "share_refused" : "share_failed" };
  } catch {
    return { done: false, said: "share_failed" };
  }
}
