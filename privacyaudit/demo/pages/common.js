// What every settings page does: save a change, say so, and keep telling Pebble that somebody is there.

const HEARTBEAT_MS = 3000;

export async function save(page, changes) {
  try {
    const reply = await fetch("/settings/" + page, { method: "POST", body: new URLSearchParams(changes) });
    if (!reply.ok || reply.redirected) throw new Error("refused");
  } catch {
    say("That was not saved. Please try again.");
    return false;
  }
  say("Saved.");
  return true;
}

export function say(sentence) {
  document.querySelector("#say").textContent = sentence;
}

setInterval(() => fetch("/heartbeat", { method: "POST" }).catch(() => {}), HEARTBEAT_MS);
addEventListener("pagehide", () => navigator.sendBeacon("/beacon", new URLSearchParams({ page: location.pathname })));
