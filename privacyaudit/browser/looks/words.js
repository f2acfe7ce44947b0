// The words that a person can read.
({
  struck(element) {
    return this.keptFor("struck", element, () => {
      const style = getComputedStyle(element);
      if (style.textDecorationLine.includes("line-through") || (style.display === "inline" && this.crossed(element, style))) return true;
      return Boolean(this.up(element)) && this.struck(this.up(element));
    });
  },
  // Whether a line is drawn through a word by other means: a thin picture behind it, or a thin box over it.
  crossed(element, style) {
    const height = /\s([\d.]+)px/.exec(style.backgroundSize)?.[1];
    if (style.backgroundImage !== "none" && Number(height) < 6 && !/^(?:100|0)%|^0px/.test(style.backgroundPositionY)) return true;
    return ["::before", "::after"].some((where) => {
      const line = getComputedStyle(element, where);
      if (["none", "normal"].includes(line.content) || line.position !== "absolute" || parseFloat(line.height) > 5) return false;
      const down = parseFloat(line.top) / (this.box(element).height || 1);
      return down > 0.25 && down < 0.75 && (this.filled(line) || this.hasEdge(line));
    });
  },
  plain(text) { return text.normalize("NFC").replace(/[\u00a0\s]+/g, " ").trim(); },
  bare(text) { return text.normalize("NFC").replace(/\s+/g, ""); },
  // A text as a pattern that fits just that.
  literal(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); },
  // The words of the pictures in an element, for whoever does not see them.
  wordsOfPictures(element) { return this.below(element, "svg > title, img[alt]").map((one) => this.attribute(one, "alt") ?? one.textContent); },

  // -- colours -------------------------------------------------------------------------------------
  painted: new Map(),
  brush: new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }),
  // The red, green, blue and depth of any colour that a style can name, each from 0 to 1.
  colour(name) {
    if (!this.painted.has(name)) {
      this.brush.clearRect(0, 0, 1, 1);
      this.brush.fillStyle = "#000";
      this.brush.fillStyle = name;
      this.brush.fillRect(0, 0, 1, 1);
      this.painted.set(name, [...this.brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return this.painted.get(name);
  },
  laid([red, green, blue, depth], under) {
    return [red, green, blue].map((part, which) => part * depth + under[which] * (1 - depth));
  },
  light(colour) {
    const [red, green, blue] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  },
  // What colour an element stands on; none where a picture is.
  ground(element) { return this.keptFor("ground", element, () => this.groundUnder(element)); },
  groundUnder(element) {
    const layers = [];
    for (const one of this.upwards(element)) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return null;
      layers.push(this.colour(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    const page = getComputedStyle(document.documentElement).colorScheme === "dark" ? [0.07, 0.07, 0.07] : [1, 1, 1];
    return layers.reverse().reduce((under, layer) => this.laid(layer, under), page);
  },
  // Whether words in this colour stand out from what they stand on.
  stands(ink, element) {
    const [red, green, blue, depth] = this.colour(ink), seen = depth * this.opacity(element), ground = this.ground(element);
    if (seen < 0.3) return false;
    if (!ground) return true;
    const one = this.light(this.laid([red, green, blue, seen], ground)), other = this.light(ground);
    return Math.max(one, other) / Math.min(one, other) >= 1.5;
  },
  inks(node, parent) {
    const found = [getComputedStyle(parent).webkitTextFillColor];
    const block = this.block(parent);
    for (const where of ["::first-line", "::first-letter"]) {
      const style = getComputedStyle(block, where);
      if (style.color !== getComputedStyle(block).color) found.push(style.color);
    }
    for (const [name, ranges] of CSS.highlights ?? []) {
      if ([...ranges].some((range) => !range.collapsed && range.startContainer.isConnected && this.meets(range, node))) {
        found.push(getComputedStyle(parent, `::highlight(${name})`).color);
      }
    }
    return found;
  },
  meets(range, node) {
    const whole = document.createRange();
    whole.selectNodeContents(node);
    try {
      return range.compareBoundaryPoints(Range.END_TO_START, whole) <= 0 && range.compareBoundaryPoints(Range.START_TO_END, whole) >= 0;
    } catch {
      return true;
    }
  },

  // -- reading -------------------------------------------------------------------------------------
  // Whether a text can be read: large enough, in a colour of its own, whole, within the page and what holds it.
  readable(node, parent) { return this.keptFor("readable", node, () => this.isReadableIn(node, parent)); },
  isReadableIn(node, parent) {
    const style = getComputedStyle(parent), range = document.createRange();
    if (/override/.test(style.unicodeBidi) || parseFloat(style.fontSize) <= 2) return false;
    if ((style.webkitTextSecurity ?? "none") !== "none") return false;
    if (!this.inks(node, parent).every((ink) => this.stands(ink, parent)) || this.cut(parent)) return false;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width >= 1 && box.height >= 1);
    return boxes.length > 0 && boxes.every((box) => box.right + scrollX > 0 && this.withinFrames(box, parent));
  },
  // Whether the end of a text was cut off.
  cut(parent) { return this.keptFor("cut", parent, () => this.isCutIn(parent)); },
  isCutIn(parent) {
    const block = this.block(parent), style = getComputedStyle(block);
    const width = this.of(block, "scrollWidth") - this.of(block, "clientWidth");
    if (style.textOverflow !== "clip" && style.overflowX !== "visible" && width > 1) return true;
    for (const one of this.upwards(parent)) {
      const clamped = getComputedStyle(one).webkitLineClamp ?? "none";
      if (clamped !== "none" && this.of(one, "scrollHeight") > this.of(one, "clientHeight") + 2) return true;
    }
    return false;
  },
  withinFrames(box, parent) {
    for (const one of this.upwards(parent)) {
      if (one === document.body) break;
      const style = getComputedStyle(one);
      if (style.display === "inline" || !/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      const frame = this.box(one);
      const across = Math.min(box.right, frame.right) - Math.max(box.left, frame.left);
      const down = Math.min(box.bottom, frame.bottom) - Math.max(box.top, frame.top);
      if (across < 0.6 * box.width || down < 0.6 * box.height) return false;
    }
    return true;
  },
  block(element) { return this.keptFor("block", element, () => this.blockAround(element)); },
  blockAround(element) {
    let one = element;
    while (this.up(one) && /^(?:inline|contents)$/.test(getComputedStyle(one).display)) one = this.up(one);
    return one;
  },
  // The words that a style writes before or after an element: its own, those of its quotes, and those by which it counts.
  written(element, where) { return this.keptFor(where, element, () => this.writtenAt(element, where)); },
  writtenAt(element, where) {
    const style = getComputedStyle(element, where), [content] = style.content.split(/ \/ (?=(?:[^"]*"[^"]*")*[^"]*$)/);
    const said = content.replace(/counters?\(([^)]*)\)|(?:open|close)-quote/g, (whole, counter) => {
      return counter === undefined ? style.quotes : this.countsWith(counter.split(",").at(-1).trim());
    });
    const words = this.quoted(said).join("");
    return /\p{L}{2}/u.test(words) ? this.plain(words) : "";
  },
  quoted(text) { return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, said]) => said); },
  // All that a style that counts in its own way may write.
  countsWith(name) {
    const sheets = this.roots().flatMap((root) => [...root.styleSheets, ...root.adoptedStyleSheets]);
    const rules = sheets.flatMap((sheet) => {
      try {
        return [...sheet.cssRules];
      } catch {
        return [];
      }
    });
    const own = rules.filter((rule) => rule instanceof CSSCounterStyleRule && rule.name === name);
    return own.map((rule) => [rule.prefix, rule.symbols, rule.additiveSymbols, rule.suffix].join(" ")).join(" ");
  },
  wordless: ["script", "style", "noscript", "template", "option", "canvas", "video", "audio", "object", "progress", "meter", "textarea"],
  // The pieces of text below a root that are shown, without those within `left`; each with the box that it fills, what it
  // stands in, and what a style has written in it: a person reads that in one with the words that it stands at. With
  // `cutToo`, those whose end is cut off are among them.
  *parts(root, left, cutToo) {
    yield* left || cutToo ? this.partsOf(root, left, cutToo) : this.keptFor("parts", root, () => [...this.partsOf(root)]);
  },
  *partsOf(root, left, cutToo) {
    if (root === left || this.wordless.includes(this.of(root, "localName"))) return;
    const inner = [...this.ownParts(root, left, cutToo)];
    for (const where of ["::before", "::after"]) {
      const said = this.written(root, where), first = where === "::before";
      if (!said || !this.drawn(root)) continue;
      const next = this.inALine(root, where) ? inner.at(first ? 0 : -1) : undefined;
      if (next) {
        const [text, box, holder, written] = next;
        inner[first ? 0 : inner.length - 1] = [this.plain(first ? `${said} ${text}` : `${text} ${said}`), box, holder, [...written, said]];
      } else {
        inner[first ? "unshift" : "push"]([said, this.box(root), root, []]);
      }
    }
    yield* inner;
  },
  // Whether what a style writes does not stand in a line of its own.
  inALine(root, where) {
    return !/^(?:block|flex|grid|table)/.test(getComputedStyle(root, where).display) || /flex|grid/.test(getComputedStyle(root).display);
  },
  *ownParts(root, left, cutToo) {
    const slotted = root.localName === "slot" ? root.assignedNodes() : [];
    for (const node of this.shadow(root)?.childNodes ?? (slotted.length ? slotted : this.of(root, "childNodes"))) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = this.plain(node.data), parent = node.parentElement ?? node.parentNode.host;
        if (!text || !this.drawn(parent) || this.struck(parent)) continue;
        if (!this.readable(node, parent) && !(cutToo && this.cut(parent))) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        yield [text, range.getBoundingClientRect(), parent, []];
      } else if (node instanceof Element) {
        yield* this.parts(node, left, cutToo);
      }
    }
  },
  *pieces(root, left) { for (const [text] of this.parts(root, left)) yield text; },
  shown(root, left) { return this.plain([...this.pieces(root, left)].join(" ")); },
  // The pieces of text anywhere on the page that a person sees and that a pattern fits, each with what it stands in.
  *saying(pattern) {
    for (const node of this.texts()) {
      const text = this.plain(node.data), parent = node.parentElement ?? node.parentNode?.host;
      if (!text || !parent || !pattern.test(text) || parent.closest(this.wordless.join())) continue;
      if (this.drawn(parent) && !this.struck(parent) && this.readable(node, parent)) yield [text, parent];
    }
  },
})
