// Whether any words say the contrary of the control; and whether it stays as it is.
({
  // What each control has stood at, by its kind and name, for a page may draw it anew; and each that was asked about, since.
  been: new Map(),
  asked: new Map(),
  // Look again and again how each control stands, from the moment at which the page is there.
  follow() {
    setInterval(() => {
      const now = new Map();
      for (const root of this.followed) {
        for (const one of this.below(root, this.stateful)) {
          const key = this.keyOf(one);
          now.set(key, `${now.get(key) ?? ""}${this.standing(one)}`);
        }
      }
      for (const [key, state] of now) this.note(this.been, key, state);
      for (const [one, { take, been }] of this.asked) this.note(been, one, this.standing(one, take));
    }, 90);
  },
  note(known, key, now) {
    const been = known.get(key) ?? [];
    if (been.at(-1) !== now && been.length < 9) known.set(key, [...been, now]);
  },
  keyOf(element) {
    const name = this.attribute(element, "name") ?? this.attribute(element, "aria-label") ?? this.of(element, "textContent").trim().slice(0, 60);
    return `${element.localName} ${this.attribute(element, "type")} ${this.attribute(element, "role")} ${name}`;
  },
  // Whether a control has not come back to how it stood before, nor changed since it was asked about first.
  steady(element, take) {
    if (!this.asked.has(element)) this.asked.set(element, { take, been: new Map() });
    const { been } = this.asked.get(element), all = this.been.get(this.keyOf(element)) ?? [];
    this.note(been, element, this.standing(element, take));
    return new Set(all).size === all.length && been.get(element).length === 1;
  },
  standing(element, take) {
    const said = ["text", "name_rest"].includes(take) ? this.plain(this.of(element, "textContent")) : "";
    const given = ["aria-checked", "aria-pressed", "aria-label"].map((name) => this.attribute(element, name));
    const value = element.type === "password" ? "" : element.value, chosen = element.selectedOptions?.[0]?.text;
    return JSON.stringify([element.checked, value, chosen, ...given, said]);
  },
  isOn(element) {
    return element.checked ?? (element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed")) === "true";
  },
  // Whether a word that a person sees on the control, beside it, or of it anywhere, says the contrary of its state. One
  // that is `apart` is that of a part of the page, and others of its name belong to other parts.
  contrary(element, { names, apart }) {
    const on = this.isOn(element), listed = new Set(names.map((name) => this.plain(name)));
    if (this.disabled(element) || this.isAPicture(element) || this.differsFromItsBox(element, on) || this.headsDeny(element)) return true;
    if (this.negated(element, listed)) return true;
    const mine = this.box(element), lines = [...this.linesOf(element)];
    const words = [...this.wordsOf(element), ...lines].filter((one) => !listed.has(one[0]) && !this.onlyAdvises(one, lines) && !(one[2] && this.otherColumn(one[2])));
    const ends = words.filter(([word, box]) => box && !word.includes(" ") && this.said(word) && this.inLine(box, mine));
    const both = ["on", "off"].every((state) => ends.some(([word]) => this.said(word) === state));
    const own = this.ownPart(element), isOfItsRow = (box, holder) => !box || this.around(own, holder) || this.inLine(box, mine);
    const leadsTo = (word, holder) => this.halts.test(word) && holder?.closest?.("a, nav, [role=link], [role=tab]");
    const says = words.filter((one) => !(both && ends.includes(one))).map(([word, box, holder]) =>
      this.pressed(word, holder) || (isOfItsRow(box, holder) && !leadsTo(word, holder) ? this.hinted(word) : this.said(word)));
    const signs = this.sign(this.shown(element));
    if (says.includes("unsure") || (signs && signs !== (on ? "on" : "off")) || says.includes(on ? "off" : "on")) return true;
    return !apart && (this.deniedElsewhere(element, on, [...listed]) || this.hasATwin(element, on, listed));
  },
  // What a button beside it would do says how it is now.
  pressed(word, holder) {
    if (!holder?.closest?.("button, a, [role=button], [role=link], [type=button], [type=submit], [type=image]")) return "";
    return this.turnsOn.test(word) ? "off" : this.turnsOff.test(word) ? "on" : "";
  },
  // Whether the page says somewhere else, in a line with its name, or beside its name, that it is otherwise.
  deniedElsewhere(element, on, listed) {
    const names = [...listed, ...this.labelsOf(element).map((label) => this.shown(label, element))].filter(Boolean);
    if (!names.length) return false;
    const any = names.map((name) => this.literal(name)).join("|"), own = this.ownPart(element);
    const turned = "(?=(?:is |has been |was )?(?:now )?(?:(?:turned|switched) (?:on|off)|disabled|enabled|paused|deactivated)\\b)";
    const line = new RegExp(`(?:(?:^|\\s)(?:${any})\\s*(?:[:–—-]|\\bis\\b|\\bhas been\\b|\\bwas\\b|$)|^\\P{L}*(?:${any})\\P{L}+${turned})\\s*(.*)$`, "iu");
    for (const [text, holder, inOne] of [...this.saying(line), ...this.linesSaying(line)]) {
      let rest = line.exec(text)[1];
      if (!rest && inOne) continue;
      if (!rest && !this.around(own, holder)) {
        const beside = [holder, this.up(holder)].map((one) => one?.nextElementSibling).find((one) => one && this.shown(one) && this.isByOrUnder(one, holder));
        rest = beside ? this.shown(beside) : "";
      }
      const isNamed = !line.exec(text)[1] && names.includes(text) && !this.around(own, holder);
      const says = [rest, ...(isNamed && !this.said(rest) ? this.valuesUnder(holder) : [])].map((one) => this.said(one)).filter(Boolean);
      if (says.some((one) => one !== (on ? "on" : "off"))) return true;
    }
    return false;
  },
})
