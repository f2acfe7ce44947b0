// Whether a list that is counted shows only some of what there is, or an item of it stands for several.
({
  filters: /^(?:show|view|display|filter|sort|status|period|include|exclude|only|hide|list|by)\b(?!.*\b(?:my|me|i)\b)/i,
  periods: /\b(?:last|past|previous) (?:(?:\d+|\p{L}+) )?(?:hours?|days?|weeks?|months?|quarter|years?)\b|\bsince (?:\d|yesterday|january|february|march|april|may|june|july|august|september|october|november|december|last|monday|the (?:start|beginning))|\b(?:today|this (?:week|month|year))['’]s\b/iu,
  someOnly: /\bonly\b(?! (?:to|by|you)\b).{0,70}\b(?:listed|shown|displayed|included|appear|visible)\b|\b(?:list(?:s|ed|ing)?|show(?:s|n|ing)?|display(?:s|ed|ing)?|includes?)\b.{0,20}\bonly\b(?! (?:to|by|you)\b)|\b(?:not|n['’]t) (?:all )?(?:be )?(?:listed|shown|displayed|included)\b|^(?:showing|listing|displaying|filtered|results (?:for|from|in))\b(?! (?:all|every|\d))/iu,
  several: /\b(?:several|multiple|various|numerous|a few|a couple of|mehrere|plusieurs|vari[oa]s|diverse)\b(?! (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))/iu,
  // Whether something is in a part of the page that is not that of a list.
  isInAnotherPart(list, element) {
    const part = element.closest("section, article, aside, details, fieldset, form, [role=region]");
    if (!part || this.around(part, list) || this.around(list, part)) return false;
    return !this.fits(part, "form:not([method=post i]), [role=search], [class*=filter i], [aria-label*=filter i]");
  },
  // Whether no heading stands between something and a list, except the list's own.
  standsWith(list, element) {
    if (this.around(list, element)) return true;
    const isBefore = list.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
    const [first, last] = isBefore ? [element, list] : [list, element];
    const heads = this.all("h1, h2, h3, h4, h5, h6, [role=heading]").filter((one) => this.drawn(one) && !this.around(list, one));
    return !heads.some((one) => this.isBetween(first, one, last));
  },
  isInAnItem(list, element) {
    const item = element.closest(this.items);
    return Boolean(item && item !== list && this.around(list, item));
  },
  isBetween(first, one, last) {
    return Boolean(first.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  },
  // Whether something that is chosen chooses what the list shows: a list to choose from that stands with it, or what is
  // called so.
  isFiltered(list) {
    const choices = "select, [role=combobox], [role=listbox], input[type=radio]:checked, input[type=checkbox], [role=switch], [role=radio][aria-checked=true]";
    return this.all(choices).some((one) => {
      if (!this.isOutside(one) || this.isInAnItem(list, one) || this.isInAnotherPart(list, one)) return false;
      if (list !== document.body && this.fits(one, "select, [role=combobox], [role=listbox]") && this.standsWith(list, one)) return true;
      return this.filterNames(one).some((name) => this.filters.test(name));
    });
  },
  filterNames(control) {
    const group = control.closest("fieldset, [role=radiogroup], [role=group]");
    const heads = group ? this.below(group, "legend").map((legend) => this.shown(legend)) : [];
    const labels = [control, group].filter(Boolean).map((one) => this.attribute(one, "aria-label") ?? "");
    return [...labels, ...heads, ...this.labelsOf(control).map((label) => this.shown(label, control))];
  },
  // Whether a sentence with a list says that it holds only what is of some time, or of some kind.
  saysSome(list) {
    const any = new RegExp(`${this.periods.source}|${this.someOnly.source}`, "iu");
    for (const [text, holder] of this.rowsSaying(any)) {
      if (!this.isOutside(holder) || this.isInAnItem(list, holder) || this.isInAnotherPart(list, holder)) continue;
      if (holder.closest("label, button, [role=button], option") || !this.standsWith(list, holder)) continue;
      if (text.split(/(?<=[.!?…])\s+/u).some((one) => any.test(one) && !/\b(?:if|when|unless)\b|\?/i.test(one))) return true;
    }
    return false;
  },
  // The lines that a pattern fits, each with what it begins in: a text with all that stands beside it in one line.
  *rowsSaying(pattern) {
    const isInline = (one) => one.nodeType === Node.TEXT_NODE || (one instanceof Element && /^(?:inline|contents)/.test(getComputedStyle(one).display));
    const seen = new Set();
    for (const node of this.texts()) {
      const parent = node.parentElement ?? node.parentNode?.host;
      if (!parent || !/\S/.test(node.data) || parent.closest(this.wordless.join())) continue;
      let first = node;
      while (first.parentNode instanceof Element && isInline(first.parentNode)) first = first.parentNode;
      while (first.previousSibling && isInline(first.previousSibling)) first = first.previousSibling;
      if (seen.has(first)) continue;
      seen.add(first);
      const line = [];
      for (let one = first; one && isInline(one); one = one.nextSibling) line.push(one);
      const text = this.plain(line.map((one) => one.textContent).join(" "));
      if (pattern.test(text) && this.drawn(parent)) yield [text, parent];
    }
  },
  // Kinds of things of which a session has but one, each with the signs that join two of them beside "and".
  kinds: [
    ["chrome|chromium|firefox|safari|edge|opera|brave|vivaldi|internet explorer|samsung internet|duckduckgo", "[,·•|/+&;]"],
    ["(?:windows )?(?:pc|laptop|computer|desktop|phone|tablet)|windows|mac(?:book)?|linux|android|iphone|ipad|chromebook", "[+&]"],
  ],
  // Whether two of a kind are named in one breath.
  namesTwo(text) {
    return this.kinds.some(([names, signs]) => {
      const pair = new RegExp(`(?<![\\p{L}\\p{N}])(${names})(?: [\\d.]+)?(?:\\s*${signs}\\s*|\\s(?:and|und|et|y|e|a)\\s)(?:an? )?(${names})(?![\\p{L}\\p{N}])`, "giu");
      return [...text.matchAll(pair)].some(([, one, other]) => one.toLowerCase() !== other.toLowerCase());
    });
  },
  // Whether an item says that it stands for more than one.
  standsForMore(item) {
    const number = `(?:[2-9]|[1-9]\\d+|${this.numbers.join("|")})`, kinds = "(?:active|open|current|live|running|in use|signed|logged|connected|others?|more)";
    const things = "(?:sessions|devices|browsers|sign-?ins|log-?ins|places|tabs|windows|computers|phones|copies|instances|connections|locations)";
    const begun = new RegExp(`(?:^|[·•–—,|(:;]\\s*)${number} ${kinds}\\b`, "iu"), anywhere = new RegExp(`\\b${number} (?:\\p{L}+ )?${things}\\b`, "iu");
    const pieces = [...this.pieces(item)];
    return [...pieces, pieces.join(" ")].some((one) => begun.test(one) || anywhere.test(one) || this.several.test(one) || this.namesTwo(one)) || /[×x]\s*(?!(?:64|86)\b)\d+(?!\w)|\d\s*×|\(\d+\)\s*$/.test(pieces.join(" "));
  },
  // Whether the place of an item is set by a script, or a part without words keeps room in its list for others.
  isPlaced(item) {
    const beside = [...this.of(this.up(item), "children")], high = this.box(item).height;
    if (/absolute|fixed/.test(getComputedStyle(item).position) && this.fits(item, this.items)) return true;
    const style = getComputedStyle(this.up(item)), room = Math.max(parseFloat(style.paddingTop), parseFloat(style.paddingBottom));
    const isRoom = (one) => !/\S/.test(one.textContent) && !this.below(one, "*").length && this.box(one).height > Math.max(200, 2 * high);
    return room > Math.max(200, 3 * high) || beside.some(isRoom);
  },
})
