// The words of a control's row, also those that are no text: of pictures, signs, marks and fields out of use.
({
  sign(text) { return /^[✓✔☑✅]|[✓✔☑✅]$/u.test(text) ? "on" : /^[✗✘☒☐❌]|[✗✘☒☐❌]$/u.test(text) ? "off" : ""; },
  // A sign that stands alone is read as the word that it stands for.
  read(text) {
    const bare = text.replace(/[\uFE0F\s]/gu, "");
    return [...bare].length > 1 ? text : /^[🚫⛔⏸]/u.test(bare) ? "off" : this.sign(bare) || text;
  },
  *wordsOf(element) {
    const labels = [...this.labelsOf(element), ...this.describers(element)], mine = [element, ...labels];
    for (const one of mine) {
      for (const [text, box, holder, styled] of this.parts(one)) { yield [text, one === element ? null : box, holder]; yield* styled.map((said) => [said]); }
      for (const picture of this.below(one, "img[alt], [role=img][aria-label], svg > title")) {
        const said = this.attribute(picture, "alt") ?? this.attribute(picture, "aria-label") ?? picture.textContent;
        if (this.shownBox(picture.localName === "title" ? this.up(picture) : picture)) yield [this.plain(said)];
      }
    }
    const near = this.nearby(element);
    for (const [text, box, holder, styled] of near) {
      if (!mine.some((one) => this.around(one, holder))) yield [this.leads(near, text, box, element) ? text : this.read(text), box, holder];
      yield* styled.map((said) => [said]);
    }
    yield* this.ofPictures(element, mine);
    yield* this.marked(element);
    yield* this.outOfUse(element);
  },
  // What is written on a control for whoever points at it, or listens to it, and on what holds it alone.
  *writtenOn(element) {
    const own = this.ownPart(element), known = this.namesOf(element), holders = [...this.upwards(element)].filter((one) => this.around(own, one));
    for (const one of new Set([...holders, ...this.labelsOf(element)])) {
      for (const name of ["title", "aria-description"]) {
        const text = this.plain(this.attribute(one, name) ?? "");
        if (text && !known.includes(text)) yield [text, this.box(element), this.up(element)];
      }
    }
  },
  // Whether a sign only stands before other words, as one that belongs to a name does.
  leads(near, text, box, element) {
    return this.read(text) !== text && near.some(([other, next, holder]) =>
      /\p{L}/u.test(other) && !this.around(element, holder) && this.inLine(next, box) && next.left >= box.right - 1 && next.left - box.right < 40);
  },
  // What the pictures beside a control are of, and what is written on what a person points at there.
  *ofPictures(element, mine) {
    const [around, isNear] = this.reach(element);
    yield* this.writtenOn(element);
    for (const one of this.below(around, "img[alt], [role=img][aria-label], svg, [title], [type=image][alt], button[aria-label], [role=button][aria-label]")) {
      if (mine.some((other) => this.around(other, one)) || this.around(one, element) || this.fits(one, this.stateful)) continue;
      const box = this.box(one);
      if (!this.shownBox(one) || !isNear(box, one)) continue;
      const said = [this.attribute(one, "title"), this.fits(one, "img") && this.attribute(one, "alt"), this.fits(one, "[role=img]") && this.attribute(one, "aria-label")];
      const does = ["alt", "aria-label"].map((name) => this.attribute(one, name) ?? "").find((text) => this.pressed(this.plain(text), one));
      const titles = this.fits(one, "svg") ? this.below(one, ":scope > title").map((title) => title.textContent) : [];
      for (const text of [...said, does, ...titles]) if (text) yield [this.plain(text), box, one];
    }
  },
  // The word or sign that a style gives to the line of a list in which the control stands.
  *marked(element) {
    const item = [...this.upwards(element)].find((one) => getComputedStyle(one).display === "list-item");
    if (!item || item.localName === "summary") return;
    for (const said of [getComputedStyle(item).listStyleType, getComputedStyle(item, "::marker").content]) {
      const text = this.quoted(said.startsWith('"') ? said : this.countsWith(said)).join("");
      if (text) yield [this.read(this.plain(text))];
    }
  },
  readOnly_: "input[readonly], input:disabled, input[type=button], input[type=submit], output, select:disabled, textarea:disabled, textarea[readonly]",
  // What the fields in its line say that can only be read.
  *outOfUse(element) {
    for (const one of this.below(this.up(this.ownPart(element)) ?? element, this.readOnly_)) {
      if (one === element || ["checkbox", "radio", "password"].includes(one.type) || !this.shownBox(one)) continue;
      if (!this.inLine(this.box(one), this.box(element))) continue;
      yield [this.plain(one.localName === "select" ? one.selectedOptions[0]?.text ?? "" : one.value), null, one];
    }
  },
})
