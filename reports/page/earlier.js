// @ts-check
import { among, joined } from "./answers.js";
import { optionOf } from "./data.js";
import { fitting } from "./fits.js";

/** @typedef {import("./answers.js").Session} Session */
/** @typedef {import("./data.js").Check} Check */
/** @typedef {import("./data.js").Platform} Platform */
/** @typedef {import("./source.js").Source} Source */

/**
 * Earlier answers as far as they fit a page.
 * @typedef {object} Earlier
 * @property {Session} session  what still fits
 * @property {string} role  for which it was judged; "" where that is not known
 * @property {Check[]} gone  checks whose answer does not fit any more
 * @property {number} elsewhere  how many answers are about checks that the page does not have
 */

/**
 * Return what of earlier answers fits a page.
 * @param {Source} source
 * @param {Platform[]} platforms
 * @param {string[]} roles
 * @returns {Earlier}
 */
export function earlierOf(source, platforms, roles) {
  const checks = platforms.flatMap((one) => one.checks);
  const said = checks.filter(({ id }) => id in source.answers);
  const { revisions } = source;
  const fits = said.filter((check) => {
    const same = !revisions || Number(revisions[check.id] ?? 1) === check.revision;
    return same && optionOf(check, source.answers[check.id]);
  });
  const answers = among(source.answers, fits);
  const open = among(source.open, checks.filter((check) => !said.includes(check)));
  const told = platforms.filter((one) => one.checks.some(({ id }) => id in answers || id in open));
  const changed = among(source.changed_from, fits);
  const found = { ...source, answers, open, first: answers, changed, platforms: told.map((one) => one.id) };
  return {
    session: fitting(found, platforms, roles),
    role: source.role,
    gone: said.filter((check) => !fits.includes(check)),
    elsewhere: Object.keys(source.answers).length - said.length,
  };
}

/**
 * Take earlier answers over into a session, beside what was answered there. Return how many of both differ: those are
 * asked again.
 * @param {Session} session
 * @param {Earlier} earlier
 */
export function goOnWith(session, { session: then }) {
  const both = joined(session, then);
  const before = { ...session.answers };
  Object.assign(session, both);
  return Object.keys(before).filter((id) => !(id in both.answers)).length;
}

/**
 * Have a session compared with earlier answers at its end. What it says of the person and of services is put in where
 * the session does not say it yet.
 * @param {Session} session
 * @param {Earlier} earlier
 * @param {Source} source
 */
export function compareWith(session, { session: then }, source) {
  session.earlier = source;
  session.role ||= then.role;
  session.time ||= then.time;
  if (!session.platforms.length) session.platforms = then.platforms;
}

/**
 * Return the text of an answers file, as `audit --answers` and `readSource` read it.
 * @param {Session} session
 * @param {Check[]} checks
 * @param {string} day  such as 2026-05-03
 */
export function answersText(session, checks, day) {
  const answers = among(session.answers, checks);
  const changed = among(session.changed, checks);
  const open = among(session.open, checks);
  const answered = checks.filter(({ id, revision }) => id in answers && revision > 1);
  const revisions = Object.fromEntries(answered.map(({ id, revision }) => [id, revision]));
  const { role, time } = session;
  const said = {
    answers,
    ...(Object.keys(changed).length && { changed_from: changed }),
    ...(Object.keys(open).length && { open }),
    day,
    role,
    time,
    revisions,
  };
  return `${JSON.stringify(said, null, 2)}\n`;
}
