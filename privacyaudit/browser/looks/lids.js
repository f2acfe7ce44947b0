// What lies over what: anything that is drawn over a thing hides it, also where the mouse goes through.
({
  // Do something while the mouse goes through nothing: the page's scripts, which run later, never meet it. It is given
  // those elements through which the mouse goes all the same.
  opaque(doing) {
    const sheet = new CSSStyleSheet(), added = [];
    sheet.replaceSync("@layer { *, *::before, *::after { pointer-events: auto !important } }");
    try {
      for (const root of this.roots()) {
        root.adoptedStyleSheets.push(sheet);
        added.push(root);
      }
      return doing();
    } finally {
      for (const root of added) root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((one) => one !== sheet);
    }
  },
  // Whether a person can see it where it stands now, with nothing over it.
  uncovered(element, also) {
    return this.opaque(() => {
      const around = this.aroundIt(element);
      let clear = false;
      for (const box of this.call(element, "getClientRects")) {
        if (box.width < 4 || box.height < 4) continue;
        const [middle, ...others] = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]].map(([across, down]) =>
          this.stateAt(element, also, box.left + box.width * across, box.top + box.height * down, around));
        if (middle === "covered" || others.filter((one) => one === "covered").length > 1) return false;
        clear ||= [middle, ...others].includes("clear");
      }
      return clear;
    });
  },
  stateAt(element, also, x, y, around) {
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return "away";
    const stack = this.stack(document, x, y);
    const depth = stack.findIndex((one) => [element, ...also].some((own) => this.around(own, one)));
    if (depth < 0) return "away";
    const isOver = (one) => (this.around(one, element) ? this.drawsOverItsOwn(one, element, x, y) : this.drawsAt(one, x, y));
    if (stack.slice(0, depth).some(isOver)) return "covered";
    return around.some((one) => this.reaches(one, element, also, x, y)) ? "covered" : "clear";
  },
  // What is drawn at a point, the uppermost first.
  stack(root, x, y) {
    const found = [];
    for (const one of root.elementsFromPoint(x, y)) {
      if (this.call(one, "getRootNode") !== root) continue;
      const inner = this.shadow(one);
      if (inner) found.push(...this.stack(inner, x, y));
      found.push(one);
    }
    return found;
  },
  filled(style) { return style.backgroundImage !== "none" || this.colour(style.backgroundColor)[3] > 0; },
  // Whether what a style writes or draws before or after an element is to be seen.
  drawsBeside(element) {
    return ["::before", "::after"].some((where) => {
      const style = getComputedStyle(element, where);
      if (["none", "normal"].includes(style.content) || style.display === "none" || Number(style.opacity) < 0.1) return false;
      return style.content !== '""' || this.veils(style) || this.hasEdge(style);
    });
  },
  veils(style) { return this.filled(style) || (style.backdropFilter ?? "none") !== "none" || /inset/.test(style.boxShadow); },
  hasEdge(style) {
    return ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0 && this.colour(style[`border${side}Color`])[3] > 0);
  },
  pictures: ["img", "canvas", "video", "iframe", "object", "embed", "input", "select", "textarea", "progress", "meter", "audio"],
  drawsAt(element, x, y) {
    if (!this.drawn(element)) return false;
    if (element instanceof SVGElement && !["svg", "g"].includes(element.localName)) return true;
    const style = getComputedStyle(element);
    if (this.pictures.includes(this.of(element, "localName")) || this.veils(style) || this.drawsBeside(element)) return true;
    return this.edgeAt(element, style, x, y) || this.writesAt(element, x, y);
  },
  edgeAt(element, style, x, y) {
    const box = this.box(element), width = (side) => parseFloat(style[`border${side}Width`]) || 0;
    if (!this.hasEdge(style)) return false;
    return x < box.left + width("Left") || x > box.right - width("Right") || y < box.top + width("Top") || y > box.bottom - width("Bottom");
  },
  writesAt(element, x, y) {
    return [...this.of(element, "childNodes")].some((node) => {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return false;
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].some((box) => this.touches(box, x, y));
    });
  },
  // Something around a control lies over it only by what a style draws before or after it, by its shadow root, or because
  // the control was put behind it.
  drawsOverItsOwn(element, inner, x, y) {
    const root = this.shadow(element);
    if (root && this.stack(root, x, y).some((one) => !this.around(one, inner) && this.drawsAt(one, x, y))) return true;
    const extra = ["::before", "::after"].some((where) => !["none", "normal"].includes(getComputedStyle(element, where).content));
    return extra ? this.drawsBeside(element) : this.veils(getComputedStyle(element));
  },
  // What else could reach over a thing: what the mouse still goes through, and what draws far beyond its box.
  aroundIt(element) {
    const found = [];
    for (const one of this.within(document)) {
      const box = this.box(one);
      if (box.bottom < -innerHeight || box.top > 2 * innerHeight || (!box.width && !box.height)) continue;
      const style = getComputedStyle(one);
      if (style.pointerEvents === "none") found.push([one, box, 0]);
      const far = this.farthest(style);
      if (far >= 16) found.push([one, box, far]);
    }
    return found;
  },
  farthest(style) {
    const shadows = style.boxShadow === "none" ? [] : style.boxShadow.split(/,(?![^(]*\))/);
    const reach = shadows.map((shadow) => {
      const [across, down, , spread] = [...shadow.replace(/\([^)]*\)/, "").matchAll(/(-?[\d.]+)px/g)].map(([, far]) => Number(far));
      return shadow.includes("inset") ? 0 : spread + Math.max(Math.abs(across), Math.abs(down));
    });
    const outline = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    const thrown = [...style.filter.matchAll(/drop-shadow\(.*?(-?[\d.]+)px (-?[\d.]+)px/g)].map(([, across, down]) => Math.max(Math.abs(across), Math.abs(down)));
    return Math.max(0, outline, ...reach, ...thrown);
  },
  reaches([one, box, far], element, also, x, y) {
    if (!far && (this.around(one, element) || [element, ...also].some((own) => this.around(own, one)))) return false;
    if (far && (one === element || [element, ...also].some((own) => this.around(own, one)))) return false;
    const inside = this.touches(box, x, y);
    if (!far) return inside && this.drawsAt(one, x, y);
    if (this.around(one, element)) return parseFloat(getComputedStyle(one).outlineOffset) < -8 && getComputedStyle(one).outlineStyle !== "none";
    const wide = { left: box.left - far, right: box.right + far, top: box.top - far, bottom: box.bottom + far };
    return !inside && this.touches(wide, x, y) && this.drawn(one);
  },
})
