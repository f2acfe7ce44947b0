// How a page is walked through, and how it is asked. A form's fields may bear the names of its own properties, such as
// parentElement: so what is asked of any element is asked by the browser's own prototypes.
({
  followed: new Set(),
  changed: performance.now(),
  query(root, asked) { return this.queryAll(root, asked)[0]; },
  queryAll(root, asked) {
    this.forget();
    const [, name, given] = asked.match(/^(\w+)(?::(.*))?$/s);
    if (name === "held") return this.heldOne && this.of(this.heldOne, "isConnected") ? [this.heldOne] : [];
    return this[name](root, given === undefined ? undefined : JSON.parse(given)) ? [root.documentElement ?? root] : [];
  },
  as_wanted(root, asked) {
    return asked.every(([name, given, wanted]) => Boolean(this[name](root, given ?? undefined)) === wanted);
  },

  // Keep hold of an element: to find it anew for each question takes longer, on a large page, than to answer it.
  heldOne: null,
  hold(element) { this.heldOne = element; return true; },
  isOneOf(element, tags) { return tags.includes(this.of(element, "localName")); },

  of(node, name) { return Reflect.get(Object.getPrototypeOf(node), name, node); },
  call(node, name, ...given) { return this.of(node, name).apply(node, given); },
  box(element) { return this.keptFor("box", element, () => this.call(element, "getBoundingClientRect")); },
  attribute(element, name) { return this.call(element, "getAttribute", name); },
  fits(element, selector) { return this.call(element, "matches", selector); },
  below(root, selector) { return [...this.call(root, "querySelectorAll", selector)]; },
  shadowOf: Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot").get,
  shadow(element) { return element instanceof Element ? this.shadowOf.call(element) : undefined; },

  // Everything below a root, in open shadow roots too.
  *within(root) {
    for (const element of this.call(root, "querySelectorAll", "*")) {
      yield element;
      const inner = this.shadow(element);
      if (inner) yield* this.within(inner);
    }
  },
  roots() {
    return this.keptFor("roots", document, () => {
      const found = [document];
      for (let number = 0; number < found.length; number += 1) {
        for (const element of found[number].querySelectorAll("*")) {
          const inner = this.shadow(element);
          if (inner) found.push(inner);
        }
      }
      return found;
    });
  },
  // Every text below some roots, in its order.
  *texts(roots = this.roots()) {
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node;
    }
  },
  all(selector) {
    return this.keptFor("all", selector, () => this.roots().flatMap((root) => [...root.querySelectorAll(selector)]));
  },
  up(node) {
    return this.keptFor("up", node, () => {
      const parent = this.of(node, "parentNode");
      return this.of(node, "assignedSlot") ?? (parent instanceof ShadowRoot ? parent.host : this.of(node, "parentElement"));
    });
  },
  *upwards(element) { for (let one = element; one; one = this.up(one)) yield one; },
  around(element, other) {
    for (const one of this.upwards(other)) if (one === element) return true;
    return false;
  },
  touches(box, x, y) { return box.left <= x && box.right >= x && box.top <= y && box.bottom >= y; },
  gap(one, other) {
    const across = Math.max(0, one.left - other.right, other.left - one.right);
    return across + 3 * Math.max(0, one.top - other.bottom, other.top - one.bottom);
  },
  // Whether two boxes stand in one line of the screen.
  inLine(one, other) {
    const middle = (other.top + other.bottom) / 2;
    return (one.top <= middle && one.bottom >= middle) || (other.top <= (one.top + one.bottom) / 2 && other.bottom >= (one.top + one.bottom) / 2);
  },

  watch(root) {
    if (this.followed.has(root)) return;
    if (!this.followed.size) this.follow();
    this.followed.add(root);
    this.changed = performance.now();
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(() => { this.changed = performance.now(); }).observe(root, everything);
  },
  // Whether nothing has changed for so many milliseconds.
  still(root, least) {
    for (const inner of this.roots()) this.watch(inner);
    return performance.now() - this.changed >= least;
  },
})
