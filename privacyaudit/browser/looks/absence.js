// Whether what is not found may be on the page all the same: hidden, of another kind, or where nothing was unfolded yet.
({
  folded: "details:not([open]), [aria-expanded=false], [role=tab][aria-selected=false], [aria-pressed=true]",
  onwards: /^(?:show|see|view|load) (?:more|all)\b|^more\b|^advanced\b|^next\b|^(?:mehr|weitere|erweitert|plus|más|altro|meer)\b/i,
  moved: /\b(?:has|have|was|were) moved\b|\b(?:is|are) now (?:in|on|under|at)\b|\bupgrade to\b|\bno longer (?:here|on this page)\b/i,
  mayBeElsewhere(root, { field, words }) {
    const roots = [...this.roots(), ...this.all("template").map((one) => one.content)];
    if (field && roots.some((one) => one.querySelector(`[name^="${CSS.escape(field)}"], [id^="${CSS.escape(field)}"]`))) return true;
    if (this.moved.test(this.shown(document.body))) return true;
    const wanted = words.map((word) => this.plain(word).toLowerCase()), says = (text) => wanted.some((word) => this.plain(text ?? "").toLowerCase().startsWith(word));
    for (const node of this.texts(roots)) if (says(node.data)) return true;
    const named = this.all("[aria-label], [title], [alt], [placeholder], [label]");
    if (named.some((one) => ["aria-label", "title", "alt", "placeholder", "label"].some((name) => says(this.attribute(one, name))))) return true;
    return this.hasMore();
  },
  // Whether there is anything outside the head of the page to unfold, to choose, to go on with, or to search for.
  hasMore() {
    const outside = (one) => this.drawn(one) && !one.closest("header, nav, footer, [role=banner], [role=navigation], [role=contentinfo]");
    if (this.all(this.folded).some(outside)) return true;
    if (this.all("input[type=search], [role=searchbox]").some((one) => one.value && outside(one))) return true;
    return this.all("button, a, summary, [role=button], [role=link]").some((one) => outside(one) && this.onwards.test(this.shown(one)));
  },
})
