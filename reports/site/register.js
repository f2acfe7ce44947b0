// @ts-check
// Lets the browser keep the site, so that it opens without a network. Where a browser cannot, nothing else changes.
{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const worker = new URL("worker.js", own.src || location.href);
  if (worker.protocol.startsWith("http")) navigator.serviceWorker?.register(worker).catch(() => {});
}
