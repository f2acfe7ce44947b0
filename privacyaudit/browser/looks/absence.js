// Whether what is not found may be on the page all the same: hidden, of another kind, or where nothing was unfolded yet.
({
  folded: "details:not([open]), [aria-expanded=false], [role=tab]:not([aria-selected=true]), [aria-pressed=true]",
  opens: "button, a, summary, [role=button], [role=link], [role^=menuitem]",
  onwards: /^(?:show|see|view|load) (?:more|all)\b|^more\b|^advanced\b|^next\b|^(?:switch|change|go|turn|back) (?:back )?(?:to|on)\b.*\b(?:advanced|expert|full|detailed|complete|classic|other|desktop|all)\b|\b(?:advanced|expert|full|detailed) (?:view|mode|settings|options|list|version)\b|^(?:go to |open )?all (?:the )?settings\b|^(?:mehr|weitere|erweitert|plus|más|altro|meer)\b/i,
  menu: /^[⋮⋯…☰≡•.\s]{1,5}$|^(?:options|actions|menu|(?:settings|options|actions|more) menu|more(?: options| actions| settings)?)$/iu,
  moved: /\b(?:has|have|was|were) moved\b|\b(?:is|are) now (?:in|on|under|at)\b|\bupgrade to\b|\bno longer (?:here|on this page)\b/i,
  leftOut: /\b(?:some|other|certain|these|many|more|further|extra|advanced|all|\d+) (?:of (?:these|the|your) )?(?:\p{L}+ )?(?:settings?|options?|controls?|preferences|choices|switches)\b.{0,30}\b(?:(?:is|are|were|was|been) (?:hidden|left out|locked|elsewhere|unavailable|not (?:shown|available|offered|listed))|(?:is|are) (?:only )?(?:shown|available|found|offered|visible) (?:only )?(?:in|on|for|to|with|under)|(?:need|require)s?\b)|\b(?:not available|unavailable|hidden|not shown|only available|locked) (?:for|on|in|with|to|under) (?:your|this|the current) (?:\p{L}+ )?(?:plan|account|subscription|country|region|device|browser|version|role|age|view)\b/iu,
  lessShown: /\b(?:simple|simplified|basic|reduced|easy|beginner|lite) (?:view|mode|version)\b|\b(?:page|step|part) (\d+) (?:of|\/|von|de|sur) (?!\1\b)\d+\b/i,
  choosesPart: /^(?:section|category|topic|area|part|page|view|tab|show|display|filter|group|go to|jump to|settings (?:for|of)|choose a|select a)\b/i,
  settings: "input[type=checkbox], input[type=radio], select, [role=switch], [role=checkbox], [role=radio], [role=radiogroup], [role=combobox], [role=listbox], [aria-pressed]",
  textBoxes: ", textarea, [role=textbox], input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=search], [type=password])",
  mayBeElsewhere(root, { field, words, known, isABox }) {
    const roots = [...this.roots(), ...this.all("template").map((one) => one.content)];
    if (field && roots.some((one) => this.below(one, "[name], [id]").some((other) => this.isCalledLike(other, field)))) return true;
    const text = this.shown(document.body);
    if ([this.moved, this.leftOut, this.lessShown].some((kind) => kind.test(text))) return true;
    const wanted = words.map((word) => this.plain(word).toLowerCase()), says = (one) => wanted.some((word) => this.plain(one ?? "").toLowerCase().startsWith(word));
    for (const node of this.texts(roots)) if (says(node.data)) return true;
    const named = this.all("[aria-label], [title], [alt], [placeholder], [label]");
    if (named.some((one) => ["aria-label", "title", "alt", "placeholder", "label"].some((name) => says(this.attribute(one, name))))) return true;
    if (this.all(this.settings + (isABox ? this.textBoxes : "")).some((one) => this.mayBeAny(one, known))) return true;
    return this.drawnInPart || this.hasMore();
  },
  // Whether a field's name is the one that is looked for with more before or after it, or the end of that one.
  isCalledLike(element, field) {
    const [name, id] = ["name", "id"].map((what) => this.attribute(element, what) ?? ""), wanted = field.toLowerCase();
    if (name.startsWith(field) || id.startsWith(field) || name.toLowerCase().includes(wanted)) return true;
    const parts = (one) => one.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const mine = ` ${parts(id).join(" ")} `, last = parts(field).at(-1) ?? "";
    return mine.includes(` ${parts(field).join(" ")} `) || (last.length > 2 && [name, id].some((one) => one.toLowerCase() === last));
  },
  // Whether nothing says which setting a control is: it has no field's name of its own, and the checklist has none for it.
  mayBeAny(element, known) {
    if (!this.isOutside(element) || this.attribute(element, "name")) return false;
    const id = this.attribute(element, "id") ?? "";
    if (id && !/[:«»]|\d$/.test(id)) return false;
    const called = [this.attribute(element, "aria-label") ?? "", ...[element, ...this.labelsOf(element)].map((one) => this.shown(one))];
    return !known.some((name) => called.some((one) => this.plain(one).startsWith(this.plain(name)))) && !this.named(element, known);
  },
  outer: "nav, footer, [role=banner], [role=navigation], [role=contentinfo]",
  // Whether something is drawn outside the head of the page, its foot and its ways to other pages.
  isOutside(element) {
    const head = element.closest("header");
    return !(head && !head.closest("main, section, article, [role=main]")) && !element.closest(this.outer) && this.drawn(element);
  },
  // Whether there is anything outside the head of the page to unfold, to choose, to go on with, or to search for.
  hasMore() {
    const outside = (one) => this.isOutside(one);
    if (this.all(this.folded).some(outside)) return true;
    if (this.all("input[type=search], [role=searchbox]").some((one) => one.value && outside(one))) return true;
    if (this.all("select, [role=combobox]").some((one) => outside(one) && this.choosesAPart(one))) return true;
    return this.all(this.opens).some((one) => outside(one) && (this.onwards.test(this.shown(one)) || this.opensAMenu(one))) || this.isPaged() || this.rowsOfTabs().length > 0;
  },
  choosesAPart(element) {
    const labels = [this.attribute(element, "aria-label") ?? "", ...this.labelsOf(element).map((one) => this.shown(one, element))];
    return labels.some((one) => this.choosesPart.test(one)) || /location|submit/.test(this.attribute(element, "onchange") ?? "");
  },
  opensAMenu(element) {
    if (!["false", null].includes(this.attribute(element, "aria-haspopup"))) return this.attribute(element, "role") !== "combobox";
    const names = [this.shown(element), this.attribute(element, "aria-label"), this.attribute(element, "title"), ...this.wordsOfPictures(element)].filter(Boolean);
    if (!names.length) return this.fits(element, "button, [role=button]") && this.shownBox(element) && !this.labelsOf(element).length;
    return names.some((name) => this.menu.test(name.trim()));
  },
  // Whether the page is one of several: some number leads on, and the one before it stands with it.
  isPaged() {
    if (this.all("a[rel~=next], [aria-label*=pagination i]").some((one) => this.drawn(one))) return true;
    const numbers = this.all("a, button, [role=link], [role=button]").filter((one) => /^\d{1,3}$/.test(this.shown(one)) && this.drawn(one));
    return numbers.some((one) => {
      const before = Number(this.shown(one)) - 1, around = this.up(this.block(this.up(one))) ?? document.body;
      return before > 0 && new RegExp(`(?:^|\\D)${before}\\s+${before + 1}(?:\\D|$)`).test(this.shown(around));
    });
  },
})
