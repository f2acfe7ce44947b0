// @ts-check
// Keeps the files of the site and answers with them. It asks for nothing else, and tells nobody anything.

/**
 * @typedef {Event & { waitUntil(done: Promise<unknown>): void }} Lasting
 * @typedef {Lasting & { request: Request, respondWith(reply: Promise<Response>): void }} Asked
 * @typedef {{ version: string, parts: string[][], instead: string }} Site
 * @typedef {object} Worker
 * @property {ServiceWorkerRegistration} registration
 * @property {() => Promise<void>} skipWaiting
 * @property {{ claim(): Promise<void>, matchAll(which: object): Promise<{ url: string }[]> }} clients
 * @property {(kind: "install" | "activate", then: (event: Lasting) => void) => void} addEventListener
 */

/** What the build made: a name that changes with any file, the files in parts that are kept whole, and the page without network. */
const SITE = /** @type {Site} */ (JSON.parse('{"version": "", "parts": [[]]}'));

/** What the page says that is shown in place of another one. */
const NOT_HERE = 503;

const worker = /** @type {Worker} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const ours = `privacyaudit ${root} `;
const name = ours + SITE.version;
const files = new Set(SITE.parts.flat());

/**
 * Return which file of the site an address is of; some servers leave out the end of a name. Undefined for another.
 * @param {string} url
 */
function fileOf(url) {
  const path = url.startsWith(root) ? url.slice(root.length).replace(/[?#].*/, "") : "?";
  return [path, `${path}.html`, `${path}index.html`].find((one) => files.has(one));
}

/**
 * Keep a file, and return it. One that a server sent from another address is kept as if it came from its own, because
 * browsers refuse it else. Throws what a fetch throws, and where the server does not have it.
 * @param {Cache} cache
 * @param {string} file
 */
async function take(cache, file) {
  const reply = await fetch(root + file, { cache: "no-cache" });
  if (!reply.ok) throw new Error(`${file}: ${reply.status}`);
  const { status, headers } = reply;
  const own = reply.redirected ? new Response(await reply.blob(), { status, headers }) : reply;
  await cache.put(root + file, own.clone());
  return own;
}

/**
 * Keep what is not kept yet of a part of the site.
 * @param {Cache} cache
 * @param {string[]} part
 */
async function takeAll(cache, part) {
  await Promise.all(part.map(async (file) => (await cache.match(root + file)) ?? take(cache, file)));
}

/** Return the files that an earlier build of this site has kept. */
async function keptBefore() {
  const earlier = (await caches.keys()).filter((one) => one.startsWith(ours) && one !== name);
  const kept = await Promise.all(earlier.map(async (one) => (await caches.open(one)).keys()));
  return kept.flat().map((request) => fileOf(request.url));
}

/** Keep the first part, and each of which something is open now or was kept before. */
async function install() {
  const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const wanted = new Set([...open.map((page) => fileOf(page.url)), ...(await keptBefore())]);
  const parts = SITE.parts.filter((part, place) => place === 0 || part.some((file) => wanted.has(file)));
  const cache = await caches.open(name);
  await Promise.all(parts.map((part) => takeAll(cache, part)));
  await worker.skipWaiting();
}

/** Remove what earlier builds kept, and answer the pages that are open. */
async function activate() {
  const old = (await caches.keys()).filter((one) => one.startsWith(ours) && one !== name);
  await Promise.all(old.map((one) => caches.delete(one)));
  await worker.clients.claim();
}

/**
 * Answer with what is kept; else keep the file, and the rest of its part after it. Where it cannot be had, a page says so.
 * @param {Asked} event
 * @param {string} file
 */
async function answer(event, file) {
  const cache = await caches.open(name);
  const kept = await cache.match(root + file);
  if (kept) return kept;
  const reply = await take(cache, file).catch((/** @type {unknown} */ trouble) => instead(cache, event.request, trouble));
  if (reply.status === NOT_HERE) return reply;
  const part = SITE.parts.find((one) => one.includes(file)) ?? [];
  event.waitUntil(takeAll(cache, part).catch(() => {}));
  return reply;
}

/**
 * Return the page that is shown in place of one that cannot be had, with links that are right from any address. Throws
 * the trouble where no page was asked for.
 * @param {Cache} cache
 * @param {Request} request
 * @param {unknown} trouble
 */
async function instead(cache, request, trouble) {
  const page = request.mode === "navigate" ? await cache.match(root + SITE.instead) : undefined;
  if (!page) throw trouble;
  const text = (await page.text()).replaceAll(/(href|src)="(?=\w[^:"]*")/g, `$1="${root}`);
  return new Response(text, { status: NOT_HERE, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/**
 * Answer with what the server has and no browser keeps, such as a paper to print.
 * @param {Request} request
 */
async function askFor(request) {
  try {
    return await fetch(request);
  } catch (trouble) {
    return instead(await caches.open(name), request, trouble);
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const asked = /** @type {Asked} */ (event);
  const { method, mode, url } = asked.request;
  const file = method === "GET" ? fileOf(url) : undefined;
  if (file) asked.respondWith(answer(asked, file));
  else if (mode === "navigate" && url.startsWith(root)) asked.respondWith(askFor(asked.request));
});
