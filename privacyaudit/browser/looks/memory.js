// What was found out about an element is kept while one question is answered: meanwhile nothing on the page changes, but
// where it is scrolled to.
({
  memory: new Map(),
  keptFor(what, key, find) {
    let known = this.memory.get(what);
    if (!known) this.memory.set(what, (known = new Map()));
    if (!known.has(key)) known.set(key, find());
    return known.get(key);
  },
  forget() { this.memory.clear(); },
})
