// What stands over a control, or before it, and makes it something else than it seems.
({
  mock: "figure, aside, template, [class*=preview i], [class*=mockup i], [class*=example i], [class*=demo-i]",
  isAPicture(element) {
    const around = element.closest(this.mock);
    return Boolean(around && around !== document.body && around !== document.documentElement);
  },
  turnsRound: /^(?:opt(?:ing)? out|never|do not|don['’]t|stop|exclude|except|without|not)\b/iu,
  otherwise: /\b(?:preview|example|how it (?:looks|works)|how to|for new|new (?:profile|account)|guest mode|old phone|previous)\b|\b(?:with|from|after|until) (?:plus|pro|premium|\d|january|february|march|april|may|june|july|august|september|october|november|december)\b/iu,
  // Settings that somebody suggests are not those of the person; but a site may have settings for things that it suggests.
  suggests: /(?<!\b(?:friend|account|content|post|contact|people|page|group|video|search|product|topic|app|and|&) )\b(?:suggest(?:ed|ions?)?|recommend(?:ed|ations?)?)\b(?! (?:content|posts?|videos?|people|friends?|accounts?|users?|pages?|groups?|channels?|topics?|articles?|ads?|adverts?|apps?|products?|stories|items?|music|contacts?|replies|searches|news|jobs|creators?|events?|reels?|feeds?|emails?)\b)/iu,
  // Whether a head is that of what holds for a whole group, where each of its people may have something else.
  isOfAGroup(text) {
    const what = "(?:defaults?(?: settings?| values?| choices?)?|polic(?:y|ies))";
    const people = `(?:${this.groupsOfPeople}|(?:new |all )?(?:members|users|pupils|students|staff|people|everyone|everybody))`;
    return new RegExp(`^\\W*(?:(?:the|your|our) )?(?:${this.groupsOfPeople})(?:['’]s)? (?:\\p{L}+ )?${what}\\W*$|^\\W*${what} (?:for|of|at|in) (?:(?:the|your|our) )?${people}(?!\\p{L})`, "iu").test(text);
  },
  groupsOfPeople: "site|system|global|organi[sz]ation|school|district|team|workspace|company|domain|tenant|server|community",
  heading: "h1, h2, h3, h4, h5, h6, [role=heading]",
  headedBy: /(?:^|\s)\S*(?:card|panel|section|group|list|settings|accordion)[-_]*(?:header|heading|title|head)(?:$|\s)/i,
  // The words over a control: the legends, captions and summaries around it, the heads of its column, and the heading next
  // before it in each part that holds it.
  *heads(element) {
    if (!this.fits(element, "[type=radio], [role=radio]")) for (const [head] of this.columnHeads(element)) yield head;
    for (const one of this.upwards(element)) {
      if (one === document.body || one === document.documentElement) return;
      const over = [...this.of(one, "children")].find((child) => this.fits(child, "legend, caption, summary"));
      if (over && !this.around(over, element)) yield over;
      for (let before = one.previousElementSibling; before; before = before.previousElementSibling) {
        const head = this.isAHead(before, element) ? before : this.below(before, this.heading).at(-1);
        if (head && this.drawn(head)) { yield head; break; }
      }
    }
  },
  isAHead(element, under) {
    if (this.fits(element, this.heading)) return true;
    if (this.headedBy.test(this.attribute(element, "class") ?? "") && !this.around(this.ownPart(under), element)) return true;
    const unfolded = [element, ...this.below(element, "[aria-expanded=true]")].find((one) => this.fits(one, "[aria-expanded=true]"));
    return Boolean(unfolded && this.pointedAt(unfolded, "aria-controls").some((part) => this.around(part, under)));
  },
  // Whether one of them says that what is under it is off, turned round, or no setting of this person now.
  headsDeny(element) {
    for (const head of this.heads(element)) {
      const text = this.shown(head);
      if (["off", "unsure"].includes(this.said(text)) || /\((?:not|off|paused|disabled)\b/i.test(text)) return true;
      if ([this.turnsRound, this.otherwise, this.suggests].some((kind) => kind.test(text)) || this.isOfAGroup(text)) return true;
      if (this.fits(head, this.cells)) {
        if (this.other.test(text)) return true;
        continue;
      }
      if (!this.ticksAll(text) && this.below(head, this.boxes).some((one) => !this.isOn(one))) return true;
      if (this.isOver(head, element) && this.denied([...this.badges(head), ...this.linesUnder(head, element)], element)) return true;
    }
    return this.turnedRound(element) || this.masterIsOff(element) || this.isAnothers(element);
  },
  // Whether no row of another part stands between a head and a control.
  isOver(head, element) {
    for (const part of this.upwards(head)) {
      if (this.around(part, element)) return true;
      const rows = this.below(part, this.stateful).filter((one) => !this.around(head, one) && this.shownBox(one));
      if (part !== head && rows.some((one) => head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
    }
    return false;
  },
  // Whether one of these words says that what is under them is off, which one that is off itself does not contradict.
  denied(words, element) {
    const isOff = this.fits(element, this.stateful) && !this.fits(element, "select, [role=combobox]") && !this.isOn(element);
    return words.some((said) => said === "unsure" || (said === "off" && !isOff));
  },
  // What the pieces of a head say that are no part of its title: what is set apart at its end, or has a ground or an edge
  // of its own, and what its buttons would do.
  *badges(head) {
    const parts = [...this.parts(head)], isOfTheTitle = /\b(?:turn|switch|shut|log|sign|take|time|days?|hands|opt|it is|is)\s+\S+$/i.test(this.shown(head));
    for (const [number, [text, , holder]] of parts.entries()) {
      if (holder.closest("button, a, [role=button]") && this.pressed(text, holder)) yield this.pressed(text, holder);
      if (holder === head || parts.length === 1) continue;
      const style = getComputedStyle(holder), isApart = this.filled(style) || parseFloat(style.borderTopWidth) > 0;
      if (isApart || (number === parts.length - 1 && !isOfTheTitle)) yield this.said(text);
    }
  },
  // What the lines between a head and the first row under it say: as far as they are sentences, for the name of a row may
  // come after them.
  *linesUnder(head, element) {
    for (let one = this.nextTo(head, element); one; one = this.nextTo(one, element)) {
      while (one !== element && this.around(one, element) && one.firstElementChild) one = one.firstElementChild;
      if (this.around(one, element) || this.fits(one, this.heading) || this.fits(one, this.stateful) || this.below(one, this.stateful).length) return;
      const text = this.shown(one);
      if (!text || this.fits(one, "a, label")) continue;
      const said = this.said(text) || (this.ofThePart.test(text) ? this.hinted(text) : "");
      if (said) yield said;
      else if (!/[.!?…:]$/.test(text)) return;
    }
  },
  ofThePart: /^(?:this|these|the|all(?: of)?(?: the| these| your)?) (?:section|settings?|controls?|options?|features?|part|group|page|rules?|limits?)\b/i,
  nextTo(element, under) {
    for (const one of this.upwards(element)) {
      if (this.around(one, under)) return null;
      if (one.nextElementSibling) return one.nextElementSibling;
    }
    return null;
  },
  // Whether the line that leads up to a control, or to its label, turns it round.
  turnedRound(element) {
    const start = [...(element.labels ?? [])].find((label) => label.contains(element)) ?? element, block = this.block(this.up(start) ?? start);
    const [before] = block === start ? [""] : this.aroundText(start, block);
    const above = block.previousElementSibling, led = above && /:\s*$/.test(this.shown(above)) ? this.shown(above) : "";
    return [before.trim(), led].some((text) => /(?:^|[.!?]\s*)(?:opt out|never|do not|don['’]t|stop|not)\b[^.!?]*:?\s*$/iu.test(text) && text.length < 60);
  },
  switchesOff: /^(?:disable|deactivate|(?:turn|switch) off)\b/iu,
  negative: /(?:^|[^a-z])(?:not?|non|dont|never|opt|stop|exclude|except|without|disabled?|deny|hide|off|block|un)(?:$|[^a-z])|noindex|disable|hide|optout|off$/i,
  // Whether a box has a label that begins with a denial, which is no part of what it was looked for by: of its words, or of
  // the name of its field.
  negated(element, listed) {
    if (this.fits(element, "[type=radio], [role=radio]")) return false;
    const fields = [this.attribute(element, "name"), this.attribute(element, "id")].map((name) => (name ?? "").replace(/([a-z])([A-Z])/g, "$1_$2"));
    if (!listed.size && fields.some((name) => this.negative.test(name))) return false;
    const lines = [...this.linesOf(element)].map(([text]) => text).filter((text) => [...listed].some((name) => text.includes(name)));
    const labels = this.labelsOf(element).map((label) => this.shown(label, element));
    return [...labels, ...lines].some((text) => ![...listed].some((name) => text.startsWith(name)) && [this.turnsRound, this.switchesOff].some((kind) => kind.test(this.joined(text))));
  },
})
