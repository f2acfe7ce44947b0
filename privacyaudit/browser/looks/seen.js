// What a person sees of the page: what is drawn, and not covered by anything that is drawn over it.
({
  cloudy: /(?:brightness|contrast|opacity)\((?!1\))|blur\((?!0px\))|grayscale\((?!0\))|url/,
  drawn(element, seeThrough) {
    if (!this.of(element, "isConnected") || !this.call(element, "checkVisibility", { visibilityProperty: true })) return false;
    return this.opacity(element, seeThrough) >= 0.1 && this.isLetThrough(element);
  },
  // Whether neither an element nor anything around it takes away what is in it.
  isLetThrough(element) {
    return this.keptFor("let through", element, () => {
      const style = getComputedStyle(element);
      if (style.maskImage && style.maskImage !== "none") return false;
      if (style.filter.includes("opacity(0")) return false;
      if (/inset\((?:50|100)%|circle\(0|polygon\(0(?:px)? 0(?:px)?, 0(?:px)? 0/.test(style.clipPath)) return false;
      if (style.position === "absolute" && /rect\(0px, 0px, 0px, 0px\)|rect\(1px, 1px, 1px, 1px\)/.test(style.clip)) return false;
      const box = this.box(element);
      if (style.overflowX !== "visible" && style.display !== "inline" && (box.width < 3 || box.height < 3)) return false;
      return !this.up(element) || this.isLetThrough(this.up(element));
    });
  },
  // How much of an element is seen, after all that it stands in; without `left`.
  opacity(element, left) {
    let seen = 1;
    for (const one of this.upwards(element)) {
      if (one !== left) seen *= this.keptFor("opacity", one, () => Number(getComputedStyle(one).opacity));
    }
    return seen;
  },
  laidOut(element) { return this.call(element, "checkVisibility"); },
  shownBox(element) {
    const box = this.box(element);
    return box.width >= 4 && box.height >= 4 && this.drawn(element);
  },
  controls: "input:not([type=hidden]), select, textarea, button, [role=switch], [role=checkbox], [role=radio], [role=button], [role=combobox]",
  disabled(element) { return Boolean(element.closest(":disabled, [aria-disabled=true], [disabled]")); },
  // Whether it is as clear as what is in use: a part that is greyed waits for something, if what is in it could be used.
  clear(element, picture) {
    const seen = this.opacity(element, picture);
    if (!this.fits(element, this.controls)) return seen >= 0.5;
    return seen >= 0.3 && (this.disabled(element) || this.opacity(element, element) >= 0.8);
  },
  labelsOf(element) { return [...(element.labels ?? []), ...this.pointedAt(element, "aria-labelledby")]; },
  describers(element) { return ["aria-describedby", "aria-details", "aria-errormessage"].flatMap((name) => this.pointedAt(element, name)); },
  pointedAt(element, name) {
    const ids = (this.attribute(element, name) ?? "").split(/\s+/).filter(Boolean);
    const root = this.call(element, "getRootNode");
    return ids.map((id) => root.getElementById?.(id)).filter(Boolean);
  },
  // Scroll to it as a person can: not within a frame that shows no bars.
  broughtIntoView(element) {
    const fixed = [];
    for (const one of this.upwards(this.up(element))) {
      if (one === document.documentElement || one === document.body) break;
      const style = getComputedStyle(one);
      if (/hidden|clip/.test(style.overflowX + style.overflowY)) fixed.push([one, this.of(one, "scrollLeft"), this.of(one, "scrollTop")]);
    }
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const moved = fixed.filter(([one, left, top]) => this.of(one, "scrollLeft") !== left || this.of(one, "scrollTop") !== top);
    for (const [one, left, top] of moved) this.call(one, "scrollTo", { left, top, behavior: "instant" });
    this.forget();
    return moved.every(([one]) => this.fillsFrame(element, one));
  },
  // Whether something that is larger than a frame shows in all of it, as it stands.
  fillsFrame(element, one) {
    const box = this.box(element), frame = this.box(one);
    return box.left <= frame.left + 1 && box.right >= frame.right - 1 && box.top <= frame.top + 1 && box.bottom >= frame.bottom - 1;
  },
  // Scroll to it; tell whether anything on the page looks otherwise by how far it is scrolled, which takes a moment.
  comesIntoView(element) {
    this.broughtIntoView(element);
    return this.roots().some((root) => root.getAnimations().some((one) => one.timeline && !(one.timeline instanceof DocumentTimeline)));
  },
  seen(element) {
    for (const one of this.upwards(element)) {
      if (this.of(one, "inert") || this.attribute(one, "aria-hidden") === "true") return false;
      const style = getComputedStyle(one);
      if (style.mixBlendMode !== "normal" || this.cloudy.test(style.filter)) return false;
    }
    if (!this.broughtIntoView(element) || this.isShrunk(element)) return false;
    const labels = [...(element.labels ?? [])];
    if (this.drawn(element) && this.clear(element) && this.uncovered(element, labels)) return true;
    const isABox = element.localName === "input" && ["checkbox", "radio"].includes(element.type);
    if (!(isABox || this.hasNoFace(element)) || !this.clear(element, element)) return false;
    if (labels.some((label) => this.pictured(element, label) && this.drawn(label) && this.uncovered(label, [element]))) return true;
    return isABox && this.drawn(element, element) && this.uncovered(element, []) && this.liesOnItsPicture(element);
  },
  // Whether a button that is a switch has no size and no words, so that what is drawn of it can only be on its label.
  hasNoFace(element) {
    const box = this.box(element);
    return this.fits(element, "button[role=switch], button[role=checkbox]") && box.width < 4 && box.height < 40 && !element.textContent.trim();
  },

  // Whether it is drawn much smaller than it is, turned away, or without its own words.
  isShrunk(element) {
    const box = this.box(element), width = this.of(element, "offsetWidth"), height = this.of(element, "offsetHeight");
    if ((width && box.width < 0.5 * width) || (height && box.height < 0.5 * height)) return true;
    return this.hidesItsWords(element);
  },
  typed: "select, textarea, input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file], [type=image], [type=hidden])",
  // Whether the words that a field shows by itself cannot be read: too small, in no colour that stands out, or set beside it.
  hidesItsWords(element) {
    if (!this.fits(element, this.typed) || (element.localName !== "select" && !element.value)) return false;
    const style = getComputedStyle(element), width = this.of(element, "clientWidth");
    const set = parseFloat(style.textIndent) * (style.textIndent.endsWith("%") ? width / 100 : 1);
    const room = width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (parseFloat(style.fontSize) <= 2 || room < 8 || Math.abs(set) > room / 2) return true;
    return ![style.color, style.webkitTextFillColor].every((ink) => this.stands(ink, element));
  },

  // Whether something is drawn on a label or next to the box, as it must be where the box itself is not seen: words alone
  // show no state.
  pictured(element, label) {
    const near = [label, ...label.querySelectorAll("*"), element.previousElementSibling, element.nextElementSibling];
    return near.some((one) => {
      if (!one || one === element) return false;
      if (["svg", "img", "canvas"].includes(one.localName)) return true;
      const style = getComputedStyle(one);
      if (this.filled(style) || parseFloat(style.borderTopWidth) > 0) return true;
      return ["::before", "::after"].some((where) => !["none", "normal"].includes(getComputedStyle(one, where).content));
    });
  },
  // Many sites lay a see-through box over the picture of a switch: what a person sees is the picture, right under it.
  liesOnItsPicture(element) {
    const box = element.getBoundingClientRect(), around = this.up(element);
    const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const picture = under[under.indexOf(element) + 1];
    if (!picture || !this.around(around, picture)) return false;
    const size = this.box(around);
    return size.width <= 3 * Math.max(box.width, 24) && size.height <= 3 * Math.max(box.height, 24);
  },
})
