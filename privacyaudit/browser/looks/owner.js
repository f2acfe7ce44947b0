// Whether something over a control chooses whose settings it shows, and has chosen somebody else.
({
  you: /\((?:you|me|yourself|du|ich|sie selbst|vous|moi|tú|tu|jij|io)\)\s*$/i,
  // What is also one of those who may see something, where it does not stand on a tab or under such words.
  yours: /^(?:you|yourself|myself|me|(?:my|your)(?: own)? (?:account|profile|settings))$/i,
  choosesWhose: /\b(?:settings (?:for|of)|acting as|view(?:ing)? as|whose|switch (?:account|profile|to)|manage(?: settings)? for)\b/i,
  isAnothers(element) {
    return this.all("select").some((list) => this.isOfAnother(list, element)) || this.all("[role=tablist], [role=radiogroup], [role=listbox]").some((group) => this.isAtAnother(group, element));
  },
  comesBefore(one, element) {
    return one !== element && !this.around(one, element) && !this.around(element, one) && Boolean(one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) && this.shownBox(one);
  },
  isOfAnother(list, element) {
    if (!this.comesBefore(list, element)) return false;
    const label = [...this.labelsOf(list).map((one) => this.shown(one, list)), this.attribute(list, "aria-label") ?? ""].join(" ");
    const isMine = (option) => this.you.test(this.plain(option.text)) || (this.choosesWhose.test(label) && this.yours.test(this.plain(option.text)));
    return [...list.options].some(isMine) && ![...list.selectedOptions].some(isMine);
  },
  isAtAnother(group, element) {
    if (!this.comesBefore(group, element)) return false;
    const ways = this.below(group, "[role=tab], [role=radio], [role=option]");
    const isMine = (text) => this.you.test(text) || (this.fits(group, "[role=tablist]") && /^you$/i.test(text));
    const mine = ways.filter((one) => isMine(this.shown(one))), chosen = ways.filter((one) => ["aria-selected", "aria-checked"].some((name) => this.attribute(one, name) === "true"));
    return mine.length > 0 && chosen.length > 0 && !chosen.some((one) => mine.includes(one));
  },
})
