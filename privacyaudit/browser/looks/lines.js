// The lines that a person reads in one, though the page is made of pieces.
({
  // The lines of a block, in which whatever is set apart runs on; a control, or another block, ends one. Only those of
  // more than one piece, each with its box and all that its pieces stand in.
  *running(block) {
    const found = [[]];
    const walk = (root) => {
      for (const node of this.shadow(root)?.childNodes ?? this.of(root, "childNodes")) {
        if (node.nodeType === Node.TEXT_NODE) found.at(-1).push(node);
        else if (!(node instanceof Element) || this.wordless.includes(node.localName)) continue;
        else if (node.localName === "br") found.at(-1).push(null);
        else this.runsOn(node) ? walk(node) : getComputedStyle(node).display !== "none" && found.push([]);
      }
    };
    walk(block);
    for (const nodes of found) {
      const read = nodes.filter((node) => !node || !/\S/.test(node.data) || this.isRead(node));
      const words = read.filter((node) => node && /\S/.test(node.data));
      if (words.length > 1) yield [this.plain(read.map((node) => node?.data ?? " ").join("")), this.boxOf(words[0]), words.map((node) => this.holderOf(node))];
    }
  },
  runsOn(element) {
    return /^(?:inline|contents)/.test(getComputedStyle(element).display) && !this.fits(element, this.controls);
  },
  holderOf(node) { return node.parentElement ?? node.parentNode?.host; },
  isRead(node) {
    const parent = this.holderOf(node);
    return this.drawn(parent) && !this.struck(parent) && (this.readable(node, parent) || this.cut(parent));
  },
  boxOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  },
  // The lines on a control, on what names or describes it, and within its reach.
  *linesOf(element) {
    const own = [element, ...this.labelsOf(element), ...this.describers(element)].flatMap((one) => [...this.parts(one, undefined, true)]);
    const holders = new Set([...own, ...this.nearby(element)].map(([, , holder]) => holder));
    for (const block of new Set([...holders].map((holder) => this.block(holder)))) {
      for (const [text, box, all] of this.running(block)) if (all.some((one) => holders.has(one))) yield [text, box, all[0], all];
    }
  },
  // Whether a piece stands only in sentences of such a line that say when it would be so, or how to make it so.
  onlyAdvises([word, , holder], lines) {
    const line = lines.find(([, , , all]) => all.includes(holder));
    const within = (line?.[0] ?? "").split(/(?<=[.!?…])\s+/u).filter((sentence) => sentence.includes(word));
    return within.length > 0 && within.every((sentence) => this.starts.test(sentence));
  },
  starts: /^(?:if|when|whenever|unless|while|you (?:can|may)|to|wenn|falls|sie können|si|lorsque|cuando)\b/iu,
  // The lines anywhere on the page that a pattern fits.
  *linesSaying(pattern) {
    const blocks = new Set();
    for (const node of this.texts()) {
      const parent = this.holderOf(node);
      if (parent && /\S/.test(node.data) && !parent.closest(this.wordless.join()) && parent.checkVisibility()) blocks.add(this.block(parent));
    }
    for (const block of blocks) {
      for (const [text, , [holder]] of this.running(block)) if (pattern.test(text)) yield [text, holder, true];
    }
  },
})
