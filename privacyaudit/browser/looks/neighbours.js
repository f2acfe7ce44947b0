// Whether something else in the row of a control decides whether it counts.
({
  decidedBeside(element) {
    return this.waitsForABox(element) || this.isLeftToTheDefault(element) || this.hasAFrameBeside(element);
  },
  boxSeen(one) { return [one, ...(one.labels ?? [])].find((part) => this.shownBox(part)); },
  // Whether a box or switch that is not ticked stands before a list or a button that shows a choice, in a row of their own.
  waitsForABox(element) {
    if (!this.fits(element, "select, button:not([role=switch], [aria-pressed]), [role=button]:not([aria-pressed]), [role=combobox]")) return false;
    let row = this.up(element);
    while (row && row !== document.body && !this.below(row, this.boxes).some((one) => this.boxSeen(one))) row = this.up(row);
    const others = row ? this.below(row, this.stateful).filter((one) => one !== element && this.boxSeen(one)) : [];
    const [box] = others;
    if (others.length !== 1 || !this.fits(box, this.boxes) || this.isOn(box)) return false;
    if (!(element.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_PRECEDING)) return false;
    return row.localName === "label" || this.inLine(this.box(this.boxSeen(box)), this.box(element));
  },
  leavesIt(name) {
    const whose = `(?:${this.groupsOfPeople}|account|device|parent|default)`;
    return new RegExp(`^(?:inherit(?:ed)?\\b|same as (?:the |my |your )?${whose}|(?:always )?(?:use|follow|keep|apply|match|inherit)\\b[^.]*\\b(?:defaults?|(?:${whose}|same)(?:['’]s)? settings?)\\W*$)`, "iu").test(name);
  },
  // Whether what stands next to it is ticked and leaves the choice to a default.
  isLeftToTheDefault(element) {
    return this.all(`${this.boxes}, input[type=radio], [role=radio]`).some((one) => {
      if (one === element || !this.isOn(one)) return false;
      const part = this.boxSeen(one), mine = this.box(element);
      if (!part || ![...this.namesOf(one), this.fits(one, "input") ? "" : this.shown(one)].some((name) => this.leavesIt(name))) return false;
      const box = this.box(part), others = this.all(this.stateful).filter((other) => ![one, element].includes(other) && this.shownBox(other));
      const down = Math.max(box.top - mine.bottom, mine.top - box.bottom);
      return down <= 48 && others.every((other) => this.gap(box, this.box(other)) >= this.gap(box, mine));
    });
  },
  // Whether a small frame stands in its line, in which nobody reads what is said of it.
  hasAFrameBeside(element) {
    const mine = this.box(element);
    return this.all("iframe, object, embed").some((one) => {
      const box = this.box(one);
      return this.shownBox(one) && box.width <= 240 && box.height <= 80 && this.inLine(box, mine) && this.gap(box, mine) <= 160;
    });
  },
})
