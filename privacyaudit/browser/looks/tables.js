// The tables of a page, as they are drawn: what stands over a cell, whatever cells go over several columns or rows.
({
  tables: "table, [role=table], [role=grid], [role=treegrid]",
  cells: "td, th, [role=cell], [role=gridcell], [role=columnheader], [role=rowheader]",
  grids: new WeakMap(),
  // The place of each cell of a table: the first of its rows and columns, and the first after them.
  gridOf(table) {
    const [changed, known] = this.grids.get(table) ?? [];
    if (known && changed === this.changed) return known;
    const isNative = this.fits(table, "table"), places = new Map(), taken = [];
    const isMine = (one) => this.up(one).closest(this.tables) === table && this.laidOut(one);
    const rows = (isNative ? [...table.rows] : this.below(table, "[role=row]")).filter(isMine);
    for (const [top, row] of rows.entries()) {
      let left = this.before(row, "aria-colindex");
      for (const cell of this.below(row, this.cells).filter((one) => isMine(one) && this.up(one).closest("tr, [role=row]") === row)) {
        left = Math.max(left, this.before(cell, "aria-colindex"));
        while (taken[top]?.[left]) left += 1;
        const right = left + this.span(cell, "col", 999), all = top + this.span(cell, "row", rows.length);
        const end = rows.findIndex((one, at) => at > top && (at >= all || (isNative && this.up(one) !== this.up(row))));
        const bottom = end < 0 ? rows.length : end;
        for (let at = top; at < bottom; at += 1) for (let across = left; across < right; across += 1) (taken[at] ??= [])[across] = true;
        places.set(cell, { cell, top, bottom, left, right });
        left = right;
      }
    }
    this.grids.set(table, [this.changed, places]);
    return places;
  },
  before(element, name) { return Math.max(0, (parseInt(this.attribute(element, name), 10) || 1) - 1); },
  span(cell, way, most) {
    const given = this.attribute(cell, this.fits(cell, "td, th") ? `${way}span` : `aria-${way}span`), number = parseInt(given ?? "1", 10);
    return Math.min(most, number === 0 && way === "row" ? most : number > 0 ? number : 1);
  },
  // Whether a cell says what stands under it: by its kind, or as one of a first row in which all is bold.
  isAColumnHead({ cell, top, left }, grid) {
    if (this.fits(cell, "[role=rowheader], [scope^=row i]")) return false;
    if (this.fits(cell, "[role=columnheader], [scope^=col i], thead *")) return true;
    const row = [...grid.values()].filter((one) => one.top === top);
    if (this.fits(cell, "th")) return (top === 0 && left > 0) || row.every((one) => this.fits(one.cell, "th") || !this.shown(one.cell));
    return top === 0 && row.length > 1 && row.every((one) => this.isBold(one.cell) && !this.below(one.cell, this.stateful).length);
  },
  isBold(element) { return [...this.parts(element)].every(([, , holder]) => Number(getComputedStyle(holder).fontWeight) >= 600); },
  // The heads of the columns in which something stands, the nearest first, each with whether it goes over all columns. One
  // of the same columns ends what the one before it is over.
  *columnHeads(element) {
    for (let cell = element.closest(this.cells); cell; cell = this.up(cell.closest(this.tables))?.closest(this.cells)) {
      const table = cell.closest(this.tables), grid = table ? this.gridOf(table) : new Map(), place = grid.get(cell);
      if (!table) return;
      if (!place) continue;
      for (const head of this.pointedAt(cell, "headers")) yield [head, false];
      const over = [...grid.values()].filter((one) => one.bottom <= place.top && one.left < place.right && one.right > place.left);
      const wide = Math.max(...[...grid.values()].map((one) => one.right)), ended = [];
      let block = [];
      for (let top = place.top - 1; top >= 0; top -= 1) {
        const heads = over.filter((one) => one.bottom - 1 === top && this.isAColumnHead(one, grid));
        if (!heads.length && over.some((one) => one.top <= top && one.bottom > top && !block.includes(one))) ended.push(...block.splice(0));
        const open = heads.filter((one) => !ended.some((other) => other.left === one.left && other.right === one.right));
        block = [...block, ...open];
        for (const one of open) yield [one.cell, one.left === 0 && one.right === wide];
      }
    }
  },
  // Whether a text stands in a column of a table that is not about how it is now.
  otherColumn(element) {
    return [...this.columnHeads(element)].some(([head, isOverAll]) => this.other.test(this.shown(head)) || (!isOverAll &&
      /\b(?:recommend|request|suggest|default|previous|before|old|new|after|will)/i.test(this.shown(head))));
  },
  isByOrUnder(element, holder) {
    const box = this.box(element), mine = this.box(this.block(holder));
    return this.inLine(box, mine) || (box.left < mine.right && box.right > mine.left);
  },
  // What stands in the lines under a text that is a head of its own, as in a table or a grid: in each line the one block
  // that stands in its column, as long as these say a state.
  *valuesUnder(holder) {
    let around = holder;
    for (let step = 0; step < 4 && this.up(around) && around !== document.body; step += 1) around = this.up(around);
    let mine = this.box(this.block(holder));
    const blocks = [...new Set([...this.parts(around)].map(([, , one]) => this.block(one)))].map((one) => [one, this.box(one)]);
    for (;;) {
      const below = blocks.filter(([, box]) => box.top >= mine.bottom - 1 && box.top - mine.bottom <= 48);
      const [, first] = below.reduce((least, one) => (!least || one[1].top < least[1].top ? one : least), undefined) ?? [];
      const line = below.filter(([one, box]) => this.inLine(box, first) && this.isByOrUnder(one, holder));
      if (line.length !== 1 || !this.said(this.shown(line[0][0]))) return;
      yield this.shown(line[0][0]);
      mine = line[0][1];
    }
  },
})
