// @ts-check

/**
 * Return the one element for a selector.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`missing: ${selector}`);
  return found;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function elements(root, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}

/**
 * Return the named part of a screen or card.
 * @param {ParentNode} root
 * @param {string} name
 */
export function part(root, name) {
  return find(root, `[data-part="${name}"]`);
}

/**
 * Put a text into the named part of a screen or card.
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} text
 */
export function fill(root, name, text) {
  const place = part(root, name);
  place.textContent = text;
  place.hidden = text === "";
}

/**
 * Return a fresh copy of a template: its only element.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function fromTemplate(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no template: ${id}`);
  const copy = document.importNode(template.content, true).firstElementChild;
  if (!(copy instanceof HTMLElement)) throw new Error(`empty template: ${id}`);
  return copy;
}

/**
 * Return an element with a text.
 * @param {string} tag
 * @param {string} text
 */
export function element(tag, text = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/**
 * Return a box or a radio button with its label.
 * @param {"checkbox" | "radio"} type
 * @param {string} name  that of the group of a radio button
 * @param {string} value
 * @param {string} text
 * @param {boolean} checked
 */
export function pick(type, name, value, text, checked) {
  const box = document.createElement("input");
  Object.assign(box, { type, name, value, checked });
  const label = element("label");
  label.className = "pick";
  label.append(box, element("span", text));
  return label;
}

/**
 * Call a function when a part is pressed.
 * @param {HTMLElement} pressed
 * @param {() => void} then
 */
export function onPress(pressed, then) {
  pressed.addEventListener("click", then);
}
