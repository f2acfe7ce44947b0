// Whether what was counted is all there is, and all of one kind.
({
  // Whether one of several that are counted is there for a person: drawn, on the page, not struck out or out of use, and
  // of the shape of those beside it.
  counts(element) {
    const box = this.box(element);
    if (!this.drawn(element) || this.struck(element) || box.right + scrollX <= 0 || element.disabled || this.isPlaced(element)) return false;
    for (const one of this.upwards(this.up(element))) {
      if (one === document.body) break;
      const style = getComputedStyle(one), frame = this.box(one);
      if (/hidden|clip/.test(style.overflowX) && (box.right <= frame.left || box.left >= frame.right)) return false;
    }
    return this.isAnItem(element);
  },
  items: "li, [role=listitem], tr, [role=row], article, [role=article]",
  isAnItem(element) {
    if (!this.fits(element, this.items)) return true;
    if (this.below(element, this.items).length || this.below(element, "*").some((one) => this.strikes(one))) return false;
    const words = [...element.childNodes].map((node) => node.textContent).join(" ");
    if (/^\s*(?:no|none|nothing|you have no|there are no|keine?|aucune?)\b/i.test(words)) return false;
    const beside = [...this.of(this.up(element), "children")].filter((one) => one.localName === element.localName);
    return beside.every((one) => this.shape(one) === this.shape(element));
  },
  strikes(element) { return getComputedStyle(element).textDecorationLine.includes("line-through"); },
  // What controls an item has, whether it has words beside them, and whether all of them are bold, as in a head.
  shape(item) {
    const controls = this.below(item, "a, button, input, select, [role=button], [role=link]").map((one) => one.localName);
    const texts = [...this.parts(item)].filter(([, , holder]) => !holder.closest("a, button, select, [role=button], [role=link]"));
    const bold = texts.length > 0 && texts.every(([, , holder]) => Number(getComputedStyle(holder).fontWeight) >= 600);
    return [item.getAttribute("role"), ...new Set(controls), texts.length > 0, bold].join();
  },

  onward: /^(?:show|see|view|load) (?:\d+ )?(?:more|all|older|others?|everything|history)\b|^(?:next|older|earlier|others?|more)\b.{0,12}$|^\+?\s*\d+(?: more\b.*)?$|^and \d+ (?:more|others?)\b|^(?:all|full|rest)\b|^(?:continue|expand)$|^(?:manage|see|view|show|check|review|find)\b.*\b(?:all|else|others?|more)\b|^(?:mehr|alle|weitere|voir (?:tou|plus)|afficher (?:tou|plus)|ver (?:tod|más)|mostra(?:r)? (?:tutt|altr|mais|más)|toon (?:alle|meer)|vis (?:alle|flere)|pokaż)|^[\s.…⋯›»→▼>]+$/i,
  ends: /^(?:sign out|log ?out|log off|remove|revoke|end(?: session)?|disconnect|abmelden|déconnecter|cerrar sesión)$/i,
  presses: "a, button, summary, label, [role=button], [role=link]",
  numbers: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
  // Whether something says that a list of so many goes on: another page, a button for more, a greater number of all,
  // more to scroll.
  more(root, count) {
    for (const element of this.within(document)) {
      if (this.fits(element, "[rel~=next], [aria-label*=pagination i], [aria-label*='next page' i]") && this.drawn(element)) return true;
      const length = Number(this.attribute(element, "aria-setsize") ?? this.attribute(element, "aria-rowcount") ?? 0);
      if (length > count || length < 0) return true;
      if (this.fits(element, "nav a") && /^\d+$/.test(this.shown(element))) return true;
      if (this.fits(element, this.presses) && this.leadsOn(element)) return true;
    }
    if (this.drawnInPart || this.isFiltered(root) || this.saysSome(root)) return true;
    if (this.rowsOfTabs().some((row) => !this.isInAnItem(root, row) && !this.isInAnotherPart(root, row) && this.standsWith(root, row))) return true;
    return this.narrowed(root) || this.saysMore(root, count) || this.saysOthers(root, count) || this.scrollsOn(root);
  },
  leadsOn(element) {
    const names = ["aria-label", "title"].map((name) => this.attribute(element, name) ?? "");
    return [...names, ...this.wordsOfPictures(element), this.shown(element)].some((name) => this.onward.test(name.trim()));
  },
  // Whether the part shows only some of them, or has a button of which nobody can tell what it does.
  narrowed(root) {
    const outside = this.all("input[type=search], [role=searchbox], [aria-pressed=true], [role=tab][aria-selected=true]");
    if (outside.some((one) => this.drawn(one) && !one.closest("header, nav, footer, [role=banner]") && (one.value || !this.fits(one, "input")))) return true;
    if (root === document.body) return false;
    if (this.below(root, "details:not([open]), [aria-expanded=false]").some((one) => this.drawn(one))) return true;
    if (this.below(root, "button, a, [role=button]").some((one) => !one.closest(this.items) && this.drawn(one) && this.ends.test(this.shown(one)))) return true;
    return [...this.within(root)].some((one) => {
      if (this.fits(one, "select, [role=tab], input[type=search], [role=searchbox], [aria-pressed=true]")) return this.drawn(one);
      if (!this.fits(one, "button, [role=button], a[href]") || one.closest(this.items) || !this.drawn(one)) return false;
      return !this.shown(one) && !["aria-label", "title"].some((name) => this.attribute(one, name));
    });
  },
  saysMore(root, count) {
    const own = this.shown(root), all = this.shown(document.body);
    if (/\bnot all\b|^\+\s*\d|\s\+\s*\d|\b(?:are|is) (?:listed|shown|found|managed) (?:in|on|under|elsewhere)\b/i.test(own)) return true;
    if ([...this.parts(root)].some(([text]) => /\b(?:past|last|previous) (?:\d+ )?(?:hours?|days?|weeks?|months?|year)\b\s*:?\s*$/i.test(text))) return true;
    const greater = (text, pattern) => [...text.matchAll(pattern)].some(([, number]) => this.number(number) > count);
    const some = `(\\d+|${this.numbers.join("|")})`;
    if (greater(all, new RegExp(`\\b${some} (?:\\p{L}+ )?(?:${this.things}s|people)\\b`, "giu")) || greater(all, /\b\d+\s*(?:of|\/)\s*(\d+)\b/gi)) return true;
    if (greater(own, new RegExp(`\\b(?:total|all|count|number|altogether|insgesamt)\\b\\s*(?:of\\b)?[:\\s(]*${some}\\b`, "giu"))) return true;
    const other = /\b(\d{1,4})\b(?!\s*(?:[:%]|min|sec|hour|days?\b|weeks?\b|months?\b|years?\b|times?\b|h\b|am\b|pm\b|gb|mb|st\b|nd\b|rd\b|th\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[.:]\d)/gi;
    if ([...this.parts(root)].some(([text, , holder]) => !holder.closest(this.items) && greater(text, other))) return true;
    return this.below(root, this.items).some((item) => this.standsForMore(item));
  },
  things: "(?:device|session|place|browser|item|result|entr(?:y|ie)|app|row|log-?in|sign-?in|computer|phone|tablet|account|connection)",
  // Whether a line with a list says that there is another one beside those that are shown. One that says of how many all
  // of them are, as "this device and 1 other", does not, where so many are.
  saysOthers(root, count) {
    const some = `(?:\\d+|one|${this.numbers.join("|")})`, ends = `(?=\\s*(?:$|[.,;:!()–—])|\\s(?:${this.things}s?|people|person|is|are)\\b)`;
    const others = new RegExp(`\\b(${some}) (?:others\\b|(?:more|further|additional|other)${ends})|(?:\\band|\\bplus|&) another${ends}`, "iu");
    const all = new RegExp(`\\b(?:this|current) (?:\\p{L}+ )?(?:and|plus|&) ${some} others?\\b`, "iu");
    return [...this.rowsSaying(others)].some(([text, holder]) => {
      if (!this.isOutside(holder) || this.isInAnotherPart(root, holder) || !this.standsWith(root, holder)) return false;
      return text.split(/(?<=[.!?…])\s+/u).some((one) => {
        const number = /^one$/i.test(others.exec(one)?.[1] ?? "one") ? 1 : this.number(others.exec(one)[1]);
        return others.test(one) && !this.advising.test(one) && number > 0 && !(all.test(one) && number + 1 === count);
      });
    });
  },
  number(word) { return this.numbers.includes(word.toLowerCase()) ? this.numbers.indexOf(word.toLowerCase()) + 2 : Number(word); },
  scrollsOn(root) {
    const scrolls = (one) => {
      const style = getComputedStyle(one);
      if (/auto|scroll/.test(style.overflowY) && this.of(one, "scrollHeight") > this.of(one, "clientHeight") + 8) return true;
      return /auto|scroll/.test(style.overflowX) && one !== document.documentElement && this.of(one, "scrollWidth") > this.of(one, "clientWidth") + 8;
    };
    for (const one of this.upwards(root)) if (one !== document.body && one !== document.documentElement && scrolls(one)) return true;
    return [...this.within(root)].some(scrolls);
  },
})
