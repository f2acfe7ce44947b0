// What words say of a state, and whether any of them says the contrary of the control; and whether it stays as it is.
({
  changes: "input, select, textarea, [role=switch], [role=checkbox], [role=radio], [aria-checked], [aria-pressed]",
  ways: new WeakMap(),
  asked: new Map(),
  // Look again and again how each control stands, from the moment at which the page is there.
  follow() {
    setInterval(() => {
      for (const root of this.followed) for (const one of this.below(root, this.changes)) this.note(this.ways, one);
      for (const [one, { take, ways }] of this.asked) this.note(ways, one, take);
    }, 90);
  },
  note(known, element, take) {
    const been = known.get(element) ?? [], now = this.standing(element, take);
    if (been.at(-1) !== now && been.length < 9) known.set(element, [...been, now]);
  },
  // Whether a control has not come back to how it stood before, nor changed since it was asked about first.
  steady(element, take) {
    if (!this.asked.has(element)) this.asked.set(element, { take, ways: new WeakMap() });
    const { ways } = this.asked.get(element);
    this.note(ways, element, take);
    this.note(this.ways, element);
    const been = this.ways.get(element);
    return new Set(been).size === been.length && ways.get(element).length === 1;
  },
  standing(element, take) {
    const said = ["text", "name_rest"].includes(take) ? this.plain(this.of(element, "textContent")) : "";
    const given = ["aria-checked", "aria-pressed", "aria-label"].map((name) => this.attribute(element, name));
    const value = element.type === "password" ? "" : element.value;
    return JSON.stringify([element.checked, value, ...given, said]);
  },
  ons: "on|yes|enabled|active|activated|(?:turned|switched) on|ein|an|aktiv|aktiviert|eingeschaltet|ja|oui|activée?|sí|activad[oa]|sì|attiv[oa]|attivat[oa]|aan|ingeschakeld|ligado|ativad[oa]|på|włączon[eay]",
  offs: "off|no|disabled|inactive|deactivated|(?:turned|switched) off|not (?:on|active|activated|enabled|in (?:effect|use|force))|aus|inaktiv|deaktiviert|ausgeschaltet|nicht aktiv|nein|non|désactivée?|inacti(?:f|ve)|desactivad[oa]|disattivat[oa]|spent[oa]|uit|uitgeschakeld|desligado|desativad[oa]|av|wyłączon[eay]",
  unsure: /^(?:paused|pending|suspended|expired|on hold|scheduled|coming soon|not yet|pausiert|en pause)(?=$|\s*[.,:;(–—-]|\s(?:by|for|until|since|your|approval|review|active|applied|in effect)\b)|^(?:starts?|begins?|takes effect|from) (?:on|in|at|tomorrow|soon|next|\d)|^(?:preview|example|sample|demo|illustration|beispiel|exemple|ejemplo|esempio)(?:$|[.:–—-]| mode\b)|\b(?:not (?:currently )?in (?:effect|force)|has no effect|does not apply)\b/i,
  advises: /\b(?:if|when|whenever|while|whether|unless|default|recommend(?:ed)?|turn(?:ing)? (?:it |this )?(?:on|off)|wenn|falls|standard|lorsque|si|cuando)\b/i,
  // What a piece of text says of a state: on, off, or that neither is sure; nothing where it only advises. Of a long one
  // the beginning counts, where it is a sentence of its own.
  said(text) {
    const whole = text.normalize("NFC").replace(/^[^\p{L}\p{N}]+/u, "").replace(/[^\p{L}\p{N}.!]+$/u, "");
    const lead = /^(?:(?:it(?: is|['’]s)|this is|is|are|currently|now|right now|state|status|temporarily|vorübergehend|aktuell|derzeit|actuellement)[:\s]+)*/i;
    if ([whole, whole.replace(lead, "")].some((one) => this.unsure.test(one))) return "unsure";
    const long = whole.length > 90 || this.advises.test(whole);
    const words = (long ? /^[^.;!–—(]+/.exec(whole)?.[0].trim() ?? "" : whole).replace(lead, "");
    if (long && (words.length > 40 || this.advises.test(words))) return "";
    const end = "(?=$|\\s*[.,;:!)(]|\\s[–—-]\\s|\\s(?:by|for|until|since|because|due|as|durch|von|bis|seit|par|jusqu)\\b)";
    const says = (list) => new RegExp(`^(?:${list})${end}`, "iu").test(words) || new RegExp(`(?:[:–—=]\\s*|\\b(?:is|are|currently|now|ist|est)\\s)(?:${list})[.!\\s]*$`, "iu").test(words);
    const off = says(this.offs), on = says(this.ons);
    return off === on ? (off ? "unsure" : "") : off ? "off" : "on";
  },
  isOn(element) {
    return element.checked ?? (element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed")) === "true";
  },
  // Whether a word that a person sees on the control, beside it, or of it anywhere, says the contrary of its state.
  contrary(element, names) {
    const on = this.isOn(element), listed = new Set((names ?? []).map((name) => this.plain(name)));
    if (element.closest("figure") || this.differsFromItsBox(element, on)) return true;
    const words = [...this.wordsOf(element)].filter((word) => !listed.has(word));
    const says = words.map((word) => this.said(word)), signs = this.sign(this.shown(element));
    if (says.includes("unsure") || (signs && signs !== (on ? "on" : "off"))) return true;
    const both = ["on", "off"].every((state) => words.some((word, which) => says[which] === state && !word.includes(" ")));
    if (!both && says.includes(on ? "off" : "on")) return true;
    return this.deniedElsewhere(element, on, [...listed]);
  },
  sign(text) { return /^[✓✔☑✅]|[✓✔☑✅]$/u.test(text) ? "on" : /^[✗✘☒☐❌]|[✗✘☒☐❌]$/u.test(text) ? "off" : ""; },
  // Whether no word on a control, or beside it, says that what it shows is not in effect.
  inEffect(element) { return ![...this.wordsOf(element)].some((word) => this.said(word) === "unsure"); },
  *wordsOf(element) {
    const labels = [...this.labelsOf(element), ...this.describers(element)];
    for (const one of [element, ...labels]) {
      for (const [text, , , styled] of this.parts(one)) yield* [text, ...styled];
      for (const picture of this.below(one, "img[alt], [role=img][aria-label], svg > title")) {
        const said = this.attribute(picture, "alt") ?? this.attribute(picture, "aria-label") ?? picture.textContent;
        if (this.shownBox(picture.localName === "title" ? this.up(picture) : picture)) yield this.plain(said);
      }
    }
    for (const [text, , holder, styled] of this.nearby(element)) {
      if (![element, ...labels].some((one) => this.around(one, holder))) yield text;
      yield* styled;
    }
  },
  boxes: "input[type=checkbox], [role=checkbox], [role=switch]",
  // Whether a box in the control, around it, or next to it shows another state.
  differsFromItsBox(element, on) {
    const around = this.up(element)?.closest?.("[aria-checked], [aria-pressed]");
    if (around && this.fits(around, "[role=switch], [role=checkbox], [aria-pressed]") && this.isOn(around) !== on) return true;
    if (this.below(element, this.boxes).some((one) => this.isOn(one) !== on)) return true;
    const shared = [...(element.labels ?? [])].flatMap((label) => this.below(label, this.boxes));
    if (shared.some((one) => one !== element && this.shownBox(one) && this.isOn(one) !== on)) return true;
    return [element.previousElementSibling, element.nextElementSibling].some((one) =>
      one && this.fits(one, "input[type=checkbox][aria-hidden=true]") && this.shownBox(one) && this.isOn(one) !== on);
  },
  // Whether the page says somewhere, in a line that begins with its name, that it is otherwise.
  deniedElsewhere(element, on, listed) {
    const names = [...listed, ...this.labelsOf(element).map((label) => this.shown(label, element))].filter(Boolean);
    if (!names.length) return false;
    const line = new RegExp(`^(?:${names.map((name) => RegExp.escape?.(name) ?? name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})\\s*[:–—-]\\s*(.+)$`, "iu");
    for (const [text] of this.saying(line)) {
      const says = this.said(line.exec(text)[1]);
      if (says && says !== (on ? "on" : "off")) return true;
    }
    return false;
  },
  // Whether words beside a list name another choice than the one that is made.
  choosesOtherwise(element) {
    if (element.localName !== "select") return false;
    const others = [...element.options].filter((option) => !option.selected).map((option) => this.plain(option.text)).filter(Boolean);
    return this.nearby(element).some(([text, , holder]) => !this.around(element, holder) && others.some((other) => text.endsWith(`: ${other}`)));
  },
})
