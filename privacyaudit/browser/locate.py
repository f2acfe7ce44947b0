"""From a `Find` in a checklist to the elements on a page. Finds only; reads and presses nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from privacyaudit.model import Find, Named, Take

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

_CHECKABLE = ("input[type=checkbox]", "input[type=radio]", "[role=switch]", "[role=checkbox]", "[role=radio]")
_KINDS = {
    Take.CHECKED: _CHECKABLE,
    Take.SELECTED: ("select", "input[type=radio]:checked"),
    Take.PRESSED: ("[aria-pressed]",),
    Take.VALUE: ("input:not([type=hidden])", "textarea"),
    Take.FILLED: ("input:not([type=hidden])", "textarea"),
}
_MAX_CLIMB = 5
_MAX_LABELS = 12


def look(element: Locator, what: str, given: object = None) -> bool:
    """Ask what looks at pages (`looks/`) something about an element. Raises Playwright's Error."""
    return element.locator(f"audit={what}" + ("" if given is None else f":{json.dumps(given)}")).count() == 1


def held(element: Locator) -> Locator | None:
    """Return a short way to an element that was found: to itself, and to no other that comes in its place.

    Each page holds one at a time. None when it is not there any more. Raises Playwright's Error.
    """
    return element.page.locator("audit=held") if look(element, "hold") else None


def by_field(scope: Page | Frame | Locator, name: str, kinds: tuple[str, ...] = ("",)) -> Locator:
    """Return the elements whose form name or id is `name`, of the given kinds (CSS).

    A box that stands directly inside an element with that id counts too: some toolkits give the id to a wrapper.
    """
    own = [f'{kind}[{key}="{name}"]' for kind in kinds for key in ("name", "id")]
    wrapped = [f'[id="{name}"] > {kind}' for kind in kinds if kind == "input[type=checkbox]"]
    return scope.locator(", ".join((*own, *wrapped)))


def by_role(scope: Page | Frame | Locator, role: str, names: tuple[str, ...]) -> Locator:
    """Return the elements with a role whose accessible name is exactly one of `names`."""
    wanted: Any = role
    found = scope.get_by_role(wanted, name=names[0], exact=True)
    for name in names[1:]:
        found = found.or_(scope.get_by_role(wanted, name=name, exact=True))
    return found


def locate(page: Page | Frame, find: Find, take: Take | None = None) -> list[Locator]:
    """Return every element that fits; the caller decides what none or several mean.

    `take` narrows a field to the elements from which it can be read, so that the hidden twin which many forms give a
    checkbox does not count.
    """
    scope: Page | Frame | Locator = page
    if find.within:
        containers = named(page, find.within)
        if len(containers) != 1:
            return containers
        scope = containers[0]
    if find.field:
        return by_field(scope, find.field, _KINDS.get(take, ("",)) if take else ("",)).all()
    if find.text:
        return _shown_texts(scope, find.text)
    if find.all_of_a_role:
        wanted: Any = find.role
        return scope.get_by_role(wanted).all()
    if find.name:
        return by_role(scope, str(find.role), find.name).all()
    if find.near:
        return _in_row(scope, str(find.role), find.near, find.name_starts)
    return _by_beginning(scope, str(find.role), find.name_starts)


def says(frame: Frame, find: Find) -> bool:
    """Tell whether a frame says the words by which a control is found, so that it may be meant to hold another one."""
    whole = (*find.name, *find.near, *find.text)
    if whole and _texts(frame, whole):
        return True
    return bool(find.name_starts) and frame.get_by_text(_beginning(find.name_starts)).count() > 0


def named(page: Page | Frame, control: Named) -> list[Locator]:
    """Return the elements with a role and one of several names."""
    return by_role(page, control.role, control.name).all()


def accessible_name(element: Locator) -> str:
    """Return the name under which assistive technology knows an element, as the browser computes it."""
    line = element.aria_snapshot().split("\n", 1)[0].removeprefix("- ")
    if quoted := re.match(r"'((?:[^']|'')*)'", line):
        line = quoted.group(1).replace("''", "'")
    name = re.match(r'[\w-]+ ("(?:[^"\\]|\\.)*")', line)
    return str(json.loads(name.group(1))) if name else ""


def contradicted(element: Locator, role: str) -> bool:
    """Tell whether a page shows another control under the name that this one is given.

    Only for names that are given apart from what is shown (`aria-label`): either the text in this control is the name
    of another one, or this name stands beside another one and nowhere beside this one.
    """
    name = folded(element.get_attribute("aria-label") or "")
    if not name:
        return False
    shown = folded(element.inner_text())
    if shown and shown != name and by_role(element.page, role, (shown,)).count():
        return True
    beside = [_beside(label, role) for label in _texts(element.page, (name,))[:_MAX_LABELS]]
    alone = [controls[0] for controls in beside if len(controls) == 1]
    return bool(alone) and not any(control.and_(element).count() for control in alone)


def folded(text: str) -> str:
    """Return a text with one space wherever there is white space in it, and none at its ends."""
    return " ".join(text.split())


def _by_beginning(scope: Page | Frame | Locator, role: str, beginnings: tuple[str, ...]) -> list[Locator]:
    wanted: Any = role
    return scope.get_by_role(wanted, name=_beginning(beginnings)).all()


def _beginning(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(re.escape(beginning) for beginning in beginnings) + ")")


def labels_of_row(page: Page | Frame, find: Find) -> list[Locator]:
    """Return the texts beside which a control is looked for."""
    scope: Page | Frame | Locator = named(page, find.within)[0] if find.within else page
    return _texts(scope, find.near)


def _in_row(
    scope: Page | Frame | Locator, role: str, texts: tuple[str, ...], beginnings: tuple[str, ...] = ()
) -> list[Locator]:
    """Return the one control that stands in the same row as a text, and whose name begins as it should.

    Climbs from the text to the first element around it that holds a control of this role. The control must overlap the
    text's height on the screen, and no words but its own may stand with it in the branch of that element that holds it:
    so the control of a neighbouring row is never taken for one that is missing here.
    """
    labels = _texts(scope, texts)
    if len(labels) != 1:
        return labels
    mine = [control for control in _beside(labels[0], role) if _same_row(labels[0], control)]
    return [control for control in mine if accessible_name(control).startswith(beginnings or "")]


def _shown_texts(scope: Page | Frame | Locator, texts: tuple[str, ...]) -> list[Locator]:
    """Return the elements that show one of several whole texts, but none that a person may type into."""
    typed = "textarea, [contenteditable]:not([contenteditable=false]) *, [contenteditable]:not([contenteditable=false])"
    return [
        text for text in _texts(scope, texts) if text.is_visible() and not text.and_(text.page.locator(typed)).count()
    ]


def _texts(scope: Page | Frame | Locator, texts: tuple[str, ...]) -> list[Locator]:
    label = scope.get_by_text(texts[0], exact=True)
    for text in texts[1:]:
        label = label.or_(scope.get_by_text(text, exact=True))
    return label.all()


def _beside(label: Locator, role: str) -> list[Locator]:
    """Return the controls in the first element around a text that holds any, without those of other rows."""
    wanted: Any = role
    around = label
    for _step in range(_MAX_CLIMB):
        around = around.locator("xpath=..")
        if around.get_by_role(wanted).count():
            return _without_words(around, label.page.get_by_role(wanted))
    return []


def _without_words(around: Locator, control: Locator) -> list[Locator]:
    """Return the controls in an element, save those in a branch of it that has words of its own: another row."""
    found: list[Locator] = []
    for branch in around.locator("xpath=./*").all():
        inside = [*branch.and_(control).all(), *branch.locator(control).all()]
        words = folded(branch.inner_text()) if inside else ""
        for one in inside:
            words = words.replace(folded(one.inner_text()), "", 1)
        if not words.strip():
            found += inside
    return found


def _same_row(label: Locator, control: Locator) -> bool:
    one, other = label.bounding_box(), control.bounding_box()
    if one is None or other is None:
        return False
    middle = other["y"] + other["height"] / 2
    slack = max(one["height"], 16)
    return one["y"] - slack <= middle <= one["y"] + one["height"] + slack
