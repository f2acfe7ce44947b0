import { save } from "/static/common.js";

for (const control of document.querySelectorAll("[role=switch]")) {
  control.addEventListener("click", async () => {
    const on = control.getAttribute("aria-checked") !== "true";
    if (await save("tagging", { [control.dataset.setting]: on ? "on" : "off" })) control.setAttribute("aria-checked", on);
  });
}
