// Walks a page and returns what it is made of, as raw as it is; what of that may be shown is decided in Python.
([marked, rows]) => {
  const MOST = 20000;
  const LONGEST = 200;
  const marks = new Map();
  marked.forEach((element, number) => marks.set(element, [...(marks.get(element) ?? []), number]));
  const around = new Set();
  for (const row of rows) {
    for (let step = row, height = 0; step && height < 6; step = step.parentElement, height += 1) {
      around.add(step);
      for (const child of step.children) around.add(child);
    }
  }
  let left = MOST;
  const walk = (element) => {
    const style = getComputedStyle(element);
    const node = {
      tag: element.localName,
      attributes: {},
      marks: marks.get(element) ?? [],
      checked: element.checked === true,
      undecided: element.indeterminate === true,
      selected: element.selected === true,
      value: typeof element.value === "string" ? element.value.slice(0, LONGEST) : null,
      text: marks.has(element) ? element.innerText ?? "" : "",
      display: style.display,
      direction: style.flexDirection,
      unseen: style.visibility !== "visible",
      height: around.has(element) ? element.getBoundingClientRect().height : 0,
      parts: [],
    };
    for (const { name, value } of element.attributes) node.attributes[name] = value.slice(0, LONGEST);
    for (const part of [...(element.shadowRoot?.childNodes ?? []), ...element.childNodes]) {
      if (part.nodeType === Node.TEXT_NODE && part.data.trim()) node.parts.push(part.data.slice(0, LONGEST));
      if (part.nodeType === Node.ELEMENT_NODE && left > 0) {
        left -= 1;
        node.parts.push(walk(part));
      }
    }
    return node;
  };
  return walk(document.documentElement);
}
