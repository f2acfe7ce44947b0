// What stands over a control, or before it, and makes it something else than it seems.
({
  mock: "figure, aside, template, [class*=preview i], [class*=mockup i], [class*=example i], [class*=demo-i]",
  isAPicture(element) {
    const around = element.closest(this.mock);
    return Boolean(around && around !== document.body && around !== document.documentElement);
  },
  turnsRound: /^(?:opt(?:ing)? out|never|do not|don['’]t|stop|exclude|except|without|not)\b/iu,
  otherwise: /\b(?:suggest(?:ed|ions?)?|we suggest|recommend(?:ed|ations?)|preview|example|how it (?:looks|works)|how to|for new|new (?:profile|account)|guest mode|old phone|previous)\b|\b(?:with|from|after|until) (?:plus|pro|premium|\d|january|february|march|april|may|june|july|august|september|october|november|december)\b/iu,
  // The words over a control: the legends around it, and the heading next before it in each part that holds it.
  *heads(element) {
    for (const one of this.upwards(element)) {
      if (one === document.body || one === document.documentElement) return;
      const legend = [...this.of(one, "children")].find((child) => child.localName === "legend");
      if (legend) yield legend;
      for (let before = one.previousElementSibling; before; before = before.previousElementSibling) {
        const head = this.fits(before, "h1, h2, h3, h4, h5, h6, [role=heading]") ? before : this.below(before, "h1, h2, h3, h4, h5, h6, [role=heading]").at(-1);
        if (head && this.drawn(head)) { yield head; break; }
      }
    }
  },
  // Whether one of them says that what is under it is off, turned round, or no setting of this person now.
  headsDeny(element) {
    for (const head of this.heads(element)) {
      const text = this.shown(head);
      if (["off", "unsure"].includes(this.said(text)) || /\((?:not|off|paused|disabled)\b/i.test(text)) return true;
      if (this.turnsRound.test(text) || this.otherwise.test(text)) return true;
      if (this.below(head, "[role=switch], [role=checkbox], input[type=checkbox]").some((one) => !this.isOn(one))) return true;
    }
    return this.turnedRound(element);
  },
  // Whether the line that leads up to a control, or to its label, turns it round.
  turnedRound(element) {
    const start = [...(element.labels ?? [])].find((label) => label.contains(element)) ?? element, block = this.block(this.up(start) ?? start);
    const [before] = block === start ? [""] : this.aroundText(start, block);
    const above = block.previousElementSibling, led = above && /:\s*$/.test(this.shown(above)) ? this.shown(above) : "";
    return [before.trim(), led].some((text) => /(?:^|[.!?]\s*)(?:opt out|never|do not|don['’]t|stop|not)\b[^.!?]*:?\s*$/iu.test(text) && text.length < 60);
  },
})
