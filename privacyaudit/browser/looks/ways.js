// Whether a page shows one of several parts of itself, between which links or buttons lead that no role calls tabs.
({
  tabLike: /(?:^|[\s_-])(?:tabs?|tab-?(?:list|bar|nav)|pills|segment(?:s|ed)?)(?:$|[\s_-])/i,
  marked_: /(?:^|[\s_-])(?:active|selected|current|chosen)(?:$|[\s_-])/i,
  ofNoPart: /^(?:sort|order|dir|lang|language|locale|hl|theme|utm_\w+)$/i,
  // The rows of such ways outside the head of the page, its foot and its ways to other pages.
  rowsOfTabs() {
    const rows = new Map();
    for (const one of this.all("a[href], button, [role=button], [role=link]")) {
      if (this.fits(one, "[role=switch], [role=checkbox], [role=radio]") || !this.isOutside(one) || !this.isAWay(one)) continue;
      const item = this.itemOf(one), row = this.up(item);
      if (row) rows.set(row, [...(rows.get(row) ?? []), item]);
    }
    return [...rows].filter(([row, ways]) => this.isARowOfTabs(row, ways)).map(([row]) => row);
  },
  // The outermost that has no other words than a way.
  itemOf(way) {
    let item = way;
    for (let next = this.up(item); next && next !== document.body && this.shown(next) === this.shown(way); next = this.up(item)) item = next;
    return item;
  },
  // Whether something leads to the same page: a button that sends nothing, or a link to its own address that asks for
  // something else, or is at a place that is not drawn.
  isAWay(element) {
    if (!this.fits(element, "a[href]")) return !(element.form && element.type === "submit");
    const to = new URL(element.href, document.baseURI), here = new URL(location.href);
    if (to.protocol === "javascript:") return true;
    if (to.origin !== here.origin || to.pathname !== here.pathname) return false;
    if (to.search !== here.search) return ![...to.searchParams.keys()].some((key) => this.ofNoPart.test(key));
    const place = to.hash.length > 1 && document.getElementById(decodeURIComponent(to.hash.slice(1)));
    return !(place && this.drawn(place)) && this.attribute(element, "href") !== "";
  },
  // Whether nothing but a few short words stands in a row of ways, of which one is marked as the one that is shown, or
  // which is called so, or leads to several values of the same thing.
  isARowOfTabs(row, ways) {
    const items = [...this.of(row, "children")].filter((one) => this.shown(one));
    if (items.length < 2 || items.some((one) => this.shown(one).split(" ").length > 4)) return false;
    if (this.shown(row) !== items.map((one) => this.shown(one)).join(" ") || items.length - ways.length > 1) return false;
    if ([row, this.up(row)].some((one) => this.tabLike.test(this.attribute(one, "class") ?? ""))) return true;
    if (items.filter((one) => this.isMarked(one, ways)).length === 1) return true;
    const asked = ways.flatMap((one) => (one.href ? [one] : this.below(one, "a[href]"))).map((one) => [...new URL(one.href).searchParams.keys()].join());
    return asked.some((keys, number) => keys && asked.indexOf(keys) !== number);
  },
  isMarked(item, ways) {
    if (!ways.includes(item)) return !this.fits(item, "ul, ol, table, li, tr") && !this.below(item, "ul, ol, table, li, tr, [role=listitem], [role=row]").length;
    return [item, ...this.below(item, "*")].some((one) => {
      if (this.fits(one, "[aria-current]:not([aria-current=false]), [aria-selected=true], [data-state=active], [data-selected=true], [data-active=true]")) return true;
      const style = getComputedStyle(one), edge = parseFloat(style.borderBottomWidth) > parseFloat(style.borderTopWidth) && this.colour(style.borderBottomColor)[3] > 0;
      return edge || this.marked_.test(this.attribute(one, "class") ?? "");
    });
  },
})
