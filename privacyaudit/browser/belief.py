"""When a page is believed: one rule each, and the reason that is given where a rule is not met.

A page is believed only when it agrees with itself: with the address that was asked for, with what the gate has seen,
with what a person would see, and with itself a little later. The sentences are printed in docs/own/reading-for-you.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privacyaudit.browser.first_html import nameless
from privacyaudit.browser.locate import accessible_name, folded, labels_of_row, locate, look, named, says
from privacyaudit.browser.page_parts import frames, frames_are_ready, has_closed_parts
from privacyaudit.browser.visit import Visit
from privacyaudit.model import JsonProbe, Probe, Reason, Take, WebProbe

if TYPE_CHECKING:
    from playwright.sync_api import Locator


@dataclass(frozen=True)
class Ask:
    """What is asked about a control (`looks/`), the answer that is wanted, and the reason that another gives."""

    what: str
    reason: Reason
    given: object = None
    wanted: bool = True


@dataclass(frozen=True)
class Rule:
    """A rule in a sentence, and how it is looked at: each function tells the reason why it is not met, or None.

    What `asks` returns is asked in one go for all rules, and one by one only where something is not as it should be.
    """

    sentence: str
    of_page: Callable[[Visit, Probe], Reason | None] | None = None
    of_control: Callable[[Visit, WebProbe, Locator], Reason | None] | None = None
    asks: Callable[[Visit, WebProbe, Locator], list[Ask]] | None = None


_FRAMES_MS = 100
SEEN = Ask("seen", Reason.NOT_SHOWN)
_STATES = (Take.CHECKED, Take.PRESSED)
NOT_STRUCK = Ask("struck", Reason.NOT_SHOWN, wanted=False)


def _address(visit: Visit, _probe: Probe) -> Reason | None:
    return None if visit.is_where_it_should_be() else Reason.PAGE_MOVED


def _nothing_lost(visit: Visit, _probe: Probe) -> Reason | None:
    return visit.lost()


def _ready(visit: Visit, probe: Probe) -> Reason | None:
    if isinstance(probe, JsonProbe):
        return None
    if (probe.take is Take.COUNT or probe.absent) and visit.is_cut():
        return Reason.NOT_READY  # what is not there yet would have been counted, or found
    page = visit.page.locator("html")
    ready = visit.once("ready", lambda: not visit.broke() and look(page, "settled") and frames_are_ready(visit.page))
    return None if ready else Reason.NOT_READY


def _nothing_over_it(_visit: Visit, _probe: WebProbe, _element: Locator) -> list[Ask]:
    return [Ask("ready", Reason.NOT_READY)]


def _seen(_visit: Visit, _probe: WebProbe, _element: Locator) -> list[Ask]:
    return [SEEN]


def _alone(visit: Visit, probe: WebProbe, _element: Locator) -> Reason | None:
    """Look whether another one may be in a part of the page that is apart: a frame, or a closed shadow root."""
    if visit.once("closed", lambda: has_closed_parts(visit.page)):
        return Reason.NOT_SHOWN
    for frame in frames(visit.page):
        if frame is None:
            return Reason.NOT_SHOWN
        if locate(frame, probe.find, probe.take) or says(frame, probe.find):
            return Reason.AMBIGUOUS
    return None


def _named_as_shown(_visit: Visit, probe: WebProbe, element: Locator) -> list[Ask]:
    find = probe.find
    if find.name:
        return [Ask("named", Reason.NOT_SHOWN, list(find.name))]
    if not find.name_starts:
        return []
    name = folded(accessible_name(element))
    beginning = next((one for one in find.name_starts if name.startswith(one)), "")
    rest = name[len(beginning) :].strip(" .:,")
    rest = rest if rest and probe.take not in _STATES else name
    return [Ask("tells", Reason.NOT_SHOWN, {"rest": rest, "name": name})]


def _agrees_with_its_words(_visit: Visit, probe: WebProbe, _element: Locator) -> list[Ask]:
    find = probe.find
    asked = {"names": [*find.name, *find.name_starts, *find.near], "apart": bool(find.within)}
    decided = Ask("decidedBeside", Reason.NOT_SHOWN, wanted=False)
    if probe.take in _STATES:
        return [Ask("contrary", Reason.NOT_SHOWN, asked, wanted=False), decided]
    known = list(probe.means) if isinstance(probe.means, dict) else []
    in_effect = [Ask("inEffect", Reason.NOT_SHOWN), decided]
    if probe.take in (Take.SELECTED, Take.TEXT, Take.NAME_REST):
        in_effect.append(Ask("choosesOtherwise", Reason.NOT_SHOWN, known, wanted=False))
    if probe.take is Take.SELECTED:
        in_effect.append(Ask("listHasATwin", Reason.NOT_SHOWN, asked, wanted=False))
    is_a_box = probe.take in (Take.FILLED, Take.VALUE) and not probe.alone
    return [*in_effect, Ask("lone", Reason.NOT_SHOWN)] if is_a_box else in_effect


def _found_by_what_is_shown(visit: Visit, probe: WebProbe, element: Locator) -> Reason | None:
    """Look whether the words by which a control was found, of its row or of the part that holds it, are seen too."""
    if probe.find.near:
        labels = labels_of_row(visit.page, probe.find)
        if not all(_look_as_wanted(label, [SEEN, NOT_STRUCK]) for label in labels):
            return Reason.NOT_SHOWN
        if not probe.find.name_starts and not look(element, "named", list(probe.find.near)):
            return Reason.NOT_SHOWN
        if not look(element, "nearest", list(probe.find.near)):
            return Reason.NOT_SHOWN
    if probe.find.within:
        parts = named(visit.page, probe.find.within)
        if not all(look(part, "headed", list(probe.find.within.name)) for part in parts):
            return Reason.NOT_SHOWN
    return None


def _text_as_shown(_visit: Visit, probe: WebProbe, element: Locator) -> list[Ask]:
    alone = [Ask("sentence", Reason.NOT_SHOWN)] if probe.find.text else []
    if probe.take is not Take.TEXT:
        return alone
    return [*alone, Ask("says", Reason.NOT_SHOWN, folded(element.inner_text()))]


def _saved(visit: Visit, probe: WebProbe, element: Locator) -> list[Ask]:
    asks = [Ask("sound", Reason.AMBIGUOUS)]
    tag = next((tag for tag in ("input", "select", "textarea") if look(element, "isOneOf", [tag])), "")
    if not tag:
        return asks
    id_, name, kind = (element.get_attribute(what) for what in ("id", "name", "type"))
    known = (probe.find.field, id_, name) if id_ or name else (probe.find.field, nameless(tag, kind))
    field = next((one for one in known if one and visit.in_first_html(one)), None)
    if field is None or not (field == probe.find.field or kind == "radio" or visit.sent_as(field)):
        return asks  # a script drew it
    return [*asks, Ask("saved", Reason.UNSAVED), Ask("sent", Reason.UNSAVED, visit.sent_as(field))]


def _steady(_visit: Visit, probe: WebProbe, _element: Locator) -> list[Ask]:
    return [Ask("steady", Reason.AMBIGUOUS, probe.take.value)]


STEADY = Rule(
    "A control does not change and change back, and it does not change between the two readings.", asks=_steady
)
RULES = (
    Rule("The page is at the address that the program asked for: path, query and the part after #.", of_page=_address),
    Rule(
        "No request was refused, failed, is still waiting, or got an error, nothing or an old copy, except for listed "
        "noise.",
        of_page=_nothing_lost,
    ),
    Rule(
        "No script broke off, the page is whole where something is counted or is not there, and it does not say that "
        "it is loading, offline, signed out, broken, out of date or not saved.",
        of_page=_ready,
    ),
    Rule("No dialog covers the page, unless the setting is in it.", asks=_nothing_over_it),
    Rule(
        "A person can see the control: it is not hidden, see-through, greyed out, or under anything else.",
        asks=_seen,
    ),
    Rule("No frame or closed part of the page has, or may have, another control like this one.", of_control=_alone),
    Rule("A person sees the checklist's words on the control or beside it.", asks=_named_as_shown),
    Rule(
        "A person also sees the words of its row, and of the part of the page around it.",
        of_control=_found_by_what_is_shown,
    ),
    Rule(
        "No words on the control, in its row or above it, such as Off or Paused, contradict its state or say that "
        "it has no effect. No other control with that name has a different state.",
        asks=_agrees_with_its_words,
    ),
    Rule(
        "A text counts only if a person can read it, and it is not struck out, cut or denied. A sentence must "
        "be complete, and must not be the label of a choice or an explanation.",
        asks=_text_as_shown,
    ),
    Rule("A field that the server sent still has the value that the server sent.", asks=_saved),
    STEADY,
)
"""Beside these: each value is read again after the last page and must be the same (`readers/web.py`). What is told
holds at that last reading, so that is when a control is judged by all rules."""


def doubt_of_page(visit: Visit, probe: Probe) -> Reason | None:
    """Return why what a page shows now is not believed, None when it is. Raises Playwright's Error."""
    return next((reason for rule in RULES if rule.of_page and (reason := rule.of_page(visit, probe))), None)


def doubt_of_control(visit: Visit, probe: WebProbe, element: Locator, *, last: bool = True) -> Reason | None:
    """Return why what a control shows now is not believed, None when it is. Raises Playwright's Error.

    A reading that is not the `last` of a page only begins to watch whether the control stays as it is.
    """
    bring_into_view(visit, element)
    rules = RULES if last else (STEADY,)
    asks = {rule: rule.asks(visit, probe, element) for rule in rules if rule.asks}
    all_hold = _look_as_wanted(element, [ask for some in asks.values() for ask in some])
    for rule in rules:
        for ask in () if all_hold else asks.get(rule, ()):
            if not _look_as_wanted(element, [ask]):
                return ask.reason
        if rule.of_control and (reason := rule.of_control(visit, probe, element)):
            return reason
    return None


def bring_into_view(visit: Visit, element: Locator) -> None:
    """Scroll to a control, and wait where the page then looks otherwise. Raises Playwright's Error."""
    if look(element, "comesIntoView"):
        visit.page.wait_for_timeout(_FRAMES_MS)


def _look_as_wanted(element: Locator, asks: list[Ask]) -> bool:
    return look(element, "as_wanted", [(ask.what, ask.given, ask.wanted) for ask in asks])


def may_be_elsewhere(visit: Visit, probe: WebProbe) -> bool:
    """Tell whether what a probe does not find may be on the page all the same. Raises Playwright's Error.

    What is found by its name may have another one now, if there is anything of its kind; and any control may be what is
    looked for, if neither a field's name nor one in the checklist says which it is.
    """
    find = probe.find
    role: Any = find.role
    if role and visit.page.get_by_role(role).count():
        return True
    if visit.once("closed", lambda: has_closed_parts(visit.page)) or any(True for _frame in frames(visit.page)):
        return True
    asked = {
        "field": find.field,
        "words": [*find.name, *find.name_starts, *find.near, *find.text],
        "known": visit.known,
        "isABox": probe.take in (Take.VALUE, Take.FILLED),
    }
    return look(visit.page.locator("html"), "mayBeElsewhere", asked)


def goes_on(within: Locator, count: int) -> bool:
    """Tell whether something says that there are more than those that were counted. Raises Playwright's Error."""
    return look(within, "more", count)
