// Whether a field is as it was sent, and whether a text or an empty box says what it seems to say.
({
  // Whether a field is as the server sent it.
  saved(element) {
    if (element.localName === "select") {
      const options = [...element.options];
      if (options.every((option) => option.selected === option.defaultSelected)) return true;
      const first = options.find((option) => !option.disabled);
      return options.every((option) => !option.defaultSelected) && element.selectedOptions[0] === first && this.isNoChoice(first);
    }
    if (!["checkbox", "radio"].includes(element.type)) return element.value === element.defaultValue;
    const group = element.type === "radio" && element.name ? this.below(element.form ?? element.getRootNode(), `input[type=radio][name="${CSS.escape(element.name)}"]`) : [element];
    return group.every((one) => one.checked === one.defaultChecked);
  },
  // Whether the first line of a list stands for no choice: a browser also shows it where the server chose none.
  isNoChoice(option) { return !option?.value || /^(?:[^\p{L}]*$|(?:choose|select|please|pick|none|no|not|default|auswählen|bitte|choisir|elegir)(?![\p{L}\p{N}]))/iu.test(this.plain(option.text)); },
  // Whether a field stands as one of the ways in which the server sent it.
  sent(element, ways) {
    if (element.localName === "input" && element.type === "checkbox") return ways.includes(element.checked ? "on" : "off");
    if (element.localName === "input" && element.type === "radio") return ways.includes(element.value) === element.checked;
    return ways.includes(element.value) || ways.includes(element.value.replace(/\r\n/g, "\n"));
  },
  // Whether a list offers no value twice, and what is chosen can be chosen.
  sound(element) {
    if (element.localName === "input" && element.type === "radio" && element.name) {
      const twins = document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`);
      return [...twins].every((one) => one.form === element.form);
    }
    if (element.localName !== "select") return true;
    if (element.querySelector(":scope > button") && !element.querySelector(":scope > button selectedcontent")) return false;
    const options = [...element.options], chosen = element.selectedOptions[0];
    if (options.some((option) => this.plain(option.label) !== this.plain(option.text))) return false;
    return new Set(options.map((option) => option.value)).size === options.length && !(chosen && (chosen.disabled || chosen.hidden));
  },

  // -- empty boxes ---------------------------------------------------------------------------------
  adds: /^(?:add|new|another|change|replace|update|edit|enter (?:a )?new|neue[rsn]?|ajouter|añadir|hinzufügen)\b/i,
  stored: /[•●*∗]{2,}|^(?:now|current(?:ly)?|saved|stored|yours|on file|aktuell|gespeichert)\b|\bending in\b|\b(?:leave|keep) (?:it )?(?:empty|blank)\b|\bwe have (?:your|an?)\b|\bon file\b|[×✕✖]\s*$/i,
  masked: /[•●*∗]{2,}|x{2,}|\d/i,
  // Whether an empty box is all there is of what it asks for: nothing beside it shows what was stored before.
  lone(element) {
    if (element.value) return true;
    if ((element.readOnly && element.placeholder) || this.masked.test(element.placeholder ?? "") || this.stored.test(element.placeholder ?? "")) return false;
    if (this.labelsOf(element).some((label) => this.adds.test(this.shown(label)))) return false;
    if (this.adds.test(element.placeholder ?? "") || this.adds.test(element.getAttribute("aria-label") ?? "")) return false;
    const row = this.fieldRow(element);
    const like = element.name ? this.all(`input[name^="${CSS.escape(element.name)}"]`) : [];
    if (like.some((one) => one !== element && one.value && !["checkbox", "radio"].includes(one.type))) return false;
    if (this.nearby(element).some(([text, , holder]) => /^(?:edit|change|remove|delete|clear|×)$/iu.test(text) && holder.closest("a, button, [role=button]"))) return false;
    if (this.below(row, "[class*=chip i], [class~=tag i], [class*=token i], [class*=pill i]").some((one) => this.shownBox(one) && this.shown(one))) return false;
    if (this.itemsOver(element, row).length) return false;
    const pieces = [...this.pieces(row), ...this.nearby(element).map(([text]) => text)];
    return !pieces.some((piece) => this.stored.test(piece)) && !this.below(row, "a, button, [role=button]").some((one) => this.takesAway(one));
  },
  takesAway(button) {
    const said = [this.shown(button), ...["aria-label", "title"].map((name) => this.attribute(button, name) ?? ""), ...this.wordsOfPictures(button)];
    return this.shownBox(button) && said.some((name) => /^(?:[×✕✖]|x(?![\p{L}\p{N}])|(?:remove|delete|clear|edit|change|entfernen|löschen|supprimer|retirer|eliminar)(?![\p{L}\p{N}]))/iu.test(this.plain(name)));
  },
  // The items of a list that stands right over a box: few words each, for a list of sentences is help.
  itemsOver(element, row) {
    const mine = this.box(element);
    return this.below(row, "li, [role=listitem], [role=option]").filter((item) => {
      if (!this.shownBox(item) || item.closest("nav, header, footer, [role=navigation], [role=menu], [role=tablist]")) return false;
      const text = this.shown(item), link = this.below(item, "a[href]").some((one) => this.shown(one) === text);
      const over = item.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && mine.top - this.box(item).bottom <= 160;
      return over && !link && /\p{L}/u.test(text) && !/[.!?:]$/u.test(text) && text.split(" ").length <= 6;
    });
  },
  fieldRow(element) {
    let row = element;
    for (let step = 0; step < 4; step += 1) {
      const next = this.up(row);
      if (!next || next === document.body || next === document.documentElement) return step ? row : next;
      if (this.below(next, "input:not([type=hidden], [type=submit]), select, textarea").length > 1) return row;
      row = next;
    }
    return row;
  },

  // -- texts ---------------------------------------------------------------------------------------
  holdsBack: /(?:\bnot|n['’]t|\bno longer|\bno|\bnever|\bdefault|\bstandard|\brecommended|\bpreviously|\bwas|\bbefore|\bnicht|\bpas|\bafter saving|\brequested|\bmost people|\bwith (?:plus|pro|premium))\s*[:=]?\s*["“]?$/iu,
  goesOn: /^\s*["”]?\s*(?:(?:for|except|only|partly|but) |→|➔|⇒|->|=>|\*|†|‡|\?|(?:\(?(?:until|from|starting|as of|pending|not yet|not|or|bis|ab|jusqu))\b)/iu,
  exempts: /^[\s,;(–—-]*(?:except|excluding|but not|unless|apart from|other than|außer|sauf|excepto)(?![\p{L}\p{N}])|^\s*[/|]|^\s*\(?(?:draft|proposed|preview|trial|scheduled|paused|unsaved|entwurf|brouillon)(?![\p{L}\p{N}])|^\s*\+\s?\d/iu,
  somewhere: /^\s*(?:at|in|on|with|during|while|when|within)\s\p{Ll}/u,
  // Whether what is shown is a text, and no part of a longer word that is shown, nor denied or qualified around it.
  says(element, text) {
    const whole = this.bare(this.shown(element)), block = this.block(element);
    if (whole !== this.bare(text) || element.querySelector("rt, sup, sub") || this.writtenAround(element)) return false;
    const [before, after] = this.aroundText(element, block);
    if (this.otherColumn(element)) return false;
    if (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after)) return false;
    if (this.holdsBack.test(before.trim()) || this.goesOn.test(after)) return false;
    if (this.exempts.test(after) || this.somewhere.test(after) || this.isOfAnotherTime(element)) return false;
    const state = this.said(text), after_ = this.plain(after).split(" ")[0];
    const other = this.said(after_.replace(/[^\p{L}].*$/u, ""));
    return !(state && other && other !== state);
  },
  // The words of its block before and after an element, as they run on.
  aroundText(element, block) {
    const before = [], after = [];
    if (block === element) return ["", ""];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (element.contains(node) || !parent || parent.closest(this.wordless.join()) || !this.drawn(parent) || this.struck(parent)) continue;
      const side = element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING ? before : after;
      side.push(this.block(parent) === block ? node.data : ` ${node.data} `);
    }
    return [before.join(""), after.join("")];
  },
  // Whether a style writes words before or after what a text stands in.
  writtenAround(element) {
    let one = this.up(element);
    for (let step = 0; step < 4 && one && one !== document.documentElement; step += 1, one = this.up(one)) {
      if (this.written(one, "::before") || this.written(one, "::after")) return true;
    }
    return false;
  },
  chooses: "label, button, summary, option, select, [role=button], [role=radio], [role=checkbox], [role=switch], [role=option], [role=tab], [role^=menuitem], [role=treeitem], [aria-pressed], [aria-selected], [aria-checked], [onclick]",
  explains: "blockquote, q, figure, aside, dt, details, [role=tooltip], [role=note], [class*=tooltip i], [class*=faq i], [class*=example i], [id*=faq i]",
  // Whether a sentence says how things are: it is all that its block says, and neither stands on a control nor beside one
  // that would choose it, nor where something is explained.
  sentence(element) {
    if (element.closest(this.chooses) || element.closest(this.explains) || this.answers(element) || this.isOfAnotherTime(element) || this.writtenAround(element)) return false;
    const next = this.block(element).nextElementSibling;
    if (next && /^(?:except|but|unless|only|außer|ausgenommen|sauf)\b/iu.test(this.shown(next))) return false;
    if (this.shown(this.block(element)) !== this.shown(element) || getComputedStyle(element).cursor === "pointer") return false;
    const switches = this.all("input[type=checkbox], input[type=radio], [role=radio], [role=checkbox], [role=switch], [aria-pressed]");
    if (this.all("[aria-labelledby]").some((one) => this.pointedAt(one, "aria-labelledby").includes(element))) return false;
    if ([...switches, ...this.all(this.chooses)].some((one) => [...this.labelsOf(one), ...this.describers(one)].some((other) => this.around(other, element)))) return false;
    const box = element.getBoundingClientRect();
    return !switches.some((one) => {
      const other = one.getBoundingClientRect();
      return this.shownBox(one) && other.top < box.bottom && other.bottom > box.top;
    });
  },
  asks: /^[^\p{L}]*(?:what (?:does|do|is|are|happens|if)|how|why|when|where|is|are|can (?:i|we)|could|do|does|should|will|was|were|wie|warum|pourquoi|comment)\b.*\?\s*$/iu,
  // Whether what stands before a sentence asks a question, or leads up to what would be said.
  answers(element) {
    const block = this.block(element), term = block.closest("dd")?.previousElementSibling;
    const before = [block.previousElementSibling, term, this.up(block)?.previousElementSibling].filter(Boolean);
    return before.some((one) => this.asks.test(this.shown(one))) || /\b(?:if|when|example)\b.*:\s*$/i.test(before[0] ? this.shown(before[0]) : "");
  },
  other: /^[^\p{L}]*(?:recommend(?:ed|ation)?|suggest(?:ed|ion)?|default|example|proposed|previous(?:ly)?|before|old|past|earlier|original|history|planned|scheduled|last (?:week|month|year)|empfohlen|standard|recommandé|recomendado)(?:\s+(?:setting|value|choice|option|state|status))?[^\p{L}]*$/iu,
  log: /^(?:(?:recent|latest|past|previous) (?:changes|activity|updates|events)|(?:change |activity |version |edit )?(?:history|log)|changes|changelog|timeline)\b(?! (?:settings|controls|options))/iu,
  day: /^(?:(?:on|at)\s+)?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}.*|\d{1,2}\.?\s\p{L}{3,9}\.?(?:\s\d{4})?|\p{L}{3,9}\.?\s\d{1,2}(?:,\s\d{4})?|yesterday|today|\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago)(?:,?\s(?:at\s)?\d{1,2}:\d{2}.*)?:?$/iu,
  // Whether what leads up to a text says that it is no state of now: a label such as Recommended, or a day in a history.
  isOfAnotherTime(element) {
    const block = this.block(element), term = block.closest("dd")?.previousElementSibling, item = block.closest("li, tr, article, [role=listitem], [role=row]");
    const before = [block.previousElementSibling, term, block.previousElementSibling ? null : this.up(block)?.previousElementSibling].filter((one) => one && this.drawn(one));
    if (before.some((one) => this.other.test(this.shown(one)))) return true;
    if (item && before.some((one) => one.localName === "time" || this.day.test(this.shown(one)))) return true;
    return [...this.heads(element)].some((head) => this.log.test(this.shown(head)));
  },
})
