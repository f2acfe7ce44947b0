// Whether what a control belongs to is off: a box or switch over it, or a round button that would choose it.
({
  masterKinds: "input[type=checkbox], [role=checkbox], [role=switch], input[type=radio], [role=radio]",
  // Whether one of them is off; a box that ticks all that is under it is none.
  masterIsOff(element) {
    return [...this.masters(element)].some((one) => {
      if (one === element || this.isOn(one) || one.indeterminate || this.attribute(one, "aria-checked") === "mixed") return false;
      if (this.around(element, one) || this.around(one, element) || this.choicesWith(one).includes(element) || !this.boxSeen(one)) return false;
      return ![...this.namesOf(one), this.shown(one)].some((name) => this.ticksAll(name));
    });
  },
  ticksAll(text) { return /^(?:(?:de)?select |toggle |tick )?(?:all|everything)\b/i.test(text); },
  *masters(element) {
    yield* this.all(this.masterKinds).filter((one) => ["aria-controls", "aria-owns"].some((name) => this.pointedAt(one, name).some((part) => this.around(part, element))));
    for (const one of this.upwards(this.up(element))) {
      if (one === document.body || one === document.documentElement) break;
      for (const head of this.pointedAt(one, "aria-labelledby")) yield* [head, head.closest("label")?.control, ...this.below(head, "*")].filter((part) => part && this.fits(part, this.masterKinds));
      yield* this.ofItsItem(one);
      yield* this.atTheHead(one, element);
    }
    yield* this.all("input[type=radio], [role=radio]").filter((one) => this.holdsChoice(one, element));
    yield* this.outOfLine(element);
  },
  // The box of the item of a list in which a list or group stands.
  ofItsItem(part) {
    const item = this.up(part);
    if (!item || !this.fits(part, "ul, ol, fieldset, [role=group], [role=list]") || !this.fits(item, "li, fieldset, [role=listitem], [role=treeitem]")) return [];
    const before = [...this.of(item, "children")].filter((child) => part.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_PRECEDING);
    const found = before.flatMap((child) => [child, ...this.below(child, "*")]).filter((child) => this.fits(child, this.masterKinds) && this.boxSeen(child));
    return found.length === 1 ? found : [];
  },
  // The one control at the head of a part, if its words are set like those of a title: heavier or larger than those under it.
  atTheHead(part, element) {
    const first = [...this.of(part, "children")].find((child) => this.shownBox(child));
    if (!first || this.around(first, element)) return [];
    const found = [first, ...this.below(first, "*")].filter((child) => this.fits(child, this.stateful) && this.boxSeen(child));
    if (found.length !== 1 || !this.fits(found[0], this.masterKinds)) return [];
    const [title, row] = [first, this.ownPart(element)].map((one) => [...this.parts(one)][0]?.[2]).map((holder) => holder && getComputedStyle(holder));
    if (!title || !row) return [];
    const isSetApart = (Number(title.fontWeight) >= 600 && Number(row.fontWeight) < 600) || parseFloat(title.fontSize) >= 1.25 * parseFloat(row.fontSize);
    return isSetApart ? found : [];
  },
  // The round buttons of which one can be chosen, where this is one of them.
  choicesWith(element) {
    if (!this.fits(element, "[role=radio]")) return this.groupOf(element);
    const group = element.closest("[role=radiogroup]") ?? this.groupAround(element, "[role=radio]");
    return group ? this.below(group, "[role=radio]") : [element];
  },
  // Whether a control stands under a round button in the part of the page that this has for itself.
  holdsChoice(button, element) {
    const group = this.choicesWith(button);
    if (group.length < 2 || this.inLine(this.box(button), this.box(element))) return false;
    if (!(button.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
    let part = button;
    while (this.up(part) && !group.some((other) => other !== button && this.around(this.up(part), other))) part = this.up(part);
    return this.around(part, element);
  },
  apart: "main, form, article, dialog, aside, [role=main], [role=dialog]",
  // The control over this one from which it is set in, as a line under another one in an outline; none where a heading, or
  // the edge of a part, comes between the two, or where controls stand in columns.
  outOfLine(element) {
    const mine = this.box(element), start = this.startOf(element);
    const before = this.all(this.stateful).filter((one) => this.boxSeen(one) && !this.around(one, element) && one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (before.some((one) => this.inLine(this.box(one), mine))) return [];
    let next = element;
    for (const one of before.reverse().slice(0, 12)) {
      const far = start - this.startOf(one);
      if (far >= 8) return far <= 80 && this.leadsTo(one, element, next) ? [one] : [];
      next = one;
    }
    return [];
  },
  leadsTo(master, element, next) {
    if (!this.fits(master, this.masterKinds) || this.box(next).top - this.box(this.boxSeen(master)).bottom > 64) return false;
    if (this.all(`${this.heading}, legend, summary`).some((one) => this.isBetween(master, one, element) && this.drawn(one))) return false;
    for (const one of this.upwards(this.up(element))) {
      if (this.around(one, master)) return true;
      if (this.fits(one, this.apart) || this.hasEdge(getComputedStyle(one))) return false;
    }
    return false;
  },
  // Where the line of a control begins from the left: that of the block in which it and its words stand.
  startOf(element) {
    const part = this.ownPart(element), holders = [...this.parts(part)].map(([, , holder]) => holder);
    let one = element;
    while (one !== part && !holders.every((holder) => this.around(one, holder))) one = this.up(one);
    while (one !== document.body && (getComputedStyle(one).display.startsWith("inline") || this.isPlacedByItsParent(one))) one = this.up(one);
    return this.box(one).left + parseFloat(getComputedStyle(one).paddingLeft);
  },
  isPlacedByItsParent(element) {
    const style = getComputedStyle(this.up(element));
    return /flex|grid/.test(style.display) && !(style.flexDirection === "column" && /^(?:normal|stretch)$/.test(style.alignItems));
  },
})
