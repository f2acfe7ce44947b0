"""The kinds of change that the mutation test makes to pages: pure text in, text out, with a seeded random.

A kind takes a `Case` (what a platform's server sends to one user, and the page to be changed) and gives a `Change`, or
None where the page has nothing of the sort. What the server really holds for the user never changes. A change says
whether that can still be seen; docs/mend/mutation-test.md defines it for each kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from random import Random
from typing import Any, NamedTuple

SIGN_IN = "/mutated/sign-in"
LATER = "/mutated/state"


@dataclass(frozen=True)
class Served:
    """What a server sends for a path: after `wait_ms`, and to later requests what stands in `after`, one by one.

    With status 0 it hangs up.
    """

    body: str
    status: int = 200
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    wait_ms: int = 0
    after: tuple[Served, ...] = ()


@dataclass(frozen=True)
class Case:
    """One page of one user, and what the probes that open it look for.

    `path` is the page to be changed, `words` the names and texts and `fields` the form names that its probes want,
    `replies` the paths of replies that they want (a * is any part), `keys` the keys in them. `toggles` maps a name to
    the checks that read a state under it: check, option when on, option when off. `absences` maps a key
    of a reply to what it means, by a source, when it is not there: check, option. `addresses` says with how many
    queries the page is opened.
    """

    pages: Mapping[str, Served]
    path: str
    other: Mapping[str, Served]
    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    toggles: Mapping[str, tuple[tuple[str, str | None, str | None], ...]] = field(default_factory=dict)
    absences: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    others_truth: Mapping[str, str | None] = field(default_factory=dict)
    addresses: int = 1

    def with_page(self, served: Served) -> Case:
        return replace(self, pages={**self.pages, self.path: served})

    def with_body(self, body: str) -> Case:
        return self.with_page(replace(self.pages[self.path], body=body))


@dataclass(frozen=True)
class Change:
    """A changed case.

    `gone`: the page shows nothing of the user's any more, so only *unknown* is right for what is read there alone;
    `replies_gone`: so it is for what is read from replies alone.
    `person` maps checks to what a person would read, where the page as a whole misleads a person too.
    """

    case: Case
    gone: bool = False
    replies_gone: bool = False
    person: Mapping[str, str] = field(default_factory=dict)


Make = Callable[[Case, Random], Change | None]


@dataclass(frozen=True)
class Kind:
    """A kind of change; one that is `alone` may show a state that is not the user's: only harmless ones go with it."""

    name: str
    make: Make
    alone: bool = False
    harmless: bool = False


KINDS: dict[str, Kind] = {}


def kind(name: str, *, alone: bool = False, harmless: bool = False) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        assert name not in KINDS
        KINDS[name] = Kind(name, make, alone, harmless)
        return make

    return add


# -- a page as elements with their places in the text --------------------------------------------------------------

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CLOSES = {
    "li": {"li"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
    "body": {"head", "title"},
}
_CONTROL_TAGS = {"input", "select", "textarea", "button"}
_CONTROL_ROLES = {"switch", "checkbox", "radio", "button", "combobox", "menuitemradio", "option"}
_CONTAINERS = {"main", "section", "form", "fieldset", "table", "dialog", "ul", "nav", "header", "div"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    start: int
    inner: int
    parent: Element | None
    close: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    @property
    def is_control(self) -> bool:
        if self.attrs.get("type") in ("hidden", "submit"):
            return False
        return self.tag in _CONTROL_TAGS or self.attrs.get("role") in _CONTROL_ROLES or self.tag.endswith("-input")

    def inside(self) -> Iterator[Element]:
        for child in self.children:
            yield child
            yield from child.inside()

    def controls(self) -> list[Element]:
        return [element for element in self.inside() if element.is_control]

    def row(self) -> Element:
        """Return the highest element around this control that holds no other control."""
        row = self
        while row.parent and row.parent.tag not in ("main", "body", "html", "") and len(row.parent.controls()) == 1:
            row = row.parent
        return row


class _Tree(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.lines = [0]
        for match in re.finditer("\n", text):
            self.lines.append(match.end())
        self.root = Element("", {}, 0, 0, None, len(text), len(text))
        self.here = self.root
        self.feed(text)
        self.close()
        while self.here is not self.root:
            self._end(len(text), len(text))

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _end(self, close: int, end: int) -> None:
        self.here.close, self.here.end = close, end
        self.here = self.here.parent or self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at()
        while self.here.tag in _CLOSES.get(tag, ()):
            self._end(at, at)
        inner = at + len(self.get_starttag_text() or "")
        element = Element(tag, {name: value or "" for name, value in attrs}, at, inner, self.here, inner, inner)
        self.here.children.append(element)
        if tag not in _VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        around, names = self.here, []
        while around is not self.root:
            names.append(around.tag)
            around = around.parent or self.root
        if tag not in names:
            return
        at = self._at()
        while self.here.tag != tag:
            self._end(at, at)
        self._end(at, self.text.index(">", at) + 1)


def tree(html: str) -> Element:
    return _Tree(html).root


_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')


class Part(NamedTuple):
    """A stretch of a page that is HTML: the page itself, or a text in a script that becomes elements later."""

    start: int
    end: int
    html: str
    drawn_by_script: bool


def parts(body: str) -> list[Part]:
    found = [Part(0, len(body), body, drawn_by_script=False)]
    for script in _SCRIPT.finditer(body):
        for literal in _LITERAL.finditer(body, script.start(1), script.end(1)):
            try:
                html = json.loads(literal.group())
            except ValueError:
                continue
            if re.search(r"<[a-z]", html):
                found.append(Part(literal.start(), literal.end(), html, drawn_by_script=True))
    return found


def put(body: str, part: Part, html: str) -> str:
    """Put changed HTML in the place of a part."""
    said = json.dumps(html).replace("</script", "<\\/script") if part.drawn_by_script else html
    return body[: part.start] + said + body[part.end :]


class Spot(NamedTuple):
    part: Part
    element: Element

    @property
    def source(self) -> str:
        return self.part.html[self.element.start : self.element.end]


def spots(body: str, fits: Callable[[Element], bool]) -> list[Spot]:
    return [Spot(part, element) for part in parts(body) for element in tree(part.html).inside() if fits(element)]


def replaced(body: str, spot: Spot, source: str) -> str:
    html = spot.part.html
    return put(body, spot.part, html[: spot.element.start] + source + html[spot.element.end :])


def is_page(case: Case) -> bool:
    served = case.pages[case.path]
    return served.status == 200 and served.kind == "text/html"


def choose(case: Case, rng: Random, fits: Callable[[Element], bool]) -> Spot | None:
    """Choose an element of the page, mostly one that has to do with a probe."""
    if not is_page(case):
        return None
    found = spots(case.pages[case.path].body, fits)
    sought = (*case.words, *case.fields)
    near = [spot for spot in found if any(word in spot.part.html[_around(spot.element)] for word in sought)]
    if near and rng.random() < 0.8:
        found = near
    return rng.choice(found) if found else None


def _around(element: Element) -> slice:
    row = element.row() if element.is_control else element
    return slice(row.start, row.end)


def a_control(element: Element) -> bool:
    return element.is_control


def edited(case: Case, rng: Random, fits: Callable[[Element], bool], edit: Callable[[Spot], str | None]) -> Case | None:
    """Change the source of one element; None when there is none, or `edit` has nothing to change in it."""
    spot = choose(case, rng, fits)
    source = edit(spot) if spot else None
    if spot is None or source is None:
        return None
    return case.with_body(replaced(case.pages[case.path].body, spot, source))


def _seen(case: Case | None) -> Change | None:
    return Change(case) if case else None


# -- states --------------------------------------------------------------------------------------------------------

_CHECKED = re.compile(r"""\schecked(?:=(?:"[^"]*"|'[^']*'|[^\s>]*))?(?=[\s/>])""")


def other_state(source: str, element: Element) -> str | None:
    """Return the source of a control with another state than it has; None for one without a state."""
    tag_length = element.inner - element.start
    tag, rest = source[:tag_length], source[tag_length:]
    for state in ("aria-checked", "aria-pressed"):
        if element.attrs.get(state) in ("true", "false"):
            turned = "false" if element.attrs[state] == "true" else "true"
            return re.sub(rf"""{state}=["']?(?:true|false)["']?""", f'{state}="{turned}"', tag) + rest
    if element.attrs.get("type") in ("checkbox", "radio") or element.tag.endswith("-input"):
        if _CHECKED.search(tag):
            return _CHECKED.sub("", tag) + rest
        return re.sub(r"(/?>)$", r" checked\1", tag) + rest
    if element.tag == "select":
        options = [child for child in element.inside() if child.tag == "option"]
        chosen = next((n for n, option in enumerate(options) if "selected" in option.attrs), 0)
        rest = re.sub(r"""\sselected(?:=(?:"[^"]*"|'[^']*'))?(?=[\s>])""", "", rest)
        number = iter(range(len(options)))
        target = (chosen + 1) % len(options)
        return tag + re.sub(r"<option", lambda m: m[0] + (" selected" if next(number) == target else ""), rest)
    if element.tag == "input" and element.attrs.get("type") == "text":
        filled = "" if element.attrs.get("value") else "Something else"
        return re.sub(r"""\svalue=(?:"[^"]*"|'[^']*')""", f" value='{filled}'", tag) + rest
    return None


def all_in_other_state(html: str) -> str | None:
    """Return HTML with each control in another state; None when none has one."""
    changed = False
    for control in sorted(tree(html).controls(), key=lambda one: one.start, reverse=True):
        turned = other_state(html[control.start : control.end], control)
        if turned is not None:
            html = html[: control.start] + turned + html[control.end :]
            changed = True
    return html if changed else None


def state_of(element: Element) -> bool:
    said = element.attrs.get("aria-checked") or element.attrs.get("aria-pressed")
    return said == "true" if said else "checked" in element.attrs


# -- words ---------------------------------------------------------------------------------------------------------


def in_each_part(body: str, change: Callable[[str], str]) -> str:
    """Change the HTML of a page and that of each text in its scripts that becomes elements."""
    for number in reversed(range(len(parts(body)))):
        part = parts(body)[number]
        changed = change(part.html)
        if changed != part.html:
            body = put(body, part, changed)
    return body


def said_everywhere(body: str, old: str, new: str) -> str:
    """Put a wording in the place of another one wherever it is a whole text or a whole attribute."""
    written = rf"(?:{re.escape(old)}|{re.escape(escape(old, quote=False))})"

    def change(html: str) -> str:
        html = re.sub(rf"(=[\"'])\s*{written}\s*(?=[\"'])", lambda match: match[1] + escape(new), html)
        return re.sub(rf"(>\s*){written}(?=\s*<)", lambda match: match[1] + escape(new, quote=False), html)

    return in_each_part(body, change)


def said_in(body: str, before: str, old: str, new: str) -> str:
    """Put a wording in the place of another one in attributes (`before` is _IN_NAME) or in texts (_IN_TEXT) only."""
    written = rf"(?:{re.escape(old)}|{re.escape(escape(old, quote=False))})(?=\s*[<\"'])"
    return in_each_part(body, lambda html: re.sub(before + written, lambda match: match[1] + escape(new), html))


def labels_of(body: str) -> list[str]:
    """Return the wordings that stand beside the controls of a page, as whole texts or attributes."""
    found: list[str] = []
    for spot in spots(body, a_control):
        row = spot.part.html[_around(spot.element)]
        named = [spot.element.attrs.get(key, "") for key in ("aria-label", "label")]
        texts = [text.strip() for text in re.findall(r">([^<>]+)<", f"{row}<")]
        found += [text for text in (*named, *texts) if re.search(r"[A-Za-z]{3}", text)]
    return list(dict.fromkeys(found))


def _label(case: Case, rng: Random) -> str | None:
    if not is_page(case):
        return None
    body = case.pages[case.path].body
    wanted = [word for word in case.words if word in body]
    if wanted and rng.random() < 0.8:
        return rng.choice(wanted)
    found = labels_of(body)
    return rng.choice(found) if found else None


_SYNONYMS = {"posts": "updates", "profile": "page", "Private": "Hidden", "search": "finding", "email": "e-mail"}


def reworded(text: str, rng: Random) -> str:
    ways = [text + " ", text.upper(), text + " (new)", "Your " + text, text.rstrip(".") + "…", text.replace(" ", "  ")]
    ways += [text.replace(old, new) for old, new in _SYNONYMS.items() if old in text]
    return rng.choice(ways)


_OPPOSITES = (
    ("Don't allow", "Allow"),
    ("don't allow", "allow"),
    ("Hide", "Show"),
    ("hide", "show"),
    ("Private", "Public"),
    ("private", "public"),
    ("Protect", "Open up"),
    ("Turn off", "Turn on"),
    ("Disable", "Enable"),
    ("No one", "Everyone"),
)


def opposite(text: str) -> str:
    for one, other in _OPPOSITES:
        for old, new in ((one, other), (other, one)):
            if old in text:
                return text.replace(old, new, 1)
    return "Don't " + text[:1].lower() + text[1:]


_GERMAN = {
    "the": "das",
    "your": "dein",
    "Your": "Dein",
    "posts": "Beiträge",
    "profile": "Profil",
    "Private": "Privates",
    "Protect": "Schütze",
    "search": "Suche",
    "email": "E-Mail",
    "Allow": "Erlaube",
    "Show": "Zeige",
    "people": "Leuten",
    "you": "dir",
    "settings": "Einstellungen",
    "Settings": "Einstellungen",
}


def translated(text: str) -> str:
    words = [_GERMAN.get(word, word) for word in text.split(" ")]
    return " ".join(words) if words != text.split(" ") else text + " (Einstellung)"


@kind("rename: the wording of a label, everywhere")
def _rename_label(case: Case, rng: Random) -> Change | None:
    label = _label(case, rng)
    if label is None:
        return None
    return Change(case.with_body(said_everywhere(case.pages[case.path].body, label, reworded(label, rng))))


_IN_NAME = r"((?:aria-label|label|title)=[\"'])"
_IN_TEXT = r"(>\s*)"


@kind("rename: the accessible name only, or the visible text only")
def _rename_one_side(case: Case, rng: Random) -> Change | None:
    label = _label(case, rng)
    if label is None:
        return None
    body = case.pages[case.path].body
    changed = said_in(body, rng.choice((_IN_NAME, _IN_TEXT)), label, reworded(label, rng))
    return Change(case.with_body(changed)) if changed != body else None


@kind("rename: a field")
def _rename_field(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str | None:
        name = spot.element.attrs.get("name") or spot.element.attrs.get("id")
        new = rng.choice((f"{name}2", f"user[{name}]", f"x{rng.randrange(10**6)}"))
        return spot.source.replace(f"{name}", new) if name else None

    return _seen(edited(case, rng, a_control, edit))


@kind("translate: the language and the words")
def _translate(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    share = rng.choice((0.3, 1.0))
    body = re.sub(
        r"""\slang=["']?[\w-]+["']?""", f' lang="{rng.choice(("de", "de-CH", "cy"))}"', _words(case, rng, share)
    )
    return Change(case.with_body(body))


@kind("translate: the words, with the language left as it was")
def _translate_words(case: Case, rng: Random) -> Change | None:
    return Change(case.with_body(_words(case, rng, rng.choice((0.3, 1.0))))) if is_page(case) else None


@kind("translate: the language named wrongly or not at all", harmless=True)
def _language(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    body = re.sub(
        r"""\slang=["']?[\w-]+["']?""", rng.choice(("", ' lang="fr"', ' lang=""')), case.pages[case.path].body, count=1
    )
    return Change(case.with_body(body))


def _words(case: Case, rng: Random, share: float) -> str:
    body = case.pages[case.path].body
    for label in {*labels_of(body), *(word for word in case.words if word in body)}:
        if rng.random() < share:
            body = said_everywhere(body, label, translated(label))
    return body


@kind("invert the wording of a label")
def _invert(case: Case, rng: Random) -> Change | None:
    label = _label(case, rng)
    if label is None:
        return None
    return Change(case.with_body(said_everywhere(case.pages[case.path].body, label, opposite(label))))


_INVERT_BOTH = "invert the wording of a label and the state with it"


@kind(_INVERT_BOTH)
def _invert_both(case: Case, rng: Random) -> Change | None:
    """Change a setting's wording so that the same choice is the other state; not where a form name has a meaning."""
    spot = choose(case, rng, a_control)
    if spot is None or any(name in spot.source for name in case.fields):
        return None
    row = spot.element.row()
    html = spot.part.html[row.start : row.end]
    turned = all_in_other_state(html)
    label = next((text for text in re.findall(r">\s*([^<>]*[A-Za-z]{3}[^<>]*?)\s*<", html)), None)
    label = spot.element.attrs.get("aria-label") or spot.element.attrs.get("label") or label
    if turned is None or not label:
        return None
    whole = spot.part.html
    turned = whole[: row.start] + turned + whole[row.end :]
    body = put(case.pages[case.path].body, spot.part, turned)
    return Change(case.with_body(said_everywhere(body, label, opposite(label))))


@kind("swap the labels of neighbours, wherever they stand", alone=True)
def _swap_labels(case: Case, rng: Random) -> Change | None:
    """Let two settings stand under each other's name, in names and texts alike: a person reads them so too."""
    if not is_page(case):
        return None
    body = case.pages[case.path].body
    ours = [word for word in case.toggles if _once(body, word)]
    if not ours:
        return None
    label = rng.choice(ours)
    states = {_named(body, spot.element): state_of(spot.element) for spot in spots(body, a_control)}
    others = [name for name in states if name and name != label and _once(body, name)]
    if not others:
        return None
    other = rng.choice(others)
    body = said_everywhere(body, label, "\0")
    body = said_everywhere(body, other, label)
    body = said_everywhere(body, "\0", other)
    person: dict[str, str] = {}
    for name, shown in ((label, states[other]), (other, states[label])):
        for check, when_on, when_off in case.toggles.get(name, ()):
            answer = when_on if shown else when_off
            if answer:
                person[check] = answer
    return Change(case.with_body(body), person=person)


def _once(body: str, name: str) -> bool:
    return len(spots(body, lambda one: _named(body, one) == name)) == 1


def _named(body: str, element: Element) -> str:
    """Return the name of a control with a state that can be switched, as far as the text of the page tells it."""
    if not element.is_control or (
        not {"aria-checked", "aria-pressed"} & set(element.attrs)
        and element.attrs.get("type") not in ("checkbox", "radio")
        and not element.tag.endswith("-input")
    ):
        return ""
    return element.attrs.get("aria-label") or element.attrs.get("label") or _text_of_label(body, element)


def _text_of_label(body: str, element: Element) -> str:
    around = element
    while around.parent and around.tag != "label":
        around = around.parent
    for part in parts(body):
        root = tree(part.html)
        for one in root.inside():
            wraps = one.tag == "label" and around.tag == "label" and (one.start, one.end) == (around.start, around.end)
            points = one.attrs.get("id") == element.attrs.get("aria-labelledby", "-") or (
                one.tag == "label" and one.attrs.get("for") == element.attrs.get("id", "-")
            )
            if wraps or points:
                texts = re.findall(r">([^<>]+)<", part.html[one.start : one.end])
                return " ".join(text.strip() for text in texts if text.strip())
    return ""


_HALVES = (
    "swap the accessible names of neighbours, and leave the visible texts",
    "swap the visible texts of neighbours, and leave the accessible names",
)
"""Each swaps one half of two labels. Both halves on one page would be the whole swap, which contradicts nothing."""


@kind(_HALVES[0])
def _swap_names(case: Case, rng: Random) -> Change | None:
    return _swapped(case, rng, _IN_NAME)


@kind(_HALVES[1])
def _swap_texts(case: Case, rng: Random) -> Change | None:
    return _swapped(case, rng, _IN_TEXT)


def _swapped(case: Case, rng: Random, where: str) -> Change | None:
    """Swap names or texts of two controls whose names stand on the page as visible texts too."""
    if not is_page(case):
        return None
    body = case.pages[case.path].body
    names = dict.fromkeys(
        spot.element.attrs.get("aria-label") or spot.element.attrs.get("label") or "" for spot in spots(body, a_control)
    )
    both = [name for name in names if name and said_in(body, _IN_TEXT, name, "") != body]
    wanted = [name for name in both if name in case.words]
    if not wanted or len(both) < 2:
        return None
    one = rng.choice(wanted)
    other = rng.choice([name for name in both if name != one])
    for old, new in ((one, "\0"), (other, one), ("\0", other)):
        body = said_in(body, where, old, new)
    return Change(case.with_body(body))


# -- elements ------------------------------------------------------------------------------------------------------


@kind("remove a control")
def _remove_control(case: Case, rng: Random) -> Change | None:
    return _seen(edited(case, rng, a_control, lambda spot: ""))


@kind("remove a row")
def _remove_row(case: Case, rng: Random) -> Change | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    return Change(case.with_body(replaced(case.pages[case.path].body, row, "")))


@kind("remove a heading")
def _remove_heading(case: Case, rng: Random) -> Change | None:
    return _seen(edited(case, rng, lambda one: one.tag in ("h1", "h2", "h3", "legend"), lambda spot: ""))


@kind("remove a section or dialog")
def _remove_section(case: Case, rng: Random) -> Change | None:
    return _seen(edited(case, rng, lambda one: one.tag in _CONTAINERS, lambda spot: ""))


@kind("duplicate a control in the same state")
def _duplicate(case: Case, rng: Random) -> Change | None:
    return _seen(edited(case, rng, a_control, lambda spot: spot.source * 2))


@kind("duplicate a control in another state", alone=True)
def _duplicate_other(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str | None:
        twin = other_state(spot.source, spot.element)
        return "".join(rng.sample((spot.source, twin), 2)) if twin else None

    return _seen(edited(case, rng, a_control, edit))


@kind("duplicate a row in the same state")
def _duplicate_row(case: Case, rng: Random) -> Change | None:
    return _seen(twin_row(case, rng, lambda row: row))


@kind("duplicate a row in another state", alone=True)
def _duplicate_row_other(case: Case, rng: Random) -> Change | None:
    return _seen(twin_row(case, rng, all_in_other_state))


@kind("add a hidden row in another state", alone=True)
def _hidden_twin(case: Case, rng: Random) -> Change | None:
    def hidden(row: str) -> str | None:
        turned = all_in_other_state(row)
        holder = rng.choice(
            ("<div hidden>{}</div>", "<div style='display:none'>{}</div>", "<template>{}</template>", "<!--{}-->")
        )
        return holder.format(turned) if turned else None

    return _seen(twin_row(case, rng, hidden))


def twin_row(case: Case, rng: Random, make: Callable[[str], str | None]) -> Case | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    twin = make(row.source)
    if twin is None:
        return None
    body = case.pages[case.path].body
    html = spot.part.html
    places = [row.element.start, row.element.end]
    places += [one.end for one in tree(html).inside() if one.tag in ("tr", "li", "h2") and one.end <= len(html)]
    at = rng.choice(places)
    if row.element.start < at < row.element.end:
        at = row.element.end
    return case.with_body(put(body, spot.part, html[:at] + twin + html[at:]))


@kind("show a hidden part", alone=True)
def _unhide(case: Case, rng: Random) -> Change | None:
    pattern = re.compile(r"""(<\w[^<>]*?)\s(?:hidden|style=\\?["']display:none\\?["'])(?=[\s>])""")
    return _seen(
        edited(
            case,
            rng,
            lambda one: "hidden" in one.attrs or "display:none" in one.attrs.get("style", ""),
            lambda spot: pattern.sub(r"\1", spot.source, count=1),
        )
    )


@kind("move a control to another row")
def _move_control(case: Case, rng: Random) -> Change | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    html = spot.part.html
    others = [one for one in tree(html).controls() if one.start >= spot.element.end or one.end <= spot.element.start]
    if not others:
        return None
    target = rng.choice(others)
    at = rng.choice((target.start, target.end))
    return Change(case.with_body(put(case.pages[case.path].body, spot.part, _moved(html, spot.element, at))))


@kind("move a row to another section")
def _move_row(case: Case, rng: Random) -> Change | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    html, row = spot.part.html, spot.element.row()
    places = [
        at
        for one in tree(html).inside()
        for at in (one.inner, one.close)
        if one.tag in _CONTAINERS and (at <= row.start or at >= row.end)
    ]
    if not places:
        return None
    return Change(case.with_body(put(case.pages[case.path].body, spot.part, _moved(html, row, rng.choice(places)))))


def _moved(html: str, element: Element, at: int) -> str:
    source = html[element.start : element.end]
    without = html[: element.start] + html[element.end :]
    if at >= element.end:
        at -= len(source)
    return without[:at] + source + without[at:]


@kind("disable a control")
def _disable(case: Case, rng: Random) -> Change | None:
    how = rng.choice(("disabled", 'aria-disabled="true"', "readonly", 'disabled aria-disabled="true"'))
    return _seen(edited(case, rng, a_control, lambda spot: with_attribute(spot, how)))


_HIDING = (
    "hidden",
    'style="display:none"',
    'style="visibility:hidden"',
    'style="opacity:0"',
    'style="position:absolute;left:-9999px"',
    'aria-hidden="true"',
    "inert",
    'style="content-visibility:hidden"',
)


@kind("hide a control, row or section")
def _hide(case: Case, rng: Random) -> Change | None:
    how = rng.choice(_HIDING)
    spot = choose(case, rng, rng.choice((a_control, a_control, lambda one: one.tag in _CONTAINERS)))
    if spot is None:
        return None
    if spot.element.is_control and rng.random() < 0.5:
        spot = Spot(spot.part, spot.element.row())
    return Change(case.with_body(replaced(case.pages[case.path].body, spot, with_attribute(spot, how))))


def with_attribute(spot: Spot, attribute: str) -> str:
    tag = spot.element.inner - spot.element.start
    return re.sub(r"(\s*/?>)$", rf" {attribute}\1", spot.source[:tag]) + spot.source[tag:]


@kind("another kind of control in the same state")
def _other_control(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str | None:
        one = spot.element
        if one.attrs.get("type") == "checkbox":
            return _as_button(one, rng)
        if one.attrs.get("role") in ("switch", "checkbox") and one.tag == "button":
            return _as_box(one)
        return None

    return _seen(edited(case, rng, a_control, edit))


def _as_button(one: Element, rng: Random) -> str:
    kept = "".join(
        f' {key}="{one.attrs[key]}"' for key in ("id", "name", "aria-label", "aria-labelledby") if key in one.attrs
    )
    on = str("checked" in one.attrs).lower()
    state = rng.choice(
        (
            f'role="switch" aria-checked="{on}"',
            f'aria-pressed="{on}"',
            f'role="checkbox" aria-checked="{on}"',
            f'class="is-{on}"',
        )
    )
    return f'<button type="button"{kept} {state}></button>'


def _as_box(one: Element) -> str:
    kept = "".join(
        f' {key}="{one.attrs[key]}"' for key in ("id", "name", "aria-label", "aria-labelledby") if key in one.attrs
    )
    return f'<input type="checkbox"{kept}{" checked" if state_of(one) else ""}>'


@kind("a state that is neither on nor off, or not given")
def _mixed(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str | None:
        tag = spot.element.inner - spot.element.start
        if "aria-checked" in spot.element.attrs:
            new = rng.choice(('aria-checked="mixed"', "", 'aria-checked=""', 'aria-checked="yes"'))
            return re.sub(r"""aria-checked=["']?\w+["']?""", new, spot.source[:tag]) + spot.source[tag:]
        return None

    return _seen(edited(case, rng, a_control, edit))


@kind("values and texts outside the list")
def _other_values(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str | None:
        if spot.element.tag == "select":
            return re.sub(
                r"""value=(["'])(\w+)\1""",
                lambda match: f"value={match[1]}{match[2]}_{rng.randrange(9)}{match[1]}",
                spot.source,
            )
        if spot.element.tag == "button" or spot.element.attrs.get("role") == "button":
            return re.sub(r">([^<>]+)<", lambda match: f">{reworded(match[1], rng)}<", spot.source)
        return None

    return _seen(edited(case, rng, a_control, edit))


@kind("a choice list with two chosen")
def _two_chosen(case: Case, rng: Random) -> Change | None:
    def edit(spot: Spot) -> str:
        return re.sub(
            "<option(?![^>]*selected)", "<option selected", spot.source.replace("<select", "<select multiple", 1)
        )

    return _seen(edited(case, rng, lambda one: one.tag == "select", edit))


@kind("put a row in a frame or a shadow root")
def _enclose(case: Case, rng: Random) -> Change | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    quoted = row.source.replace("&", "&amp;").replace('"', "&quot;")
    holder = rng.choice(
        (f'<iframe srcdoc="{quoted}"></iframe>', f'<div><template shadowrootmode="open">{row.source}</template></div>')
    )
    return Change(case.with_body(replaced(case.pages[case.path].body, row, holder)))


# -- replies -------------------------------------------------------------------------------------------------------


def _reply_path(case: Case, rng: Random) -> str | None:
    fitting = [path for path in case.pages if any(_fits(path, pattern) for pattern in case.replies)]
    good = [path for path in fitting if case.pages[path].status == 200 and "json" in case.pages[path].kind]
    return rng.choice(good) if good else None


def _fits(path: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", "[^/]+"), path) is not None


def with_reply(case: Case, path: str, served: Served) -> Case:
    return replace(case, pages={**case.pages, path: served})


def _turned_reply(case: Case, rng: Random, turn: Callable[[str, Any], tuple[str, Any] | None]) -> Change | None:
    """Change key and value of an entry of a reply; None for an entry takes it out."""
    path = _reply_path(case, rng)
    if path is None:
        return None
    value = _load(case.pages[path].body)
    places = list(_entries(value))
    wanted = [place for place in places if place[1] in case.keys]
    if wanted and rng.random() < 0.8:
        places = wanted
    if not places:
        return None
    holder, key = rng.choice(places)
    made = turn(key, holder[key])
    entries = [made if name == key else (name, kept) for name, kept in holder.items()]
    holder.clear()
    holder.update(entry for entry in entries if entry)
    return Change(with_reply(case, path, replace(case.pages[path], body=json.dumps(value))))


def _load(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _entries(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield value, key
            yield from _entries(below)
    elif isinstance(value, list):
        for below in value:
            yield from _entries(below)


@kind("reply: rename a key")
def _rename_key(case: Case, rng: Random) -> Change | None:
    return _turned_reply(case, rng, lambda key, value: (rng.choice((f"{key}_v2", key.upper(), f"is_{key}")), value))


@kind("reply: take a key out")
def _remove_key(case: Case, rng: Random) -> Change | None:
    """Take a key out; where a checklist has a source for what that means, it means so."""
    taken: list[str] = []

    def turn(key: str, _value: Any) -> None:
        taken.append(key)

    change = _turned_reply(case, rng, turn)
    return change and replace(change, person=dict(case.absences.get(taken[0], ())))


@kind("reply: another type of the same value")
def _other_type(case: Case, rng: Random) -> Change | None:
    def turn(key: str, value: Any) -> tuple[str, Any]:
        plain = str(value).lower() if isinstance(value, bool) else value
        number = int(value) if isinstance(value, bool) else value
        return key, rng.choice(
            (
                plain,
                number,
                None,
                [value],
                {"value": value},
                [],
                {},
                f" {value} ",
                float(number) if isinstance(number, int) else "",
            )
        )

    return _turned_reply(case, rng, turn)


@kind("reply: a value outside the list")
def _other_value(case: Case, rng: Random) -> Change | None:
    def turn(key: str, value: Any) -> tuple[str, Any]:
        words = ("friends_of_friends", "unset", -1, "TRUE", "", str(value).swapcase() + "_2")
        return key, rng.choice(words if type(value) is int else (*words, 7))

    return _turned_reply(case, rng, turn)


@kind("reply: the whole of it one level down")
def _nested(case: Case, rng: Random) -> Change | None:
    path = _reply_path(case, rng)
    if path is None:
        return None
    value = _load(case.pages[path].body)
    made = rng.choice(({"data": value}, [value], {"settings": value, "errors": []}, {"result": {"user": value}}))
    return Change(with_reply(case, path, replace(case.pages[path], body=json.dumps(made))))


@kind("reply: with an error status")
def _reply_error(case: Case, rng: Random) -> Change | None:
    path = _reply_path(case, rng)
    if path is None:
        return None
    body = rng.choice((case.pages[path].body, _turned_body(case.pages[path].body), '{"error": "try again"}', ""))
    status = rng.choice((400, 401, 403, 404, 429, 500, 503))
    return Change(with_reply(case, path, replace(case.pages[path], body=body, status=status)))


def _turned_body(body: str) -> str:
    """Return a reply with each true and false in it turned round, and each listed word made another one."""
    return re.sub(r"\b(true|false)\b", lambda match: "false" if match[1] == "true" else "true", body)


@kind("reply: cut off")
def _cut_off(case: Case, rng: Random) -> Change | None:
    path = _reply_path(case, rng)
    if path is None:
        return None
    body = case.pages[path].body
    return Change(with_reply(case, path, replace(case.pages[path], body=body[: rng.randrange(len(body))])))


@kind("reply: not JSON")
def _not_json(case: Case, rng: Random) -> Change | None:
    path = _reply_path(case, rng)
    if path is None:
        return None
    body = case.pages[path].body
    made = rng.choice(
        (
            f"for (;;);{body}",
            f")]}}'\n{body}",
            f"{body}\n{_turned_body(body)}",
            "<!doctype html><title>Sorry</title>",
            "\ufeff" + body,
            f"callback({body})",
            "OK",
        )
    )
    return Change(with_reply(case, path, replace(case.pages[path], body=made)))


@kind("reply: asked for twice, and the two differ", alone=True)
def _two_replies(case: Case, rng: Random) -> Change | None:
    path = _reply_path(case, rng)
    if path is None or not is_page(case):
        return None
    true = case.pages[path]
    other = replace(true, body=_turned_body(true.body))
    if other.body == true.body:
        return None
    first, second = rng.sample((true, other), 2)
    asks = f"<script>setTimeout(() => fetch('{path}?again=1').catch(() => {{}}), {rng.randrange(0, 700)});</script>"
    made = with_reply(case, path, replace(first, after=(second,)))
    return Change(made.with_body(case.pages[case.path].body + asks))


@kind("reply: about another user too", alone=True)
def _reply_about_another(case: Case, rng: Random) -> Change | None:
    """Let the page ask for another user's record too, at an address that fits where a * stands for the user."""
    patterns = [pattern for pattern in case.replies if "*" in pattern]
    path = _reply_path(case, rng)
    if not patterns or path is None or not is_page(case):
        return None
    other = rng.choice(patterns).replace("*", str(rng.randrange(100, 999)))
    made = with_reply(case, other, replace(case.pages[path], body=_turned_body(case.pages[path].body)))
    failing = rng.random() < 0.3
    if failing:
        for one in case.pages:
            if any(_fits(one, pattern) for pattern in case.replies):
                made = with_reply(made, one, replace(case.pages[one], status=500, body=""))
    asks = f"<script>setTimeout(() => fetch('{other}').catch(() => {{}}), {rng.randrange(0, 700)});</script>"
    return Change(made.with_body(case.pages[case.path].body + asks), replies_gone=failing)


# -- time ----------------------------------------------------------------------------------------------------------


def pane(case: Case, rng: Random) -> Spot | None:
    """Choose a part of the page that a script could draw: it holds controls, and no script draws anything in it.

    What a page's own script draws over is no truth that another script could bring.
    """

    def fits(element: Element) -> bool:
        return element.tag in ("main", "section", "form", "fieldset", "div", "table", "ul") and bool(element.controls())

    if not is_page(case):
        return None
    body = case.pages[case.path].body
    scripts = "".join(re.findall(r"<script.*?</script>", body, re.DOTALL))
    found = [
        spot
        for spot in spots(body, fits)
        if not spot.part.drawn_by_script
        and "<script" not in spot.source
        and spot.element.tag != "nav"
        and not any(re.search(rf"[\"'#]{name}\b", scripts) for name in re.findall(r'\bid="?([\w-]+)', spot.source))
    ]
    sought = (*case.words, *case.fields)
    near = [spot for spot in found if any(word in spot.source for word in sought)]
    return rng.choice(near or found) if found else None


def drawn_later(case: Case, spot: Spot, first: str, when: str) -> Case:
    """Let a part of the page be `first`, and be drawn as it is by a script; `when` runs `drawLate` at its time."""
    one = spot.element
    html = spot.part.html
    inside = html[one.inner : one.close]
    tag = html[one.start : one.inner]
    marked = re.sub(r"(\s*/?>)$", r' data-late="1"\1', tag)
    body = html[: one.start] + marked + first + html[one.close :]
    drawn = json.dumps(inside).replace("</", "<\\/")
    draws = f"const drawLate = () => {{ document.querySelector('[data-late]').innerHTML = {drawn}; }};"
    script = f"<script>{draws} {when}</script>"
    return case.with_body(body + script)


def _late(
    case: Case, rng: Random, first: Callable[[str], str | None], waits: Sequence[int], *, reply: bool
) -> Change | None:
    spot = pane(case, rng)
    if spot is None:
        return None
    before = first(spot.part.html[spot.element.inner : spot.element.close])
    if before is None:
        return None
    wait = rng.choice(waits)
    if not reply:
        return Change(drawn_later(case, spot, before, f"setTimeout(drawLate, {wait});"))
    made = drawn_later(
        case, spot, before, f"fetch('{LATER}').then((reply) => reply.text()).then(drawLate).catch(() => {{}});"
    )
    return Change(with_reply(made, LATER, Served("{}", kind="application/json", wait_ms=wait)))


def _empty(inside: str) -> str:
    return '<div role="progressbar" aria-label="Loading"></div>'


@kind("delay: drawn late, nothing before", alone=True, harmless=True)
def _drawn_late(case: Case, rng: Random) -> Change | None:
    return _late(case, rng, _empty, (100, 400, 800, 3000), reply=False)


@kind("delay: drawn after a reply, nothing before", alone=True, harmless=True)
def _drawn_after_reply(case: Case, rng: Random) -> Change | None:
    return _late(case, rng, _empty, (100, 1500, 3000, 6000), reply=True)


@kind("delay: a stand-in state, then the truth by a timer within a second", alone=True)
def _stand_in(case: Case, rng: Random) -> Change | None:
    return _late(case, rng, all_in_other_state, (50, 200, 500, 800), reply=False)


@kind("delay: a stand-in state, then the truth after a reply", alone=True)
def _stand_in_reply(case: Case, rng: Random) -> Change | None:
    return _late(case, rng, all_in_other_state, (50, 500, 1500, 3000), reply=True)


@kind("delay: a stand-in state, then the truth after a reply that takes very long", alone=True)
def _stand_in_long(case: Case, rng: Random) -> Change | None:
    return _late(case, rng, all_in_other_state, (5000, 7000, 12_000), reply=True)


@kind("delay: the server takes its time", harmless=True)
def _slow_page(case: Case, rng: Random) -> Change | None:
    served = case.pages[case.path]
    return Change(case.with_page(replace(served, wait_ms=rng.choice((200, 1000, 3000)))))


@kind("a script that polls and changes the page all the time", harmless=True)
def _busy(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    every = rng.choice((40, 300))
    script = f"<p id=ticks></p><script>setInterval(() => {{ ticks.textContent = Date.now(); }}, {every});</script>"
    return Change(case.with_body(case.pages[case.path].body + script))


# -- sessions and pages --------------------------------------------------------------------------------------------

_LOG_IN = """<h1>Log in</h1><form method="post" action="/session"><label>User name <input name="login"></label>
<label>Password <input type="password" name="pw"></label>
<label><input type="checkbox" name="remember"> Remember me</label>
<button type="submit">Log in</button></form>"""
_SIGN_IN_PAGE = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Log in</title><main>{_LOG_IN}</main>'


@kind("signed out: the log-in page, by redirect or in place of the page")
def _sign_in_page(case: Case, rng: Random) -> Change | None:
    page = Served(_SIGN_IN_PAGE, status=rng.choice((200, 200, 401, 403)))
    if rng.random() < 0.5:
        return Change(case.with_page(page), gone=True)
    away = Served("", status=302, headers=(("location", SIGN_IN),))
    return Change(with_reply(case.with_page(away), SIGN_IN, replace(page, status=200)), gone=True)


@kind("signed out: “your session has ended”")
def _session_ended(case: Case, rng: Random) -> Change | None:
    said = rng.choice(("Your session has expired. Please log in again.", "You have been logged out."))
    kept = rng.choice(("", _shell_only(case.pages[case.path].body)))
    return Change(
        case.with_page(Served(f'<!doctype html><html lang="en"><title>Sorry</title>{kept}<p>{said}</p>')), gone=True
    )


def _shell_only(body: str) -> str:
    """Return a page without its main part and scripts."""
    without = _SCRIPT.sub("", body)
    found = [
        one for one in tree(without).inside() if one.attrs.get("id") in ("pane", "main", "content") or one.tag == "main"
    ]
    return without[: found[0].inner] + without[found[0].close :] if found else ""


_DIALOG = f"""<div role="dialog" aria-modal="true" aria-label="Log in" style="position:fixed;inset:0;background:#fff">
{_LOG_IN}</div>"""


@kind("signed out: a log-in dialog over the page as it was", harmless=True)
def _log_in_dialog(case: Case, rng: Random) -> Change | None:
    return Change(case.with_body(case.pages[case.path].body + _DIALOG)) if is_page(case) else None


@kind("signed out: stand-in states under a log-in dialog", alone=True)
def _stand_ins_under_dialog(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None:
        return None
    made = turned.with_body(turned.pages[case.path].body + _DIALOG)
    for path in case.pages:
        if any(_fits(path, pattern) for pattern in case.replies):
            made = with_reply(made, path, Served('{"error": "not logged in"}', status=401, kind="application/json"))
    return Change(made, gone=True)


@kind("signed out: stand-in states, and a request answered with 401", alone=True)
def _stand_ins_and_401(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None:
        return None
    asks = f"<script>fetch('{LATER}').catch(() => {{}});</script>"
    made = turned.with_body(turned.pages[case.path].body + asks)
    for path in (*case.pages, LATER):
        if path == LATER or any(_fits(path, pattern) for pattern in case.replies):
            made = with_reply(made, path, Served('{"error": "not logged in"}', status=401, kind="application/json"))
    return Change(made, gone=True)


def all_parts_turned(case: Case) -> Case | None:
    if not is_page(case):
        return None
    body = case.pages[case.path].body
    turned = in_each_part(body, lambda html: all_in_other_state(html) or html)
    return case.with_body(turned) if turned != body else None


@kind("signed out: the page is replaced by the log-in page after a moment")
def _signed_out_midway(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    drawn = json.dumps(_LOG_IN).replace("</", "<\\/")
    way = rng.choice((f"document.body.innerHTML = {drawn}", f"location.href = '{SIGN_IN}'"))
    script = f"<script>setTimeout(() => {{ {way}; }}, {rng.choice((0, 200, 600))});</script>"
    made = case.with_body(case.pages[case.path].body + script)
    return Change(with_reply(made, SIGN_IN, Served(_SIGN_IN_PAGE)))


@kind("another user's page, with nothing that says so", alone=True)
def _other_user(case: Case, rng: Random) -> Change | None:
    person = {check: answer for check, answer in case.others_truth.items() if answer}
    return Change(replace(case, pages=dict(case.other)), person=person)


_BANNER = """<div role="dialog" aria-modal="true" aria-label="We value your privacy" style="position:fixed;inset:0">
<h2>We value your privacy</h2><label><input type="checkbox" role="switch"> Personalised ads</label>
<label><input type="checkbox" checked> Necessary</label><button>Accept all</button><button>Reject all</button></div>"""
_COVERS = "for (const e of document.body.children) if (!e.matches('[aria-modal]')) e.{};"
_INERT = _COVERS.format("inert = true")
_HIDES = _COVERS.format("setAttribute('aria-hidden', 'true')")


@kind("a consent banner over the page", harmless=True)
def _consent(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    covered = rng.choice(("", f"<script>{_INERT}</script>", f"<script>{_HIDES}</script>"))
    return Change(case.with_body(case.pages[case.path].body + _BANNER + covered))


@kind("an empty page, or nothing at all")
def _empty_page(case: Case, rng: Random) -> Change | None:
    shell = _shell_only(case.pages[case.path].body)
    return Change(
        case.with_page(Served(rng.choice(("", '<!doctype html><html lang="en"><title>Settings</title>', shell)))),
        gone=True,
    )


@kind("an HTTP error, with or without the page")
def _http_error(case: Case, rng: Random) -> Change | None:
    status = rng.choice((400, 401, 403, 404, 410, 429, 500, 502, 503))
    served = case.pages[case.path]
    body = rng.choice((served.body, "", "<!doctype html><title>Error</title><h1>Something went wrong</h1>"))
    return Change(case.with_page(replace(served, body=body, status=status)), gone=True)


@kind("a page that asks to prove something")
def _challenge(case: Case, rng: Random) -> Change | None:
    asks = '<div id="captcha-box"><iframe src="/captcha"></iframe></div>'
    body = f'<!doctype html><html lang="en"><title>Just a moment</title>{asks}'
    return Change(case.with_page(Served(body, status=rng.choice((200, 403, 429, 503)))), gone=True)


@kind("a page whose end is missing, but for its scripts", alone=True)
def _page_cut_off(case: Case, rng: Random) -> Change | None:
    if not is_page(case):
        return None
    body = case.pages[case.path].body
    if not body:
        return None
    scripts = [(script.start(), script.end()) for script in _SCRIPT.finditer(body)]
    cut = rng.randrange(len(body) // 3, len(body))
    cut = next((start for start, end in scripts if start < cut < end), cut)
    kept = body[:cut]
    if kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]  # what is left of a tag would take the first script into itself
    return Change(case.with_body(kept + "".join(body[start:end] for start, end in scripts if start >= cut)))


NOTHING = "nothing changed"


@kind(NOTHING, alone=True)
def _nothing(case: Case, rng: Random) -> Change | None:
    return Change(case)


# -- one to three at a time ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutated:
    """A changed case and the kinds of change that were made, in order."""

    change: Change
    kinds: tuple[str, ...]


def _goes_after(kinds: Sequence[str], name: str) -> bool:
    """Tell whether a kind of change can follow others on one page.

    After half of a swap there is no other half, and a control's name is another setting's, so none is inverted with it.
    """
    return name not in kinds and not (set(kinds) & set(_HALVES) and name in (*_HALVES, _INVERT_BOTH))


def mutate(case: Case, rng: Random, only: str | None = None) -> Mutated:
    """Make one to three random changes; of those that show a state which is not the user's, one at most.

    With `only`, that kind is the first; where the page has nothing of that kind, none is made.
    """
    first = KINDS[only] if only else rng.choice(list(KINDS.values()))
    made = first.make(case, rng)
    if made is None:
        return mutate(case, rng) if only is None else Mutated(Change(case), ())
    kinds = [first.name]
    others = [one for one in KINDS.values() if not one.alone and (one.harmless or not first.alone)]
    for _more in range(0 if first.name == NOTHING else rng.choice((0, 0, 1, 2))):
        one = rng.choice(others)
        more = one.make(made.case, rng) if _goes_after(kinds, one.name) else None
        if more is not None:
            kinds.append(one.name)
            made = Change(
                more.case,
                gone=made.gone or more.gone,
                replies_gone=made.replies_gone or more.replies_gone,
                person={**made.person, **more.person},
            )
    return Mutated(made, tuple(kinds))
