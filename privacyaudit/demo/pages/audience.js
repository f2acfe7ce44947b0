import { save } from "/static/common.js";

const chooser = document.querySelector("#chooser");
const choices = [...chooser.querySelectorAll("[name=audience]")];
const label = (choice) => choice.labels[0].textContent;
let asking = null;

for (const button of document.querySelectorAll(".pick")) {
  button.addEventListener("click", () => {
    asking = button;
    for (const choice of choices) choice.checked = label(choice) === button.textContent;
    chooser.returnValue = "";
    chooser.showModal();
  });
}

chooser.addEventListener("close", async () => {
  const choice = choices.find((one) => one.checked);
  const button = asking;
  if (chooser.returnValue !== "save" || !choice) return;
  if (!(await save("audience", { [button.dataset.setting]: choice.value }))) return;
  button.textContent = label(choice);
  if (button.dataset.name) button.setAttribute("aria-label", button.dataset.name + label(choice));
});

const likes = document.querySelector("[data-setting=likes]");
likes.addEventListener("click", async () => {
  const on = likes.getAttribute("aria-pressed") !== "true";
  if (await save("audience", { likes: on ? "on" : "off" })) likes.setAttribute("aria-pressed", on);
});
