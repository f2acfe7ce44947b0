// Whether another control says otherwise: one of the same name, one of the same group, or a box in, around or next to it.
({
  boxes: "input[type=checkbox], [role=checkbox], [role=switch]",
  // Whether a box in the control, around it, or next to it shows another state, or it has two states itself.
  differsFromItsBox(element, on) {
    if (this.hasTwoStates(element) || this.sharesItsGroup(element, on)) return true;
    const around = this.up(element)?.closest?.("[aria-checked], [aria-pressed]");
    if (around && this.fits(around, "[role=switch], [role=checkbox], [aria-pressed]") && this.isOn(around) !== on) return true;
    if (this.below(element, this.boxes).some((one) => this.isOn(one) !== on)) return true;
    const shared = [...(element.labels ?? [])].flatMap((label) => this.below(label, this.boxes));
    if (shared.some((one) => one !== element && this.shownBox(one) && this.isOn(one) !== on)) return true;
    return [element.previousElementSibling, element.nextElementSibling].some((one) =>
      one && this.fits(one, "input[type=checkbox][aria-hidden=true]") && this.shownBox(one) && this.isOn(one) !== on);
  },
  // Whether what the browser knows of a box and what the page says of it differ.
  hasTwoStates(element) {
    const said = this.attribute(element, "aria-checked");
    return element.localName === "input" && ["true", "false", "mixed"].includes(said) && said !== String(element.checked);
  },
  // Whether another one is chosen in a group of which one can be.
  sharesItsGroup(element, on) {
    const kind = ["[role=radio]", "[aria-pressed]"].find((one) => this.fits(element, one));
    const group = kind && on && element.closest("[role=radiogroup], [role=group], fieldset");
    return Boolean(group) && this.below(group, kind).some((one) => one !== element && one.closest("[role=radiogroup], [role=group], fieldset") === group && this.shownBox(one) && this.isOn(one));
  },

  // -- the same name -------------------------------------------------------------------------------
  namesOf(one) {
    const labels = this.labelsOf(one).map((label) => this.shown(label, one));
    return [this.attribute(one, "aria-label") ?? "", ...labels].map((name) => this.plain(name)).filter(Boolean);
  },
  // Whether another control bears the same name, and is of another kind or stands otherwise.
  hasATwin(element, on, listed) {
    return this.twins(element, listed).some((one) => this.fits(one, "select, [type=radio], [role=radio], [role=combobox]") || this.isOn(one) !== on);
  },
  // Whether another list of the same name shows another choice, or a box of that name is not ticked.
  listHasATwin(element, { names, apart }) {
    if (apart || !this.fits(element, "select")) return false;
    const chosen = (list) => this.plain(list.localName === "select" ? list.selectedOptions[0]?.text ?? "" : list.value ?? this.shown(list));
    return this.twins(element, new Set(names.map((name) => this.plain(name)))).some((one) =>
      (this.fits(one, "select, [role=combobox]") ? chosen(one) !== chosen(element) : this.fits(one, this.boxes) && !this.isOn(one)));
  },
  // The other controls of the names that are listed, and those of its own name that stand under the same words.
  twins(element, listed) {
    const own = new Set(this.namesOf(element));
    return this.all(this.stateful).filter((one) => {
      if (one === element || this.around(one, element) || this.around(element, one) || !this.shownBox(one)) return false;
      const names = [...this.namesOf(one), this.fits(one, "select, input") ? "" : this.shown(one)];
      if (names.some((name) => listed.has(name))) return true;
      return !this.fits(one, "[type=radio], [role=radio]") && names.some((name) => own.has(name)) && this.standAlike(element, one);
    });
  },
  // Whether two of one name stand under the same heading and beside the same words, and are no part of what comes again.
  standAlike(one, other) {
    if (this.under(one) !== this.under(other)) return false;
    const all = this.all(this.stateful).filter((control) => this.shownBox(control)), [first, second] = [one, other].map((control) => all.indexOf(control));
    return ![-1, 1].some((step) => {
      const [mine, yours] = [all[first + step], all[second + step]].map((control) => (control ? this.namesOf(control).at(-1) : ""));
      return mine && mine === yours && all[first + step] !== all[second + step] && !this.namesOf(one).includes(mine);
    });
  },
  rows: "tr, li, dd, fieldset, [role=row], [role=listitem], [role=group], [role=radiogroup], section, article",
  under(element) {
    const head = [...this.heads(element)][0], row = element.closest(this.rows), part = element.closest("[aria-label]:not(input, select, button)");
    const named = this.namesOf(element), mine = this.box(element);
    const words = [...this.parts(row ?? this.up(element) ?? element)].filter(([text, box, holder]) =>
      !named.includes(text) && !holder.closest("label, button, a, select") && (row ? true : this.inLine(box, mine)));
    return [head ? this.shown(head) : "", part ? this.attribute(part, "aria-label") : "", words[0]?.[0] ?? ""].join("\n");
  },
})
