import { save, say } from "/static/common.js";

const arrived = document.querySelector("#arrived");

function copy(template, words = {}) {
  const made = document.querySelector(template).content.cloneNode(true);
  for (const place of made.querySelectorAll("[data-fill]")) place.textContent = words[place.dataset.fill];
  return made;
}

async function get(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(address);
  return reply.json();
}

function session(device) {
  const when = device.current ? "This is the device that you are using" : "Last used " + device.last_active;
  const row = copy("#session", { name: device.name, when });
  if (device.current) row.querySelector("button").remove();
  else removable(row, { end_session: device.id });
  return row;
}

function app(one) {
  const when = one.months_unused ? "Not used for " + one.months_unused + " months" : "Used this month";
  const row = copy("#app", { name: one.name, when });
  removable(row, { remove_app: one.id });
  return row;
}

function removable(row, change) {
  const item = row.firstElementChild;
  row.querySelector("button").addEventListener("click", async () => {
    if (await save("devices", change)) item.remove();
  });
}

async function show() {
  const [{ devices }, { security, apps }] = await Promise.all([get("/api/devices"), get("/api/preferences")]);
  const page = copy("#everything");
  page.querySelector("#sessions").append(...devices.map(session));
  page.querySelector("#apps").append(...apps.map(app));
  const twoStep = page.querySelector("#two-step");
  twoStep.value = security.two_step ?? "off";
  twoStep.addEventListener("change", () => save("devices", { two_step: twoStep.value }));
  const alerts = page.querySelector("#alerts");
  alerts.checked = security.sign_in_alerts;
  alerts.addEventListener("change", () => save("devices", { sign_in_alerts: alerts.checked ? "on" : "off" }));
  arrived.append(page);
}

show()
  .catch(() => say("Your devices could not be fetched. Please try again later."))
  .finally(() => document.querySelector("#waiting").remove());
