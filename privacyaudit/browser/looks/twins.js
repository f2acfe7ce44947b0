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
    const said = ["aria-checked", "aria-pressed"].map((name) => this.attribute(element, name)).filter((one) => ["true", "false", "mixed"].includes(one));
    if (new Set([...said, ...(element.localName === "input" ? [String(element.checked)] : [])]).size > 1) return true;
    const own = [element, ...this.below(element, "*").filter((one) => one.closest(this.stateful) === element)];
    return [...own.flatMap((one) => this.statesGiven(one)), ...this.statesSent(element)].some((state) => state !== this.isOn(element));
  },
  standsFor: new Map([...["", "1", "on", "true", "yes", "checked"].map((word) => [word, true]), ...["0", "off", "false", "no", "unchecked"].map((word) => [word, false])]),
  // What the attributes that a component gives an element say of its state.
  statesGiven(element) {
    const [word, checked, unchecked] = ["data-state", "data-checked", "data-unchecked"].map((name) => this.attribute(element, name)?.toLowerCase());
    return [word && this.standsFor.get(word), this.standsFor.get(checked), unchecked === "" ? false : undefined].filter((one) => typeof one === "boolean");
  },
  // What the hidden fields of a control that is no field itself say of its state: those in it or next to it, and those with
  // a word for it in its part. Of a control that sends its form, they say what it would be.
  statesSent(element) {
    if (this.fits(element, "input, select, textarea") || (element.localName === "button" && element.type === "submit" && element.form)) return [];
    const part = this.ownPart(element), found = this.below(element.closest("form") ?? this.up(element) ?? part, "input[type=hidden], input[type=checkbox]");
    const isNext = (one) => this.around(element, one) || [element.previousElementSibling, element.nextElementSibling].includes(one);
    return found.filter((one) => this.around(part, one) && !(one.type === "checkbox" && this.shownBox(one))).flatMap((one) => {
      if (one.type === "checkbox") return isNext(one) && !one.labels.length ? [one.checked] : [];
      return one.value && (isNext(one) || !/^\d/.test(one.value)) ? [this.standsFor.get(one.value.toLowerCase())] : [];
    }).filter((one) => one !== undefined);
  },
  groups: "[role=radiogroup], [role=group], [role=toolbar], fieldset",
  // Whether another one is chosen in a group of which one can be.
  sharesItsGroup(element, on) {
    const kind = ["[role=radio], [type=radio]:not([name])", "[aria-pressed]"].find((one) => this.fits(element, one));
    if (!kind || !on) return false;
    const group = element.closest(this.groups), part = group ?? (kind === "[aria-pressed]" ? null : this.groupAround(element, kind)), headOf = (one) => [...this.heads(one)][0];
    return Boolean(part) && this.below(part, kind).some((one) =>
      one !== element && one.closest(this.groups) === group && this.shownBox(one) && this.isOn(one) && (group || headOf(one) === headOf(element)));
  },
  // The part of the page in which others of its kind stand next to it.
  groupAround(element, kind) {
    return [...this.upwards(this.up(element))].find((one) => this.below(one, kind).length > 1);
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
