// Whether the page says of itself that it is finished: no sign of waiting, open dialog, or word of trouble.
({
  unsaved: /\bunsaved (?:changes?|settings?|edits?|work)\b|\bchanges (?:have )?not (?:yet )?(?:been )?(?:saved|applied)\b/i,
  // Kinds of words: of the connection, of saving, of failing, of what is old or not real, of who is signed in, and of what
  // has no effect.
  troubles: [
    /\b(?:offline|(?:not |dis)connected|reconnecting|connecting|(?:no|lost|without) (?:internet )?connection|connection (?:was |is )?(?:lost|failed|problem|error)|network error|no internet)\b/i,
    /\b(?:unsaved (?:changes?|settings?|edits?|work)|not (?:yet )?(?:been )?(?:saved|applied|synced)|pending (?:approval|review|changes?|confirmation)|(?:approval|changes?) pending|(?<!\bbe )undone|(?:saving|applying|syncing|updating) (?:your|the|changes|settings)|sync(?:ing)? paused)\b|\b(?:saving|applying|syncing|updating)\s*(?:…|\.\.\.)/i,
    /\b(?:could(?:n['’]t| not)|cannot|can['’]t|unable to|failed to) (?:be )?(?:load|save|update|connect|fetch|get|reach|apply|show|retrieve|refresh)\w*|\bwent wrong\b|\b(?:temporarily|currently) unavailable\b/i,
    /\b(?:last known|last synced|out of date|outdated|stale|cached|restored your|being restored|draft restored|demo data|demo mode|sample data|preview mode|read-only maintenance|may be old|saved copy|settings as of)\b|\byou(?: are|['’]re) viewing (?:this|as|the)\b/i,
    /\b(?:change|changes|request|edits?) (?:was|were|has been|have been) (?:reverted|rejected|undone|discarded|lost)\b|\bchanges? to publish\b|\byou have edits\b|\b(?:all|these|the) (?:settings|controls|options)\b.{0,40}\b(?:are|is) (?:paused|off|disabled|suspended|ignored)\b/i,
    /\b(?:sav(?:e|ing)|updat(?:es?|ing)|sync(?:ing)?|changes?|loading|publishing) (?:has |have |was |were )?failed\b|\b(?:changes?|updates?|edits?|settings?|request|it|this|that) (?:did not|didn['’]t) (?:go through|save|take effect)\b|(?<=^|[.!?…]\s)(?:not published yet|not yet published)\b|\b(?:changes?|edits?|settings?|draft)\b.{0,20}\b(?:not (?:yet )?(?:been )?(?:published|confirmed|submitted)|awaiting)\b|(?<=^|[.!?…]\s)(?:please )?(?:review|confirm|publish|apply|submit) (?:your|the|these) (?:\d+ )?(?:changes?|edits?)\b/i,
    /\bsession (?:has |is |was )?(?:expired|ended|timed out|over)\b|\byou(?: have been|['’]ve been| were| are|['’]re)(?: now)? (?:signed|logged) (?:out|off)\b(?! (?:after|of|from|on|in|every|when|as soon|by default|everywhere|once|automatically))|\byou(?: are|['’]re) (?:not|no longer) (?:currently )?(?:signed|logged) in\b(?! (?:on|with|anywhere|to (?:any|other)))|(?<=^|[.!?…]\s)(?:please )?(?:sign|log) in again(?:$|[.!]| to (?:see|continue|view|load))/i,
    /\b(?:settings?|page|options?|preferences|profile|these|they|this|it) (?:was|were|has been|have been) (?:changed|updated|edited|modified)\b.{0,20}\b(?:elsewhere|someone else|somebody else|(?:another|a different|other) (?:tab|window|device|session|browser|person|place))\b|(?<=^|[.!?…]\s)(?:please )?(?:reload|refresh)\b.{0,40}\bto (?:see|get|load|view|update)\b|\b(?:page|view|settings?|these|this|it) (?:is|are) no longer (?:current|up to date|valid|the latest)\b|\b(?:newer|later|more recent) version of (?:this|these|your) (?:page|settings?|preferences|profile|form)\b|\b(?:looking at|seeing|viewing|this is|showing)\b.{0,20}\b(?:old|older|earlier|previous|archived|past) (?:version|copy|state|snapshot)\b|(?<=^|[.!?…]\s)(?:this is )?(?:a |an old )?snapshot (?:from|taken|made|as of|of \d)/i,
    /\b(?:these|those|the|all|your|this) (?:\p{L}+ )?(?:settings?|controls?|options?|choices|preferences|page|rules?) (?:currently )?(?:(?:have|has) no effect\b(?! (?:on|for)\b)|(?:do not|don['’]t|does not|doesn['’]t|no longer) (?:yet |currently )?appl(?:y|ies)(?:$|\s*[.!,;–—]| (?:yet|here|now|currently|at the moment|until|while)\b| to you\b(?!r)| to your (?:account|profile|plan|region|country|age)\b| to .{0,40}\b(?:like yours|such as yours)))|\byou(?: are|['’]re) (?:now |currently )?(?:acting|impersonating|masquerading|browsing as|interacting as|managing (?:this|these|settings|the (?:account|profile|page)))\b|(?<=^|[.!?…]\s)(?:acting as|impersonating)\b/iu,
    /\bnicht (?:gespeichert|geladen|aktualisiert|übernommen)|\bkonnten? (?:[\p{L} ]{0,40} )?nicht\b|\b(?:non|pas) (?:encore )?(?:été )?(?:enregistr|charg|sauvegard)|\bno se (?:ha|han|pud)[\p{L}]* (?:guardad|cargad|podido)|\bnon (?:è|sono) stat[\p{L}]+ (?:salvat|caricat)|\bniet opgeslagen\b/iu,
  ],
  // Whom a sentence begins with that is about others: their connection, or what they may do, is no trouble of the page.
  others: /^(?!(?:you|we|it|this)\b)(?:\p{L}+ ){0,2}?(?:people|persons?|someone|somebody|anyone|anybody|everyone|everybody|nobody|no one|others?|strangers?|followers?|friends?|contacts?|members?|users|advertisers|partners|parents?|teachers?|children|adults|teens)\b(?!['’])/iu,
  us: /(?:^|\s)(?:we|our|(?:the )?(?:\p{L}+ )?(?:team|agents?|operators?|staff|support|advisers?))\b/iu,
  theirs: /\b(?:offline|(?:not |dis)connected)\b|\b(?:cannot|can['’]t) (?:connect|get|reach|save|show|apply) (?=(?:\p{L}+ ){0,2}you)/giu,
  seenAs: /\bas offline\b|\bappears? offline(?= (?:to|for|in)\b)/giu,
  // What only a region for news says of trouble: anywhere else these words are as well those of a setting.
  troubled: /\bsaved settings\b|\btry(?:ing)? again\b|\bloading\b|\bplease wait\b|\bundo\b/i,
  waiting: /^(?:loading|please wait|just a (?:moment|second|sec|minute)|one moment(?: please)?|hang (?:on|tight)|hold on|wird geladen|bitte warten|einen moment|chargement|veuillez patienter|cargando|espera|caricamento|laden|carregando)\s*[.…!]*$|^(?:loading|just a (?:moment|second|sec|minute)|one moment|please wait|hang on|getting|fetching|refreshing|updating|syncing|synchroni[sz]ing|saving|applying|checking|processing|preparing|connecting|reconnecting|retrieving|looking up|lade|chargement)\b.{0,60}(?:…|\.\.\.)$|^(?:loading|getting|fetching|retrieving|refreshing) (?:your|the|my|all) .{0,50}$|^please wait\b/i,
  advising: /\b(?:if|when|whenever|unless|before|while|in case|should|how|why|whether|lets? you|allows?|learn)\b|\?/i,
  beyond: "a, button, label, option, select, summary, nav, legend, blockquote, code, figure, details:not([open]), [role=tab], [role^=menuitem], [role=button], [role=link], [role=switch], [role=checkbox], [role=radio], [role=tooltip]",
  waits: "[aria-busy=true], [role=progressbar], progress:not([value]), [class*=spinner i], [class*=skeleton i], [class*=shimmer i]",
  dialogs: "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true], [popover]:popover-open",
  news: "[role=alert], [role=status], [role=banner], [aria-live]:not([aria-live=off]), [class*=toast i], [class*=snackbar i]",

  // Whether something stands for what is still to come; a bar that says how far something is does not, away from the
  // control, nor do the arrows of a box for numbers.
  waitsFor(element, control) {
    if (!this.shownBox(element)) return false;
    if (this.fits(element, "[class*=spinner i]:not([aria-busy=true], [role=progressbar])") && element.querySelector("input[type=number], [role=spinbutton]")) return false;
    if (!this.fits(element, "[role=progressbar][aria-valuenow]:not([aria-busy=true])")) return true;
    const named = `${this.attribute(element, "aria-label") ?? ""} ${this.shown(element)}`.trim();
    return this.around(element, control) || this.waiting.test(named) || /\bloading\b/i.test(named) || /fixed|sticky/.test(getComputedStyle(element).position);
  },
  // Whether something turns, shimmers or pulses for ever: over what is read, or without a word of its own.
  turns(control) {
    const endless = this.roots().flatMap((root) => root.getAnimations()).filter((one) => {
      const timing = one.effect?.getComputedTiming();
      return one.effect?.target && one.playState === "running" && one.timeline instanceof DocumentTimeline && timing.iterations === Infinity;
    }).map((one) => [one.effect.target, one.effect.getKeyframes().some((frame) => /rotate/.test(`${frame.transform} ${frame.rotate && "rotate"}`))]);
    const drawn = this.all("animate[repeatCount=indefinite], animateTransform[repeatCount=indefinite]").map((one) => [one.parentElement, true]);
    const moving = [...endless, ...drawn];
    return moving.some(([one, turning]) => (control && this.around(one, control)) || this.isAWaitingSign(one, turning, moving));
  },
  isAWaitingSign(element, turning, moving) {
    const box = this.box(element);
    if (!turning && getComputedStyle(element).position === "fixed" && !this.touches(box, innerWidth / 2, innerHeight / 2) && box.width < 100) return false;
    if (!this.shownBox(element) || element.closest("header, nav, footer, [role=banner], [role=navigation], [role=contentinfo], [role=img][aria-label]")) return false;
    if (/[\p{L}\p{N}]/u.test(element.textContent) || (element.localName === "input")) return false;
    const together = moving.filter(([one]) => this.up(one) === this.up(element)).length;
    return together > 1 || (Math.min(box.width, box.height) >= 14 && (turning || !this.marksALine(element, box)));
  },
  // Whether a small thing that is alone leads a line of words, in which there is nothing to choose.
  marksALine(element, box) {
    if (Math.max(box.width, box.height) > 24) return false;
    let line = element;
    for (let step = 0; step < 3 && !this.shown(line); step += 1) line = this.up(line);
    if (this.fits(line, `body, html, ${this.heading}`) || this.below(line, `${this.stateful}, label`).length || line.closest("label, button, a")) return false;
    return [...this.parts(line)].some(([, words]) => this.inLine(words, box) && words.left >= box.right - 1 && words.left - box.right < 40);
  },
  // An old picture of the page is over it while one view changes into the next.
  changesViews() {
    return document.getAnimations().some((one) => one.effect?.pseudoElement?.startsWith("::view-transition") && one.playState === "running");
  },
  // A dialog that is a part of the page below it: not modal, at the edge, away from the middle.
  aside(dialog) {
    if (dialog.localName === "dialog" || dialog.matches("[popover]") || dialog.getAttribute("role") === "alertdialog" || dialog.getAttribute("aria-modal") === "true") return false;
    const box = dialog.getBoundingClientRect(), middle = [innerWidth / 2, innerHeight / 2];
    return !this.touches(box, ...middle) && box.width * box.height < 0.3 * innerWidth * innerHeight;
  },
  // Whether a region for news says that something is amiss; what can be chosen at the head of a page says nothing.
  isTroubled(element) {
    if (!this.drawn(element)) return false;
    const alert = this.attribute(element, "role") === "alert", banner = this.attribute(element, "role") === "banner";
    const parts = [...this.parts(element)].filter(([, , holder]) => !banner || !holder.closest(this.beyond));
    const text = this.plain(parts.map(([one]) => one).join(" "));
    if (!text) return false;
    if (alert && !/(?:^|[\s_-])(?:info|success|primary|secondary|note)(?:$|[\s_-])/i.test(this.attribute(element, "class") ?? "")) return true;
    return [...this.troubles, this.troubled, this.unsaved, this.waiting].some((kind) => kind.test(text));
  },
  ready(root) {
    const control = root.nodeType === Node.ELEMENT_NODE && root !== document.documentElement ? root : null;
    if ([...this.upwards(control ?? document.body)].some((one) => /wait|progress/.test(getComputedStyle(one).cursor))) return false;
    if (this.all(this.waits).some((element) => this.waitsFor(element, control))) return false;
    if (this.turns(control) || this.changesViews()) return false;
    for (const element of this.all(this.dialogs)) {
      if (this.shownBox(element) && !(control && this.around(element, control)) && !this.aside(element)) return false;
    }
    return !this.all(this.news).some((element) => this.isTroubled(element));
  },
  // The words of each block that a person sees and that a pattern fits, in one, whatever parts of it are set apart.
  *blocksSaying(pattern) {
    const seen = new Set();
    for (const node of this.texts()) {
      const parent = node.parentElement ?? node.parentNode?.host;
      if (!parent || !/\S/.test(node.data) || parent.closest(this.wordless.join())) continue;
      const block = this.block(parent);
      if (seen.has(block)) continue;
      seen.add(block);
      const text = this.plain(this.of(block, "textContent"));
      if (text.length > 600 || !pattern.test(text) || !this.drawn(block)) continue;
      const shown = this.shown(block);
      if (pattern.test(shown)) yield [shown, parent];
    }
  },
  // A sentence without what it says of others, of a thing in a row, or of those who would answer in a box at the edge.
  ofThePage(sentence, holder) {
    const isOfOthers = this.others.test(sentence) || (this.us.test(sentence) && this.isAtTheEdge(holder));
    const state = this.stateOfAThing(holder), left = (state ? sentence.replace(state, " ") : sentence).replace(this.seenAs, " ");
    return isOfOthers ? left.replace(this.theirs, " ") : left;
  },
  isAtTheEdge(element) {
    const fixed = [...this.upwards(element)].find((one) => getComputedStyle(one).position === "fixed"), box = fixed && this.box(fixed);
    return Boolean(box) && !this.touches(box, innerWidth / 2, innerHeight / 2) && box.width * box.height < 0.3 * innerWidth * innerHeight;
  },
  unlinked: /^(?:not connected|disconnected|offline)[.\s]*$/i,
  links: /^(?:connect|link|add|pair|set up)\b/i,
  // The state of the connection of something in a row: all that an element says, after the name of what it is of, in an
  // item of a list or before a button that would connect it.
  stateOfAThing(holder) {
    const said = [holder, ...this.below(this.block(holder), "*")].find((one) => this.unlinked.test(this.shown(one)));
    for (let row = said, step = 0; row && step < 3 && this.up(row) !== document.body; step += 1) {
      row = this.up(row);
      if (this.below(row, this.stateful).length) return "";
      const first = [...this.parts(row)][0]?.[2], isNamed = first && !this.around(said, first) && !first.closest(this.presses);
      const connects = this.below(row, "button, a, [role=button], [role=link]").some((one) => this.links.test(this.shown(one)));
      if (isNamed && (connects || this.fits(row, "li, tr, dl, [role=listitem], [role=row]"))) return this.shown(said);
    }
    return "";
  },
  // Whether no plain line of the page says that it waits, that something failed, or that what it shows is not so.
  settled() {
    if (this.turns(null) || this.all(this.waits).some((element) => this.waitsFor(element, null))) return false;
    const kinds = [this.waiting, ...this.troubles, this.unsaved, /\btakes up to \d+ (?:hours|days)\b/i];
    const any = new RegExp(kinds.map((kind) => `(?:${kind.source})`).join("|"), "iu");
    for (const [text, holder] of this.blocksSaying(any)) {
      if (holder.closest(this.beyond)) continue;
      for (const sentence of text.split(/(?<=[.!?…])\s+/u)) {
        if (sentence.length <= 240 && any.test(this.ofThePage(sentence, holder)) && !this.advising.test(sentence)) return false;
      }
    }
    return true;
  },
})
