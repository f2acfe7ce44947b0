// Looks at a page from a world of its own, which the page's scripts cannot reach; changes nothing but where it is
// scrolled to. Asked as a selector, `audit=name` or `audit=name:[…]`, it finds its root when the answer is yes.
({
  watched: new WeakSet(),
  changed: performance.now(),
  query(root, asked) { return this.queryAll(root, asked)[0]; },
  queryAll(root, asked) {
    const [, name, given] = asked.match(/^(\w+)(?::(.*))?$/s);
    return this[name](root, given === undefined ? undefined : JSON.parse(given)) ? [root.documentElement ?? root] : [];
  },
  as_wanted(root, asked) {
    return asked.every(([name, given, wanted]) => Boolean(this[name](root, given ?? undefined)) === wanted);
  },

  // -- walking -------------------------------------------------------------------------------------
  // Everything below a root, in open shadow roots too.
  *within(root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* this.within(element.shadowRoot);
    }
  },
  roots() {
    const found = [document];
    for (let number = 0; number < found.length; number += 1) {
      for (const element of found[number].querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    }
    return found;
  },
  all(selector) { return this.roots().flatMap((root) => [...root.querySelectorAll(selector)]); },
  up(node) {
    return node.assignedSlot ?? (node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentElement);
  },
  around(element, other) {
    for (let one = other; one; one = this.up(one)) if (one === element) return true;
    return false;
  },

  // -- what a person sees --------------------------------------------------------------------------
  drawn(element, seeThrough) {
    if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return false;
    for (let one = element; one; one = this.up(one)) {
      const style = getComputedStyle(one);
      if (style.maskImage && style.maskImage !== "none") return false;
      if ((Number(style.opacity) < 0.1 && one !== seeThrough) || style.filter.includes("opacity(0")) return false;
      if (/inset\((?:50|100)%|circle\(0|polygon\(0(?:px)? 0(?:px)?, 0(?:px)? 0/.test(style.clipPath)) return false;
      if (style.position === "absolute" && /rect\(0px, 0px, 0px, 0px\)|rect\(1px, 1px, 1px, 1px\)/.test(style.clip)) return false;
      const box = one.getBoundingClientRect();
      if (style.overflowX !== "visible" && style.display !== "inline" && (box.width < 3 || box.height < 3)) return false;
    }
    return true;
  },
  labelsOf(element) {
    const own = [...(element.labels ?? [])];
    const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    return [...own, ...ids.map((id) => element.getRootNode().getElementById?.(id)).filter(Boolean)];
  },
  at(x, y) {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  },
  // Scroll to it as a person can: not within a frame that shows no bars.
  broughtIntoView(element) {
    const fixed = [];
    for (let one = this.up(element); one && one !== document.documentElement && one !== document.body; one = this.up(one)) {
      const style = getComputedStyle(one);
      if (/hidden|clip/.test(style.overflowX + style.overflowY)) fixed.push([one, one.scrollLeft, one.scrollTop]);
    }
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const moved = fixed.filter(([one, left, top]) => one.scrollLeft !== left || one.scrollTop !== top);
    for (const [one, left, top] of moved) one.scrollTo({ left, top, behavior: "instant" });
    return !moved.length;
  },
  // Whether something through which the mouse goes lies over a point.
  hasLid(element, x, y) {
    for (const other of this.within(document)) {
      const box = other.getBoundingClientRect();
      if (box.left > x || box.right < x || box.top > y || box.bottom < y || this.around(other, element) || this.around(element, other)) continue;
      const style = getComputedStyle(other);
      if (style.pointerEvents !== "none" || style.position === "static" || !this.drawn(other)) continue;
      if (!/rgba\(.*, 0\)|transparent/.test(style.backgroundColor) || style.backgroundImage !== "none") return true;
    }
    return false;
  },
  // Whether a person can see it where it stands, with nothing over it.
  uncovered(element, also) {
    if (!this.broughtIntoView(element)) return false;
    for (const box of element.getClientRects()) {
      if (box.width < 4 || box.height < 4) continue;
      for (const [across, down] of [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]]) {
        const x = box.left + box.width * across, y = box.top + box.height * down;
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        const hit = this.at(x, y);
        if (!hit) continue;
        if ([element, ...also].some((one) => this.around(one, hit))) return !this.hasLid(element, x, y);
        if (getComputedStyle(element).pointerEvents === "none" && this.around(hit, element)) return true;
      }
    }
    return false;
  },
  seen(element) {
    for (let one = element; one; one = this.up(one)) {
      if (one.inert || one.getAttribute("aria-hidden") === "true") return false;
      const style = getComputedStyle(one);
      if (style.mixBlendMode !== "normal" || /(?:brightness|contrast|opacity)\((?!1\))|blur\((?!0px\))|url/.test(style.filter)) return false;
    }
    const labels = [...(element.labels ?? [])];
    if (this.drawn(element) && this.uncovered(element, labels)) return true;
    if (element.localName !== "input" || !["checkbox", "radio"].includes(element.type)) return false;
    if (labels.some((label) => this.pictured(element, label) && this.drawn(label) && this.uncovered(label, [element]))) return true;
    return this.drawn(element, element) && this.uncovered(element, []) && this.liesOnItsPicture(element);
  },

  // Whether something is drawn on a label or next to the box, as it must be where the box itself is not seen: words alone
  // show no state.
  pictured(element, label) {
    const near = [label, ...label.querySelectorAll("*"), element.previousElementSibling, element.nextElementSibling];
    return near.some((one) => {
      if (!one || one === element) return false;
      if (["svg", "img", "canvas"].includes(one.localName)) return true;
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none" || !/rgba\(.*, 0\)/.test(style.backgroundColor)) return true;
      if (parseFloat(style.borderTopWidth) > 0) return true;
      return ["::before", "::after"].some((where) => !["none", "normal"].includes(getComputedStyle(one, where).content));
    });
  },

  // Many sites lay a see-through box over the picture of a switch: what a person sees is the picture, right under it.
  liesOnItsPicture(element) {
    const box = element.getBoundingClientRect();
    const under = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const picture = under[under.indexOf(element) + 1];
    if (!picture || !this.around(element.parentElement, picture)) return false;
    const size = element.parentElement.getBoundingClientRect();
    return size.width <= 3 * Math.max(box.width, 24) && size.height <= 3 * Math.max(box.height, 24);
  },

  // -- the words that a person sees ----------------------------------------------------------------
  struck(element) {
    for (let one = element; one; one = this.up(one)) {
      if (getComputedStyle(one).textDecorationLine.includes("line-through")) return true;
    }
    return false;
  },
  plain(text) { return text.normalize("NFC").replace(/[\u00a0\s]+/g, " ").trim(); },
  // Whether a text can be read: large enough, in a colour of its own, within the page and what holds it.
  readable(node, parent) {
    const style = getComputedStyle(parent), range = document.createRange();
    if (/override/.test(style.unicodeBidi) || /rgba\(.*, 0\)/.test(style.webkitTextFillColor)) return false;
    if (parseFloat(style.fontSize) <= 2 || /rgba\(.*, 0\)/.test(style.color) || style.color === this.ground(parent)) return false;
    range.selectNodeContents(node);
    return [...range.getClientRects()].some((box) => {
      if (box.width < 1 || box.height < 1 || box.right + scrollX <= 0) return false;
      for (let one = parent; one && one !== document.body; one = this.up(one)) {
        const around = getComputedStyle(one), frame = one.getBoundingClientRect();
        if (around.display === "inline" || !/hidden|clip/.test(around.overflowX)) continue;
        if (box.right <= frame.left || box.left >= frame.right || box.bottom <= frame.top || box.top >= frame.bottom) return false;
      }
      return true;
    });
  },
  ground(element) {
    for (let one = element; one; one = this.up(one)) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return "";
      if (!/rgba\(.*, 0\)/.test(style.backgroundColor)) return style.backgroundColor;
    }
    return "rgb(255, 255, 255)";
  },
  // The words that a style writes before or after an element.
  written(element, where) {
    const said = /^"(.*)"$/s.exec(getComputedStyle(element, where).content)?.[1] ?? "";
    return /\p{L}{2}/u.test(said) ? this.plain(said) : "";
  },
  // The pieces of text below a root that are shown, without those within `left`; each with the box that it fills.
  *parts(root, left) {
    if (root === left) return;
    const before = this.written(root, "::before"), after = this.written(root, "::after");
    if (before && this.drawn(root)) yield [before, root.getBoundingClientRect()];
    const assigned = root.localName === "slot" && root.assignedNodes().length ? root.assignedNodes() : root.childNodes;
    for (const node of root.shadowRoot?.childNodes ?? assigned) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = this.plain(node.data), parent = node.parentElement ?? node.parentNode.host;
        if (!text || !this.drawn(parent) || this.struck(parent) || !this.readable(node, parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        yield [text, range.getBoundingClientRect()];
      } else if (node.nodeType === Node.ELEMENT_NODE && !["script", "style", "noscript", "template", "option"].includes(node.localName)) {
        yield* this.parts(node, left);
      }
    }
    if (after && this.drawn(root)) yield [after, root.getBoundingClientRect()];
  },
  *pieces(root, left) { for (const [text] of this.parts(root, left)) yield text; },
  shown(root, left) { return this.plain([...this.pieces(root, left)].join(" ")); },
  bare(text) { return text.normalize("NFC").replace(/\s+/g, ""); },
  // Whether one of the words stands visibly on the control, on a label around it, or is the text beside it.
  named(element, words) {
    const wanted = new Set(words.map((word) => this.plain(word)));
    if (wanted.has(this.shown(element))) return true;
    const around = [...(element.labels ?? [])].filter((label) => label.contains(element));
    if (around.some((label) => wanted.has(this.shown(label, element)))) return true;
    const apart = this.labelsOf(element).filter((label) => !label.contains(element));
    if (apart.some((label) => wanted.has(this.shown(label)) && this.nearestTo(label) === element)) return true;
    return this.besideIt(element, wanted);
  },
  gap(one, other) {
    const across = Math.max(0, one.left - other.right, other.left - one.right);
    return across + 3 * Math.max(0, one.top - other.bottom, other.top - one.bottom);
  },
  nearestTo(label) {
    const box = label.getBoundingClientRect();
    let nearest = null, least = Infinity;
    for (const one of this.all(this.controls)) {
      if (!one.checkVisibility()) continue;
      const gap = this.gap(box, one.getBoundingClientRect());
      if (gap < least) [nearest, least] = [one, gap];
    }
    return nearest;
  },
  controls: "input:not([type=hidden]), select, textarea, button, [role=switch], [role=checkbox], [role=radio], [role=button], [role=combobox]",
  // Whether the text beside a control is one of these: with other controls about, only the nearest counts; and no other
  // text may stand between the two.
  besideIt(element, wanted) {
    let around = element;
    for (let step = 0; step < 6; step += 1) {
      around = this.up(around);
      if (!around || around === document.documentElement) return false;
      const parts = [...this.parts(around, element)];
      if (!parts.length) continue;
      const box = element.getBoundingClientRect();
      const far = ([, one]) => this.gap(one, box);
      const others = [...around.querySelectorAll(this.controls)].some((one) => one !== element && !element.contains(one) && this.shownBox(one));
      const sorted = [...parts].sort((one, other) => far(one) - far(other));
      const found = (others ? sorted.slice(0, 1) : sorted).find(([text]) => wanted.has(text));
      if (!found) return !others && wanted.has(this.plain(parts.map(([text]) => text).join(" ")));
      const middle = (box.top + box.bottom) / 2;
      return !parts.some((part) => part !== found && part[1].top <= middle && part[1].bottom >= middle && (
        (found[1].right <= part[1].left && part[1].right <= box.left) || (box.right <= part[1].left && part[1].right <= found[1].left)));
    }
    return false;
  },
  beside(element, fits) {
    let around = element;
    for (let step = 0; step < 6; step += 1) {
      around = this.up(around);
      if (!around || around === document.body) return false;
      const pieces = [...this.pieces(around, element)];
      if (pieces.length) return fits(pieces);
    }
    return false;
  },
  // Whether a word that a person sees on the control says the contrary of its state.
  contrary(element) {
    const on = element.checked ?? (element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed")) === "true";
    const around = [...(element.labels ?? [])].filter((label) => label.contains(element));
    const words = [element, ...around].flatMap((one) => [...this.pieces(one)]);
    const says = (pattern) => words.some((word) => pattern.test(word));
    const yes = says(/^(?:on|yes|enabled|an|ja|oui)$/i), no = says(/^(?:off|no|disabled|aus|nein|non)$/i);
    return on ? no && !yes : yes && !no;
  },
  // Whether the rest of a name, which says the state, is what a person reads on the control or beside it.
  tells(element, rest) {
    const wanted = this.plain(rest), own = this.shown(element);
    if (own) return own === wanted || own.endsWith(` ${wanted}`) || own.includes(`${wanted} `);
    return this.beside(element, (pieces) => pieces.includes(wanted) || pieces.join(" ").includes(wanted));
  },
  // Whether what is shown is a text, and no part of a longer word that is shown.
  says(element, text) {
    const whole = this.bare(this.shown(element)), block = this.block(element);
    if (whole !== this.bare(text)) return false;
    const around = this.plain(block.innerText ?? ""), words = this.plain(text);
    const at = around.indexOf(words);
    return at < 0 || !(/[\p{L}\p{N}]$/u.test(around.slice(0, at)) || /^[\p{L}\p{N}]/u.test(around.slice(at + words.length)));
  },
  block(element) {
    let one = element;
    while (this.up(one) && /^(?:inline|contents)$/.test(getComputedStyle(one).display)) one = this.up(one);
    return one;
  },
  // Whether a sentence says how things are: it is all that its block says, and neither stands on a control nor beside one
  // that would choose it.
  sentence(element) {
    const chooses = "label, button, summary, option, select, [role=button], [role=radio], [role=checkbox], [role=switch], [role=option], [role=tab], [role^=menuitem], [role=treeitem], [aria-pressed], [aria-selected], [aria-checked], [onclick], blockquote, figure";
    if (element.closest(chooses) || this.shown(this.block(element)) !== this.shown(element)) return false;
    if (getComputedStyle(element).cursor === "pointer") return false;
    const box = element.getBoundingClientRect(), named = element.id && [...document.querySelectorAll("[aria-labelledby]")].some((one) => one.getAttribute("aria-labelledby").split(/\s+/).includes(element.id));
    const switches = this.all("input[type=checkbox], input[type=radio], [role=radio], [role=checkbox], [role=switch], [aria-pressed]");
    return !named && !switches.some((one) => {
      const other = one.getBoundingClientRect();
      return this.shownBox(one) && other.top < box.bottom && other.bottom > box.top;
    });
  },
  // Whether the words that a control is found by are, on the screen, nearer to it than to any other of its kind.
  nearest(element, words) {
    const wanted = new Set(words.map((word) => this.plain(word))), mine = element.getBoundingClientRect();
    const role = element.getAttribute("role"), like = role ? `[role="${CSS.escape(role)}"]` : element.localName + (element.type ? `[type="${CSS.escape(element.type)}"]` : "");
    const rivals = this.all(like).filter((one) => one !== element && this.shownBox(one)).map((one) => one.getBoundingClientRect());
    const boxes = [...this.parts(document.body)].filter(([text]) => wanted.has(text)).map(([, box]) => box);
    return !boxes.length || boxes.some((box) => rivals.every((one) => this.gap(box, mine) <= this.gap(box, one)));
  },

  // -- fields ---------------------------------------------------------------------------------------
  // Whether a field is as the server sent it.
  saved(element) {
    if (element.localName === "select") {
      const options = [...element.options];
      if (options.every((option) => option.selected === option.defaultSelected)) return true;
      return options.every((option) => !option.defaultSelected) && element.selectedIndex === options.findIndex((option) => !option.disabled);
    }
    if (!["checkbox", "radio"].includes(element.type)) return element.value === element.defaultValue;
    const group = element.type === "radio" && element.name ? [...(element.form ?? element.getRootNode()).querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)] : [element];
    return group.every((one) => one.checked === one.defaultChecked);
  },
  // Whether a field stands as one of the ways in which the server sent it.
  sent(element, ways) {
    if (element.localName === "input" && element.type === "checkbox") return ways.includes(element.checked ? "on" : "off");
    if (element.localName === "input" && element.type === "radio") return ways.includes(element.value) === element.checked;
    return ways.includes(element.value) || ways.includes(element.value.replace(/\r\n/g, "\n"));
  },
  // Whether a part of the page shows one of its names, as its heading or above it.
  headed(element, names) {
    const wanted = new Set(names.map((name) => this.plain(name)));
    for (const piece of this.pieces(element)) if (wanted.has(piece)) return true;
    return wanted.has(this.shown(element)) || this.beside(element, (pieces) => pieces.some((piece) => wanted.has(piece)));
  },
  // Whether a list offers no value twice, and what is chosen can be chosen.
  sound(element) {
    if (element.localName === "input" && element.type === "radio" && element.name) {
      const twins = document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`);
      return [...twins].every((one) => one.form === element.form);
    }
    if (element.localName !== "select") return true;
    if (element.querySelector(":scope > button") && !element.querySelector(":scope > button selectedcontent")) return false;
    const options = [...element.options], chosen = element.selectedOptions[0];
    if (options.some((option) => this.plain(option.label) !== this.plain(option.text))) return false;
    return new Set(options.map((option) => option.value)).size === options.length && !(chosen && (chosen.disabled || chosen.hidden));
  },

  // -- the page as a whole ----------------------------------------------------------------------------
  watch(root) {
    if (this.watched.has(root)) return;
    this.watched.add(root);
    this.changed = performance.now();
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(() => { this.changed = performance.now(); }).observe(root, everything);
  },
  // Whether nothing has changed for so many milliseconds.
  still(root, least) {
    for (const inner of this.roots()) this.watch(inner);
    return performance.now() - this.changed >= least;
  },
  unsaved: /\bunsaved (?:changes|settings)\b|\bchanges (?:have )?not (?:been )?saved\b/i,
  troubled: /\boffline\b|\bsaved settings\b|\bcached\b|\bcould(?:n['’]t| not) (?:be )?load|\bwent wrong\b|\btry again\b|\btemporarily unavailable\b|\bundo\b|\bloading\b|\bout of date\b|\bbeing restored\b|\bplease wait\b/i,
  waits: "[aria-busy=true], [role=progressbar], progress:not([value]), [class*=spinner i], [class*=skeleton i], [class*=shimmer i]",
  dialogs: "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true], [popover]:popover-open",
  // A dialog that is a part of the page below it: not modal, at the edge, away from the middle.
  aside(dialog) {
    if (dialog.localName === "dialog" || dialog.matches("[popover]") || dialog.getAttribute("role") === "alertdialog" || dialog.getAttribute("aria-modal") === "true") return false;
    const box = dialog.getBoundingClientRect(), middle = [innerWidth / 2, innerHeight / 2];
    const over = box.left < middle[0] && box.right > middle[0] && box.top < middle[1] && box.bottom > middle[1];
    return !over && box.width * box.height < 0.3 * innerWidth * innerHeight;
  },
  shownBox(element) {
    const box = element.getBoundingClientRect();
    return box.width >= 4 && box.height >= 4 && this.drawn(element);
  },
  // Whether nothing on the page says that it is not finished: no waiting sign, open dialog, or banner of trouble.
  ready(root) {
    const control = root.nodeType === Node.ELEMENT_NODE ? root : null;
    if (this.all(this.waits).some((element) => this.shownBox(element))) return false;
    for (const element of this.all(this.dialogs)) {
      if (this.shownBox(element) && !(control && this.around(element, control)) && !this.aside(element)) return false;
    }
    for (const element of this.all("[role=alert], [role=status], [role=banner], [aria-live]")) {
      if (!this.drawn(element)) continue;
      const text = this.shown(element);
      if (text && (this.troubled.test(text) || this.unsaved.test(text) || element.getAttribute("role") === "alert")) return false;
    }
    return true;
  },
  settled() { return !this.unsaved.test(document.body?.innerText ?? ""); },
  // Whether one of several that are counted is there for a person: drawn, on the page, not struck out or out of use.
  counts(element) {
    const box = element.getBoundingClientRect();
    if (!this.drawn(element) || this.struck(element) || box.right + scrollX <= 0 || element.disabled) return false;
    for (let one = this.up(element); one && one !== document.body; one = this.up(one)) {
      const style = getComputedStyle(one), frame = one.getBoundingClientRect();
      if (/hidden|clip/.test(style.overflowX) && (box.right <= frame.left || box.left >= frame.right)) return false;
    }
    return true;
  },
  // Whether something says that a list of so many goes on: another page, a button for more, a greater number of all,
  // more to scroll.
  more(root, count) {
    const goesOn = /^(?:show|see|view|load) (?:\d+ )?(?:more|all|older|others?|everything|history)\b|^(?:next|older|earlier|others?|more)\b.{0,12}$|^\+?\s*\d+(?: more\b.*)?$|^and \d+ (?:more|others?)\b|^(?:all|full|rest)\b|^(?:continue|expand)$|^[\s.…⋯›»→▼>]+$/i;
    const rows = [...this.within(root)];
    for (const element of this.within(document)) {
      if (element.matches("[rel~=next], [aria-label*=pagination i], [aria-label*='next page' i]") && this.drawn(element)) return true;
      const length = Number(element.getAttribute("aria-setsize") ?? element.getAttribute("aria-rowcount") ?? 0);
      if (length > count || length < 0) return true;
      if (element.matches("nav a") && /^\d+$/.test(this.shown(element))) return true;
      if (element.matches("a, button, summary, [role=button], [role=link]") && goesOn.test(element.getAttribute("aria-label") ?? "")) return true;
      if (element.matches("a, button, summary, [role=button], [role=link]") && goesOn.test(this.shown(element))) return true;
    }
    if (/\bnot all\b|^\+\s*\d|\s\+\s*\d/i.test(this.shown(root))) return true;
    if (root !== document.body && rows.some((one) => one.matches("select, [role=tab], input[type=search], [role=searchbox]") && this.drawn(one))) return true;
    const words = this.shown(document.body);
    if (/\band \d+ (?:more|others)\b/i.test(words)) return true;
    const things = /\b(\d+) (?:other |more |active )?(?:devices|sessions|places|browsers|items|results|entries|apps|people|rows)\b/gi;
    for (const [, all] of words.matchAll(things)) if (Number(all) > count) return true;
    for (const [, all] of words.matchAll(/\b\d+\s*(?:of|\/)\s*(\d+)\b/gi)) if (Number(all) > count) return true;
    for (let one = root; one && one !== document.body; one = this.up(one)) {
      if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 8) return true;
    }
    return [...this.within(root)].some((one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 8);
  },
  // Go through the page as a person does who looks for something, so that what waits to be seen is fetched.
  through() {
    const height = Math.min(document.documentElement.scrollHeight, 12 * innerHeight);
    for (let y = innerHeight; y < height; y += innerHeight) scrollTo({ top: y, behavior: "instant" });
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    return true;
  },
  top() { scrollTo({ top: 0, behavior: "instant" }); return true; },
})
