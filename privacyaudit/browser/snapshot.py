"""What of a page may be shown to others: what it is built of, and of its words only those that the checklist lists.

Everything here is a list of what is kept. A text, value, number, address or picture that no list names is left out or
becomes a placeholder, so something that nobody thought of is left out too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacyaudit.browser.locate import accessible_name, folded, locate
from privacyaudit.model import Checklist, Find, JsonProbe, Named, Probe, Take, WebProbe

if TYPE_CHECKING:
    from playwright.sync_api import JSHandle, Page


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLACEHOLDER = "x"
_WALK = (Path(__file__).parent / "snapshot.js").read_text(encoding="utf-8")
_MOST_ITEMS = 50
_STEP_PX = 20
_HIGHEST_PX = 200

_TAGS = _set("""
    a abbr article aside b body button caption code dd details dialog div dl dt em fieldset figure footer form h1 h2
    h3 h4 h5 h6 header hr html i input label legend li main menu nav ol optgroup option output p pre progress
    section select small span strong sub summary sup table tbody td textarea tfoot th thead tr u ul
""")
_LEFT_OUT = _set("""
    audio base canvas embed head iframe img link map math meta noscript object picture script slot style svg
    template title track video
""")
_EMPTY = frozenset({"input", "hr"})
_ROLES = _set("""
    alert alertdialog application article banner button cell checkbox columnheader combobox complementary
    contentinfo dialog document feed figure form grid gridcell group heading img link list listbox listitem log main
    menu menubar menuitem menuitemcheckbox menuitemradio navigation none note option presentation progressbar radio
    radiogroup region row rowgroup rowheader search searchbox separator slider spinbutton status switch tab table
    tablist tabpanel textbox toolbar tooltip tree treegrid treeitem
""")
_TYPES = _set("""
    button checkbox color date email file hidden image month number password radio range reset search submit tel
    text time url week
""")
_STATES = ("checked", "pressed", "expanded", "selected", "disabled", "hidden", "modal", "readonly", "required", "busy")
_STATE_VALUES = frozenset({"true", "false", "mixed"})
_SWITCHES = ("disabled", "hidden", "multiple", "readonly", "required", "open", "inert")
_DISPLAYS = _set("block inline inline-block flex inline-flex table table-row table-cell")
_PLAIN = _set("""
    account accounts active address ads age all allow app application apps area audience auth birth birthday block
    blocked body box button by can change chat check checkbox code comment comments contact contacts container
    content cookie cookies country current data date day delete description device devices dialog disable disabled
    discover display edit email enable enabled everyone export field find follow followers following footer form
    friend friends gender group groups header hide id in index input invite item key label language last list
    location log login logout main media member members mention mentions menu message messages mode month name nav
    new nobody none notification notifications number of off on online only open option options out page password
    permission phone photo photos post posts preference preferences privacy private profile public push read receipt
    receipts recovery region request requests reset restrict role root row safety save search section security see
    select send session sessions set setting settings share show sign signed site state status story submit switch
    tab tag tags text theme time title to toggle token two type update url user users value view visibility visible
    web who with year
""")
_WORDS = re.compile(r"[A-Za-z][a-z]*")
_JMESPATH_NAMES = re.compile(r'"([^"]+)"|([A-Za-z_][A-Za-z0-9_]*)')


@dataclass(frozen=True)
class Listed:
    """What a checklist lists: form names, words, values, and where its controls are."""

    fields: frozenset[str]
    words: frozenset[str]
    beginnings: tuple[str, ...]
    values: frozenset[str]
    finds: tuple[Find, ...]
    probes: tuple[Probe, ...]

    @classmethod
    def of(cls, checklist: Checklist) -> Listed:
        """Collect it from a checklist."""
        probes = tuple(probe for check in checklist.checks for probe in check.probes)
        finds = tuple(_finds(checklist, probes))
        named = {
            word for find in finds for word in (*find.name, *find.near, *(find.within.name if find.within else ()))
        }
        return cls(
            fields=frozenset(find.field for find in finds if find.field),
            words=frozenset(named | _means(probes, Take.TEXT)),
            beginnings=tuple(beginning for find in finds for beginning in find.name_starts),
            values=frozenset(_means(probes, Take.SELECTED, Take.NAME_REST)),
            finds=finds,
            probes=probes,
        )


def _finds(checklist: Checklist, probes: Iterable[Probe]) -> Iterator[Find]:
    entry = checklist.platform
    if proof := entry.signed_in:
        yield proof.find
        if proof.on_every_page:
            yield proof.on_every_page
        if proof.who and proof.who.find:
            yield proof.who.find
    if entry.sign_out:
        yield _as_find(entry.sign_out.press)
        if entry.sign_out.expand:
            yield _as_find(entry.sign_out.expand)
    for probe in probes:
        if isinstance(probe, WebProbe):
            yield probe.find
            if probe.find.within:
                yield _as_find(probe.find.within)
            if probe.expand:
                yield _as_find(probe.expand)


def _as_find(named: Named) -> Find:
    return Find(role=named.role, name=named.name)


def _means(probes: Iterable[Probe], *takes: Take) -> set[str]:
    return {
        word
        for probe in probes
        if isinstance(probe, WebProbe) and probe.take in takes and isinstance(probe.means, dict)
        for word in probe.means
    }


# -- a page ----------------------------------------------------------------------------------------


@dataclass
class _Marked:
    """What the program found on a page: elements, and the words of each that may be shown."""

    elements: list[JSHandle] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[frozenset[str]] = field(default_factory=list)
    rows: list[JSHandle] = field(default_factory=list)


def of_page(page: Page, listed: Listed, replies: Sequence[str] = ()) -> str:
    """Return the structure of the page that is open, as a page of its own that can be read by the same probes.

    `replies` are paths that the new page asks for when it opens. Raises Playwright's Error.
    """
    marked = _mark(page, listed)
    tree = page.evaluate(_WALK, [marked.elements, marked.rows])
    return _Writer(listed, marked).page(tree, replies)


def _mark(page: Page, listed: Listed) -> _Marked:
    """Find what the probes find, so that exactly that keeps the name by which they find it."""
    marked = _Marked()
    for find in listed.finds:
        if find.near:
            for text in find.near:
                marked.rows += [found.element_handle() for found in page.get_by_text(text, exact=True).all()]
        names = find.name or find.name_starts
        for name in names:
            update = {"name": (name,)} if find.name else {"name_starts": (name,)}
            for found in locate(page, find.model_copy(update=update | {"near": ()})):
                marked.elements.append(found.element_handle())
                marked.names.append(_kept_name(name, found, listed) if find.name_starts else name)
                marked.texts.append(frozenset())
    for probe in listed.probes:
        if isinstance(probe, WebProbe) and probe.take is Take.TEXT:
            for found in locate(page, probe.find):
                marked.elements.append(found.element_handle())
                marked.names.append("")
                marked.texts.append(frozenset(probe.means) if isinstance(probe.means, dict) else frozenset())
    return marked


def _kept_name(beginning: str, found: Any, listed: Listed) -> str:
    """Return a name that begins as listed, with its rest if that is listed too."""
    rest = folded(accessible_name(found)).removeprefix(beginning)
    if rest.strip(" .:,") in listed.values or not rest:
        return beginning + rest
    return f"{beginning} {PLACEHOLDER}"


class _Writer:
    """Writes the elements of a page, with what of them is listed."""

    def __init__(self, listed: Listed, marked: _Marked) -> None:
        self._listed = listed
        self._marked = marked
        self._placeholders: dict[tuple[str, str], str] = {}

    def page(self, tree: dict[str, Any], replies: Sequence[str]) -> str:
        said = str(tree["attributes"].get("lang", "")).split("-")[0].split("_")[0].lower()
        language = f' lang="{said}"' if re.fullmatch("[a-z]{2,3}", said) else ""
        body = "".join(self._element(part) for part in tree["parts"] if isinstance(part, dict))
        asks = "".join(f"<script>fetch({json.dumps(path)}).catch(() => 0)</script>\n" for path in replies)
        return f'<!doctype html>\n<html{language}>\n<meta charset="utf-8">\n{body}\n{_UNDECIDED}{asks}</html>\n'

    def _element(self, node: dict[str, Any]) -> str:
        tag = str(node["tag"])
        if tag in _LEFT_OUT:
            return ""
        tag = tag if tag in _TAGS else "div"
        attributes = "".join(self._attributes(tag, node))
        if tag in _EMPTY:
            return f"<{tag}{attributes}>"
        if tag == "textarea":
            return f"<textarea{attributes}>{PLACEHOLDER if node['value'] else ''}</textarea>"
        return f"<{tag}{attributes}>{self._inside(node)}</{tag}>\n"

    def _inside(self, node: dict[str, Any]) -> str:
        text = folded(str(node["text"]))
        if any(text in self._marked.texts[number] for number in node["marks"]):
            return escape(text)
        return "".join(self._element(one) if isinstance(one, dict) else self._text(one) for one in node["parts"])

    def _text(self, raw: str) -> str:
        text = folded(raw)
        return escape(text) if text in self._listed.words else PLACEHOLDER

    def _attributes(self, tag: str, node: dict[str, Any]) -> Iterator[str]:
        given = {str(name): str(value) for name, value in node["attributes"].items()}
        yield from self._identity(tag, given)
        if (role := given.get("role", "").strip().lower()) in _ROLES:
            yield f' role="{role}"'
        if (kind := given.get("type", "").lower()) in _TYPES and tag in ("input", "button"):
            yield f' type="{kind}"'
        if "href" in given and tag == "a":
            yield ' href="#"'
        if given.get("contenteditable", "false") != "false":
            yield " contenteditable"
        for state in _STATES:
            if (value := given.get(f"aria-{state}", "").lower()) in _STATE_VALUES:
                yield f' aria-{state}="{value}"'
        yield from (f" {name}" for name in _SWITCHES if name in given and name != "hidden")
        yield from (f" {name}" for name in ("checked", "selected") if node[name])
        if node["undecided"]:
            yield " data-undecided"
        yield from self._value(tag, kind, given, node)
        if names := [self._marked.names[number] for number in node["marks"] if self._marked.names[number]]:
            yield f' aria-label="{escape(names[0])}"'
        yield from self._looks(node)

    def _identity(self, tag: str, given: dict[str, str]) -> Iterator[str]:
        for key in ("id", "name"):
            if (value := given.get(key, "")) and (key == "id" or tag in ("input", "select", "textarea", "button")):
                if self._may_be_shown(value):
                    yield f' {key}="{escape(value)}"'
                elif key == "name":
                    yield f' name="{self._placeholder("name", value)}"'

    def _may_be_shown(self, identifier: str) -> bool:
        if identifier in self._listed.fields:
            return True
        words = _WORDS.findall(identifier)
        rest = _WORDS.sub("", identifier)
        return bool(words) and all(word.lower() in _PLAIN for word in words) and set(rest) <= set("-_[].:")

    def _value(self, tag: str, kind: str, given: dict[str, str], node: dict[str, Any]) -> Iterator[str]:
        if tag == "option" or (tag == "input" and kind in ("radio", "checkbox")):
            value = given.get("value", folded(str(node["value"] or "")))
            kept = value if value in self._listed.values else self._placeholder("value", value)
            yield f' value="{escape(kept)}"'
        elif tag == "input" and node["value"] and kind not in ("file", "image"):
            yield f' value="{PLACEHOLDER}"'

    def _placeholder(self, kind: str, value: str) -> str:
        """Return the same placeholder for the same thing on one page."""
        number = sum(1 for one, _value in self._placeholders if one == kind) + 1
        return self._placeholders.setdefault((kind, value), f"{PLACEHOLDER}-{number}")

    @staticmethod
    def _looks(node: dict[str, Any]) -> Iterator[str]:
        if node["display"] == "none":
            yield " hidden"
            return
        looks = []
        display = {"grid": "flex", "inline-grid": "inline-flex"}.get(node["display"], node["display"])
        if display in _DISPLAYS:
            looks.append(f"display:{display}")
        if "flex" in str(display) and node["direction"] == "column":
            looks.append("flex-direction:column")
        if node["unseen"]:
            looks.append("visibility:hidden")
        if height := min(_HIGHEST_PX, round(float(node["height"]) / _STEP_PX) * _STEP_PX):
            looks.append(f"min-height:{height}px")
        if looks:
            yield f' style="{";".join(looks)}"'


_UNDECIDED = """<script>
for (const box of document.querySelectorAll("[data-undecided]")) box.indeterminate = true;
</script>
"""

# -- a reply ---------------------------------------------------------------------------------------


def of_reply(reply: Any, probes: Iterable[JsonProbe]) -> Any:
    """Return the structure of a reply: of its keys those that probes name, of its values those that they list."""
    probes = tuple(probes)
    keys = {
        name for probe in probes for pair in _JMESPATH_NAMES.findall(" ".join(probe.paths)) for name in pair if name
    }
    values = {word for probe in probes if isinstance(probe.means, dict) for word in probe.means}
    return _reduced(reply, frozenset(keys), frozenset(values))


def _reduced(value: Any, keys: frozenset[str], values: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _reduced(item, keys, values) for key, item in value.items() if key in keys}
    if isinstance(value, list):
        return [_reduced(item, keys, values) for item in value[:_MOST_ITEMS]]
    if value is None or isinstance(value, bool) or str(value) in values:
        return value
    return PLACEHOLDER if isinstance(value, str) else 0
