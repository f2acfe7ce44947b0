// Whether what a list, a text or a button says is what is in effect, for all and without exceptions.
({
  // Whether it is in use, and no word on it, beside it or above it says that what it shows is not in effect.
  inEffect(element) {
    if ((this.disabled(element) && this.fits(element, "select")) || this.isAPicture(element) || this.headsDeny(element)) return false;
    if ([...this.wordsOf(element)].some(([word]) => this.said(word) === "unsure")) return false;
    if (this.fits(element, "input:not([type=radio]), textarea")) return true;
    const is = this.said(this.chosenOf(element));
    return !this.rowLines(element).some(({ text, ...line }) => {
      if (this.excepts.test(text)) return true;
      const says = line.onControl || line.ofOther ? "" : this.deniesIt(element, text, line);
      return says && (says === "unsure" || (says === "on" ? is === "off" : is !== "off"));
    });
  },
  excepts: /^\(?\+\s?\d+\)?(?:\s+(?:more|others?|people))?$|^[\s,(–—-]*(?:except|excluding|excludes|but not|apart from|other than|außer|sauf|excepto)(?![\p{L}\p{N}])|^(?:[1-9]\d*|some|several|a few) (?:exceptions?|excluded|(?:people|members|friends) excluded|others?)(?![\p{L}\p{N}])|^exceptions?:\s*(?!0|none\b|no\b)\S|^(?:also|and|plus) (?:shared|visible|shown|seen|sent|with|\d)|^hidden from (?:\d|some|several)/iu,
  // What a line of its row says of it. The words that name it only count where they say a state by themselves; beside what
  // is no control, many words have nothing to do with it.
  deniesIt(element, text, { isName, isPicture }) {
    if (isName) return this.said(text);
    if (this.fits(element, "select") || isPicture) return this.hinted(text);
    const lead = text.replace(/^(?:(?:this|it|setting|is|are|has been|was|currently|now)\s+)+/i, "");
    return this.said(text) || (this.denies.exec(lead)?.index === 0 && !/^\p{L}+-/u.test(lead) ? this.hinted(lead) : "");
  },
  nowIs: /^(?:now|currently?|(?:the |your )?(?:current|actual|effective|present) .*|(?:your )?(?:state|status|setting|choice|audience|selection)|in (?:effect|use)|active|applied|effective)$/i,
  // The lines of its row that speak of it, and how each does. Of a line that begins with the name of another thing, none.
  rowLines(element) {
    const group = this.groupOf(element), own = group.flatMap((one) => [one, ...this.labelsOf(one)]);
    const near = [...new Set(group)].flatMap((one) => this.nearby(one)), isOne = this.fits(element, this.stateful), mine = this.box(element);
    const found = near.filter(([, box, holder]) => !own.some((one) => this.around(one, holder)) && this.isAbout(group, near, box, holder));
    const lines = found.map(([piece, box, holder], number) => {
      const block = this.block(holder), whole = this.around(block, element) ? piece : this.shown(block), text = whole.length > 90 ? piece : whole;
      const control = holder.closest("label, button, a, summary, [role=button], [role=link]");
      const subject = /^([^:]{2,40}):\s/.exec(text)?.[1];
      return {
        text,
        onControl: Boolean(control),
        ofOther: Boolean(subject && !this.nowIs.test(subject)),
        isName: isOne && (number === 0 || Boolean(holder.closest("h1, h2, h3, h4, h5, h6, legend, label, th, dt, [role=heading]")) || (this.inLine(box, mine) && box.right <= mine.left)),
      };
    });
    const pictures = isOne ? [] : [...this.ofPictures(element, own)].filter(([, box, holder]) => this.isAbout(group, near, box, holder));
    const others = [...this.marked(element), ...(isOne ? [...this.ofPictures(element, own), ...this.outOfUse(element)] : pictures)];
    return [...lines, ...others.map(([text]) => ({ text, isPicture: true }))];
  },
  // A round button stands for its group.
  groupOf(element) {
    if (element.localName !== "input" || element.type !== "radio" || !element.name) return [element];
    return this.below(element.form ?? element.getRootNode(), `input[type=radio][name="${CSS.escape(element.name)}"]`).filter((one) => one.form === element.form);
  },
  // Whether a piece of text near a list, a text or a button is of its row: not of another cell, nor after the beginning of
  // a line of its own; nor, of a group, of one of its choices.
  isAbout(group, near, box, holder) {
    const [element] = group, mine = this.box(element);
    if (group.length > 1) {
      const whole = [...this.upwards(element)].find((one) => group.every((other) => this.around(one, other)));
      return Boolean(element.compareDocumentPosition(holder) & Node.DOCUMENT_POSITION_PRECEDING) || !this.around(whole, holder);
    }
    if (this.fits(element, this.stateful)) return true;
    const cell = holder.closest(`${this.cells}, dd, dt`), down = Math.max(box.top - mine.bottom, mine.top - box.bottom);
    if (cell && !this.around(cell, element)) return false;
    if (down > 48 || (this.fits(element, "button, [role=button]") && ![element, null].includes(this.nearestControl(box, this.controls)))) return false;
    if (this.inLine(box, mine)) return true;
    const block = this.block(holder);
    return !near.some(([, other, one]) => this.block(one) !== block && this.inLine(other, box) && other.right <= box.left);
  },
  chosenOf(element) {
    if (element.localName === "select") return this.plain(element.selectedOptions[0]?.text ?? "");
    if (element.type === "radio") return this.namesOf(element).at(-1) ?? "";
    return this.shown(element) || this.plain(this.attribute(element, "aria-label") ?? "");
  },
  // Whether words beside it name another choice than the one that is made.
  choosesOtherwise(element, known) {
    const chosen = this.chosenOf(element), group = this.groupOf(element);
    if (element.localName === "select") {
      const others = [...element.options].filter((option) => !option.selected).map((option) => this.plain(option.text)).filter(Boolean);
      return this.nearby(element).some(([text, , holder]) => {
        if (this.around(element, holder)) return false;
        const whole = this.shown(this.block(holder), element);
        return others.some((other) => this.choosesNow(text, other) || this.isNow(whole, other, chosen));
      });
    }
    const others = [...(group.length > 1 ? group.map((one) => this.chosenOf(one)) : known)].filter((other) => other && !this.hasWord(chosen, other));
    return this.rowLines(element).some(({ text, ofOther }) => !ofOther && others.some((other) => this.choosesNow(text, other) || this.isNow(text, other, chosen)));
  },
  hasWord(text, words) {
    return new RegExp(`(?<![\\p{L}\\p{N}])${this.literal(words)}(?![\\p{L}\\p{N}])`, "iu").test(text);
  },
  isNow(text, other, chosen) {
    if (text.length > 90 || !/\b(?:now|current(?:ly)?|in use|at the moment|right now)\b/i.test(text)) return false;
    return this.hasWord(text, other) && !this.hasWord(text, chosen);
  },
  choosesNow(text, other) {
    const end = text.replace(/[.!\s]+$/u, "");
    return end.endsWith(other) && /(?:[:–—-]|\b(?:is|now|currently|use)\b)\s*$/iu.test(end.slice(0, -other.length));
  },
})
