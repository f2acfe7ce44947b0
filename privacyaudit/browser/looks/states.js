// What words say of a state, and whether any of them says the contrary of the control; and whether it stays as it is.
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
  ons: "on|yes|enabled|active|activated|(?:turned|switched) on|ein|an|aktiv|aktiviert|eingeschaltet|ja|oui|activée?|sí|activad[oa]|sì|attiv[oa]|attivat[oa]|aan|ingeschakeld|ligado|ativad[oa]|på|włączon[eay]|オン|开启|已开启|تشغيل|вкл(?:ючено)?|ymlaen",
  offs: "off|no|disabled|inactive|deactivated|(?:turned|switched) off|not (?:on|active|activated|enabled|in (?:effect|use|force))|aus|inaktiv|deaktiviert|ausgeschaltet|nicht aktiv|nein|non|désactivée?|inacti(?:f|ve)|desactivad[oa]|disattivat[oa]|spent[oa]|uit|uitgeschakeld|desligado|desativad[oa]|av|wyłączon[eay]|オフ|关闭|已关闭|إيقاف|выкл(?:ючено)?|(?:i|wedi) ?(?:ffwrdd|diffodd)|(?:noch |zurzeit |derzeit )?nicht aktiv",
  // Words of which one in a short line says that the control may not be what counts: it is off, or for some only.
  denies: /(?<![\p{L}\p{N}])(?:off|disabled|inactive|deactivated|paused|suspended|snoozed|overridden|overruled|inherited|ignored|locked|unavailable|expired|ended|pending|waiting|partly|partially|unverified|not (?:set up|active|available|applied|working|in use|yet|enabled|verified|supported)|no longer|for (?:some|\d+) of|different on|only (?:works|available|applies)|needs an?|requires?|deaktiviert|ausgeschaltet|pausiert|ohne wirkung|keine wirkung|désactivée?|suspendue?|sans effet|desactivad[oa]|en pausa|pausad[oa]|sospeso|disattivat[oa]|gepauzeerd|uitgeschakeld)(?![\p{L}\p{N}])/iu,
  affirms: /(?<![\p{L}\p{N}])(?:(?:turned|switched) on|enabled|activated|aktiviert|eingeschaltet|activée?|activad[oa]|attivat[oa]|ingeschakeld)(?![\p{L}\p{N}])/iu,
  turnsOn: /^(?:turn (?:it |this )?on|switch (?:it )?on|enable|activate|resume|unpause|einschalten|aktivieren|activer|activar|attiva)$/i,
  turnsOff: /^(?:turn (?:it |this )?off|switch (?:it )?off|disable|deactivate|pause|ausschalten|deaktivieren|désactiver|desactivar|disattiva)$/i,
  unsure: /^(?:paused|pending|suspended|expired|on hold|scheduled|coming soon|not yet|pausiert|en pause)(?=$|\s*[.,:;(–—-]|\s(?:by|for|until|since|your|approval|review|active|applied|in effect)\b)|^(?:starts?|begins?|takes effect|from) (?:on|in|at|tomorrow|soon|next|\d)|^(?:on|an) (?:for|in) (?:some|only|\d)|^(?:preview|example|sample|demo|illustration|beispiel|exemple|ejemplo|esempio)(?:$|[.:–—-]| mode\b)|\b(?:not (?:currently )?in (?:effect|force)|has no effect|does not apply)\b/i,
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
  // What a short line of its row says of a control, also where the word that says it stands anywhere in the line.
  hinted(text) {
    const said = this.said(text), clause = /^[^.;!(]+/.exec(text.trim())?.[0] ?? "";
    if (said || this.advises.test(clause) || clause.split(/\s+/).length > 8) return said;
    return this.denies.test(clause) ? "off" : this.affirms.test(clause) ? "on" : "";
  },
  // Whether a word that a person sees on the control, beside it, or of it anywhere, says the contrary of its state. One
  // that is `apart` is that of a part of the page, and others of its name belong to other parts.
  contrary(element, { names, apart }) {
    const on = this.isOn(element), listed = new Set(names.map((name) => this.plain(name)));
    if (this.disabled(element) || this.isAPicture(element) || this.differsFromItsBox(element, on) || this.headsDeny(element)) return true;
    const mine = this.box(element), words = [...this.wordsOf(element)].filter(([word]) => !listed.has(word));
    const ends = words.filter(([word, box]) => box && !word.includes(" ") && this.said(word) && this.inLine(box, mine));
    const both = ["on", "off"].every((state) => ends.some(([word]) => this.said(word) === state));
    const own = this.ownPart(element), isOfItsRow = (box, holder) => !box || this.around(own, holder) || this.inLine(box, mine);
    const says = words.filter((one) => !(both && ends.includes(one))).map(([word, box, holder]) =>
      this.pressed(word, holder) || (isOfItsRow(box, holder) ? this.hinted(word) : this.said(word)));
    const signs = this.sign(this.shown(element));
    if (says.includes("unsure") || (signs && signs !== (on ? "on" : "off")) || says.includes(on ? "off" : "on")) return true;
    return !apart && (this.deniedElsewhere(element, on, [...listed]) || this.hasATwin(element, on, listed));
  },
  // What a button beside it would do says how it is now.
  pressed(word, holder) {
    if (!holder?.closest?.("button, a, [role=button], [role=link]")) return "";
    return this.turnsOn.test(word) ? "off" : this.turnsOff.test(word) ? "on" : "";
  },
  // Whether the page says somewhere else, in a line with its name, or beside its name, that it is otherwise.
  deniedElsewhere(element, on, listed) {
    const names = [...listed, ...this.labelsOf(element).map((label) => this.shown(label, element))].filter(Boolean);
    if (!names.length) return false;
    const any = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    const line = new RegExp(`(?:^|\\s)(?:${any})\\s*(?:[:–—-]|\\bis\\b|\\bhas been\\b|\\bwas\\b|$)\\s*(.*)$`, "iu"), own = this.ownPart(element);
    for (const [text, holder] of this.saying(line)) {
      let rest = line.exec(text)[1];
      if (!rest && !this.around(own, holder)) {
        const beside = [holder, this.up(holder)].map((one) => one?.nextElementSibling).find((one) => one && this.shown(one));
        rest = beside ? this.shown(beside) : "";
      }
      const says = this.said(rest);
      if (says && says !== (on ? "on" : "off")) return true;
    }
    return false;
  },
})
