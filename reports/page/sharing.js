// @ts-check
import { onPress, part } from "./dom.js";
import { share, toShare } from "./share.js";
import { say } from "./words.js";

/** @typedef {import("./show.js").Page} Page */

/**
 * Offer to share counts, in a page that a clinic served.
 * @param {Page} page
 * @param {HTMLElement} screen
 */
export function addShare(page, screen) {
  const { clinic, ticket } = document.body.dataset;
  if (clinic === undefined || ticket === undefined) return;
  const section = part(screen, "sharing");
  const button = /** @type {HTMLButtonElement} */ (part(section, "share"));
  const told = part(section, "share_told");
  const offer = () => {
    const message = toShare(page.session, page.checks, page.sharing);
    button.hidden = !message;
    button.textContent = say(page.sharing.before ? "share_after" : "share");
    section.hidden = !message && !page.sharing.before && !page.sharing.after;
  };
  offer();
  if (page.sharing.before && button.hidden) told.textContent = say("shared");
  onPress(button, async () => {
    const message = toShare(page.session, page.checks, page.sharing);
    if (!message) return;
    button.disabled = true;
    told.textContent = say("sharing");
    const { done, said } = await share(ticket, message);
    button.disabled = false;
    told.textContent = say(said);
    if (done) page.sharing[message.phase] = message.answers;
    offer();
    if (!done) button.textContent = say("share_again");
    if (button.hidden) told.focus();
    else button.focus();
  });
}
