// @ts-check
// Looks every few seconds whether the board has changed, and shows only what did. Nothing moves and nothing flickers.

const SECONDS = 4;

async function look() {
  try {
    const reply = await fetch(location.pathname, { cache: "no-store", credentials: "omit" });
    if (!reply.ok) return;
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const now = fresh.querySelector(`[data-part="${part.getAttribute("data-part")}"]`);
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
  } catch {
    // The clinic has ended or the laptop slept: the last board stays.
  }
}

setInterval(look, SECONDS * 1000);
