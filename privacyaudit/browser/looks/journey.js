// A way through the page, as a person goes who looks for something, and what comes and goes on it.
({
  drawnInPart: false,
  mostStops: 12,
  // Note what is there, and what can be scrolled; false where nothing can.
  setOut() {
    const inner = [...this.within(document)].filter((one) => this.canScroll(one));
    const height = (one) => this.of(one, "clientHeight") || innerHeight;
    const scrollers = [document.scrollingElement ?? document.documentElement, ...inner].map((one) => [one, this.of(one, "scrollTop"), height(one)]);
    const stops = Math.min(this.mostStops, Math.max(...scrollers.map(([one, , high]) => Math.ceil(this.of(one, "scrollHeight") / high) - 1)));
    this.way = { scrollers, stops, stop: 0, first: this.everything(), come: new Set(), away: new Set(), gone: false };
    if (stops < 1) this.top();
    return stops > 0;
  },
  canScroll(element) {
    if (this.of(element, "scrollHeight") <= this.of(element, "clientHeight") + 8 || this.of(element, "clientHeight") < 40) return false;
    return !this.fits(element, "textarea, select, html, body") && /auto|scroll/.test(getComputedStyle(element).overflowY);
  },
  everything() {
    const texts = [...this.texts()].map((node) => this.plain(node.data)).filter(Boolean);
    return { elements: new Set(this.within(document)), texts: new Set(texts) };
  },
  // Go on by a screen wherever something scrolls, at last to the end; false at the end.
  goOn() {
    const way = this.way;
    way.stop += 1;
    if (way.stop > way.stops) return false;
    for (const [one, , height] of way.scrollers) {
      const place = way.stop === way.stops ? this.of(one, "scrollHeight") : way.stop * height;
      this.call(one, "scrollTo", { top: place, behavior: "instant" });
    }
    return this.awaitDrawing();
  },
  awaitDrawing() {
    this.way.drawn = false;
    this.way.since = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { this.way.drawn = true; }));
    return true;
  },
  // Whether the page has been drawn since; in a tab in the background it is not.
  isDrawnSince() { return this.way.drawn || performance.now() - this.way.since > 150; },
  lookAbout() {
    const { first, come, away } = this.way, now = this.everything();
    for (const one of now.elements) if (!first.elements.has(one)) come.add(one);
    for (const text of first.texts) if (!now.texts.has(text)) away.add(text);
    this.way.gone ||= [...first.elements].some((one) => !this.of(one, "isConnected"));
    return true;
  },
  turnBack() {
    for (const [one, top] of this.way.scrollers.slice(1)) this.call(one, "scrollTo", { top, behavior: "instant" });
    this.top();
    return this.awaitDrawing();
  },
  top() { scrollTo({ top: 0, behavior: "instant" }); return true; },
  // Note whether something was away meanwhile and is there again, or came instead of it and is away again.
  arrive() {
    const { come, away, gone } = this.way, { texts } = this.everything();
    const isBack = [...away].some((text) => texts.has(text));
    this.drawnInPart = isBack || (gone && [...come].some((one) => !this.of(one, "isConnected")));
    this.way = {};
    return true;
  },
})
