import { save } from "/static/common.js";

const whenOpened = { number: phoneLookup, "address-book": addressBook };

for (const button of document.querySelectorAll("[aria-expanded][data-template]")) {
  const place = document.getElementById(button.getAttribute("aria-controls"));
  const template = document.getElementById(button.dataset.template);
  let content = null;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    if (!open) return place.replaceChildren();
    if (!content) {
      const made = template.content.cloneNode(true);
      whenOpened[template.id]?.(made);
      content = [...made.children];
    }
    place.replaceChildren(...content);
  });
}

function addressBook(made) {
  const box = made.querySelector("input");
  box.addEventListener("change", async () => {
    if (!(await save("discovery", { address_book: box.checked ? "on" : "off" }))) box.checked = !box.checked;
  });
}

// A list box of our own, opened by a read-only text field, as many design systems have it.
function phoneLookup(made) {
  const field = made.querySelector("[role=combobox]");
  const list = made.querySelector("[role=listbox]");
  const options = [...list.children];
  const chosen = () => options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  let at = chosen();
  field.value = options[at].textContent;

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", open);
    if (open) point(chosen());
    else field.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    at = Math.max(0, Math.min(options.length - 1, to));
    options.forEach((option, number) => option.classList.toggle("pointed", number === at));
    field.setAttribute("aria-activedescendant", options[at].id);
  };
  const choose = async (option) => {
    show(false);
    if (!(await save("discovery", { phone_lookup: option.dataset.value }))) return;
    for (const other of options) other.setAttribute("aria-selected", other === option);
    field.value = option.textContent;
  };

  field.addEventListener("click", () => show(list.hidden));
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) list.hidden ? show(true) : point(at + moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") list.hidden ? show(true) : choose(options[at]);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  for (const option of options) {
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(option));
  }
}
