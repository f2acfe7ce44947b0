// The words on a control and beside it: whether they are those of the checklist, and whether they agree with its state.
({
  // Whether one of the words stands visibly on the control, on a label around it, or is the text beside it.
  named(element, words) {
    const wanted = new Set(words.map((word) => this.plain(word)));
    if (wanted.has(this.shown(element)) || wanted.has(this.shownWithoutState(element))) return true;
    const around = [...(element.labels ?? [])].filter((label) => label.contains(element));
    if (around.some((label) => wanted.has(this.shown(label, element)))) return true;
    const apart = this.labelsOf(element).filter((label) => !this.call(label, "contains", element));
    if (apart.some((label) => wanted.has(this.shown(label)) && this.nearestTo(label) === element && this.isInItsRow(label, element))) return true;
    return this.besideIt(element, wanted);
  },
  // The words on a switch without the last one, if that says how it stands.
  shownWithoutState(element) {
    const pieces = this.fits(element, `${this.boxes}, [aria-pressed]`) ? [...this.pieces(element)] : [];
    return this.said(pieces.at(-1) ?? "") === (this.isOn(element) ? "on" : "off") ? this.plain(pieces.slice(0, -1).join(" ")) : "";
  },
  nearestTo(label) { return this.nearestControl(this.box(label), this.controls); },
  nearestControl(box, kinds) {
    let nearest = null, least = Infinity;
    for (const one of this.all(kinds)) {
      if (!one.checkVisibility()) continue;
      const gap = this.gap(box, one.getBoundingClientRect());
      if (gap < least) [nearest, least] = [one, gap];
    }
    return nearest;
  },
  // Whether no other words stand in the control's line where its label is in another one.
  isInItsRow(label, element) {
    const mine = this.box(element), named = this.box(label);
    if (this.inLine(named, mine)) return true;
    return !this.nearby(element).some(([, box, holder]) => !this.around(label, holder) && !this.around(element, holder) && this.inLine(box, mine));
  },
  stateful: "input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea, [role=switch], [role=checkbox], [role=radio], [role=combobox], [aria-pressed], [aria-checked]",
  // All that a control has for itself: the outermost part of the page around it in which there is no other one.
  ownPart(element) {
    let part = element;
    const others = (one) => this.below(one, this.stateful).some((other) => other !== element && this.shownBox(other));
    for (let next = this.up(part); next && next !== document.body && !others(next); next = this.up(part)) part = next;
    return part;
  },
  // The pieces of text within reach of a control: those close by that stand nearer to it than to any other, and those in
  // what it has for itself. Of one that is cut off, that much counts too.
  nearby(element) {
    const [around, isNear] = this.reach(element);
    return [...this.parts(around, undefined, true)].filter(([, box, holder]) => isNear(box, holder));
  },
  // The part of the page around a control in which all that is within its reach stands, and what of it is.
  reach(element) {
    const own = this.ownPart(element), mine = this.box(element), isOne = this.fits(element, this.stateful);
    let around = element;
    for (let step = 0; (step < 5 || (around !== own && this.around(own, around))) && this.up(around) && around !== document.body; step += 1) around = this.up(around);
    return [around, (box, holder) => {
      const down = Math.max(box.top - mine.bottom, mine.top - box.bottom);
      if (this.around(own, holder)) return down <= 200;
      return down <= 48 && this.gap(box, mine) <= 160 && (!isOne || [element, null].includes(this.nearestControl(box, this.stateful)));
    }];
  },
  // Whether the text beside a control is one of these: with other controls about, only the nearest counts; and no other
  // text may stand between the two.
  besideIt(element, wanted) {
    let around = element;
    for (let step = 0; step < 6; step += 1) {
      around = this.up(around);
      if (!around || around === document.documentElement) return false;
      const parts = [...this.parts(around, element)];
      if (!parts.length) continue;
      const box = element.getBoundingClientRect();
      const far = ([, one]) => this.gap(one, box);
      const others = this.below(around, this.controls).some((one) => one !== element && !element.contains(one) && this.shownBox(one));
      const sorted = [...parts].sort((one, other) => far(one) - far(other));
      const found = (others ? sorted.slice(0, 1) : sorted).find(([text]) => wanted.has(text));
      if (!found) return !others && wanted.has(this.plain(parts.map(([text]) => text).join(" ")));
      const middle = (box.top + box.bottom) / 2;
      return !parts.some((part) => part !== found && part[1].top <= middle && part[1].bottom >= middle && (
        (found[1].right <= part[1].left && part[1].right <= box.left) || (box.right <= part[1].left && part[1].right <= found[1].left)));
    }
    return false;
  },
  beside(element, fits) {
    let around = element;
    for (let step = 0; step < 6; step += 1) {
      around = this.up(around);
      if (!around || around === document.body) return false;
      const pieces = [...this.pieces(around, element)];
      if (pieces.length) return fits(pieces);
    }
    return false;
  },
  // Whether the rest of a name, which says the state, is all that a person reads on the control, or is read beside it.
  tells(element, { rest, name }) {
    const wanted = [rest, name].map((one) => this.letters(one)), own = this.shown(element);
    if (own) return wanted.includes(this.letters(own));
    return this.beside(element, (pieces) => pieces.some((_, first) =>
      pieces.some((_, last) => last >= first && wanted.includes(this.letters(pieces.slice(first, last + 1).join(" "))))));
  },
  letters(text) { return this.plain(text.replace(/[^\p{L}\p{M}\p{N}+]+/gu, " ")); },
  // Whether the words that a control is found by are, on the screen, nearer to it than to any other of its kind.
  nearest(element, words) {
    const wanted = new Set(words.map((word) => this.plain(word))), mine = element.getBoundingClientRect();
    const role = element.getAttribute("role"), like = role ? `[role="${CSS.escape(role)}"]` : element.localName + (element.type ? `[type="${CSS.escape(element.type)}"]` : "");
    const rivals = this.all(like).filter((one) => one !== element && this.shownBox(one)).map((one) => one.getBoundingClientRect());
    const boxes = [...this.parts(document.body)].filter(([text]) => wanted.has(text)).map(([, box]) => box);
    return !boxes.length || boxes.some((box) => rivals.every((one) => this.gap(box, mine) <= this.gap(box, one)));
  },
  // Whether a part of the page shows one of its names, as its heading or above it.
  headed(element, names) {
    const wanted = new Set(names.map((name) => this.plain(name)));
    for (const piece of this.pieces(element)) if (wanted.has(piece)) return true;
    return wanted.has(this.shown(element)) || this.beside(element, (pieces) => pieces.some((piece) => wanted.has(piece)));
  },
})
