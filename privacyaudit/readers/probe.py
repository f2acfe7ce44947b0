"""Read one probe on an open page: an option id, or the reason why not. Never a guess."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from privacyaudit.browser import belief, playwright_errors, whole_replies
from privacyaudit.browser.failed_replies import has_failed, has_nothing, says_in_headers
from privacyaudit.browser.first_html import LARGEST
from privacyaudit.browser.in_effect import has_no_effect
from privacyaudit.browser.locate import accessible_name, contradicted, folded, held, locate, look, named
from privacyaudit.browser.picture import of_row
from privacyaudit.browser.visit import REST_MS, Visit
from privacyaudit.browser.whole_replies import goes_on, is_whole
from privacyaudit.model import Absent, Find, JsonProbe, Means, Probe, Reason, Take, WebProbe
from privacyaudit.model.reply_path import Gap, keys_of, only_last_missing, value_at

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Answer = str | Reason

_AGAIN_MS = 400
_AT_ONCE_MS = 1
_BOXES = "input,textarea"


def read(visit: Visit, probe: Probe, languages: tuple[str, ...], *, last: bool = True) -> Answer:
    """Return the option id that a probe finds on the page that is open, or why it finds none.

    `languages` are those of the platform: the probe's words hold in them, if it does not name languages of its own.
    What is found is told only if the `last` reading finds it too, in which alone a control is judged by all rules.
    On a page that never comes to rest the probe is read twice, and two readings that differ are *ambiguous*.
    """
    try:
        answer = _once(visit, probe, languages, last=last)
        if not visit.quiet and not isinstance(answer, Reason):
            visit.page.wait_for_timeout(_AGAIN_MS)
            if _once(visit, probe, languages, last=last) != answer:
                return Reason.AMBIGUOUS
    except playwright_errors.timeout():
        return Reason.TIMED_OUT
    except playwright_errors.error():
        return Reason.NOT_FOUND
    return answer


def _once(visit: Visit, probe: Probe, languages: tuple[str, ...], *, last: bool) -> Answer:
    visit.rest()
    if doubt := belief.doubt_of_page(visit, probe):
        return doubt
    if isinstance(probe, JsonProbe):
        return _from_reply(visit, probe)
    if _foreign(visit, probe, languages):
        return Reason.UNLISTED_LANGUAGE
    if probe.expand and (trouble := _expand(visit, probe)):
        return trouble
    if probe.take is Take.COUNT:
        return _counted(visit, probe)
    elements = _found(visit, probe)
    if not elements:
        return Reason.NOT_FOUND if probe.absent and belief.may_be_elsewhere(visit, probe) else _absent(probe.absent)
    if len(elements) > 1:
        return Reason.AMBIGUOUS
    element = held(elements[0])
    if not element:
        return Reason.NOT_FOUND
    by_name = probe.find.role and (probe.find.name or probe.find.name_starts)
    if by_name and probe.take in (Take.CHECKED, Take.PRESSED) and contradicted(element, str(probe.find.role)):
        return Reason.AMBIGUOUS
    if probe.take is Take.SELECTED and element.locator("option:checked").count() > 1:
        return Reason.AMBIGUOUS
    found = meaning(_take(element, probe.find, probe.take), probe.means)
    if isinstance(found, Reason):
        return found
    return belief.doubt_of_control(visit, probe, element, last=last) or found


def _found(visit: Visit, probe: WebProbe) -> list[Locator]:
    """Return what fits a probe; of a field that is there twice, for wide and for narrow screens, the one that "
    "is drawn.
    """
    found = locate(visit.page, probe.find, probe.take)
    drawn = [one for one in found if look(one, "laidOut")] if probe.find.field and len(found) > 1 else []
    return drawn if len(drawn) == 1 else found


def matched(visit: Visit, probe: Probe) -> list[tuple[str, int]]:
    """Return, step by step, how many things on the page that is open fit a probe; for people who write probes.

    The steps are `reply`, or `within`, `expand`, `role` (all that have it) and `find`. Raises Playwright's Error.
    """
    if isinstance(probe, JsonProbe):
        return [("reply", len(visit.replies(probe.host or urlsplit(probe.open).netloc, probe.reply) or []))]
    steps = []
    if probe.find.within:
        steps.append(("within", len(named(visit.page, probe.find.within))))
    if probe.expand:
        steps.append(("expand", len(named(visit.page, probe.expand))))
    if probe.find.role:
        role: Any = probe.find.role
        steps.append(("role", visit.page.get_by_role(role).count()))
    return [*steps, ("find", len(locate(visit.page, probe.find, probe.take)))]


def picture(visit: Visit, probe: Probe) -> bytes | None:
    """Return a PNG of the row in which a probe finds its answer; None where no row has it, or it must not be seen.

    What stands in a box that is only asked to be empty does not get here, so no picture does. Raises Playwright's
    Error.
    """
    if isinstance(probe, JsonProbe) or probe.take is Take.FILLED:
        return None
    elements = _found(visit, probe)
    if not elements or (len(elements) > 1 and probe.take is not Take.COUNT):
        return None
    return of_row(visit, elements[0])


def meaning(value: Any, means: Means) -> Answer:
    """Return the option that a value stands for, or *unlisted_value*.

    True and false are the words "true" and "false", whole numbers their digits; ranges take whole numbers only.
    """
    if isinstance(means, tuple):
        if isinstance(value, bool) or not isinstance(value, int):
            return Reason.UNLISTED_VALUE
        fitting = [span.option for span in means if span.holds(value)]
        return fitting[0] if len(fitting) == 1 else Reason.UNLISTED_VALUE
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, int):
        value = str(value)
    if not isinstance(value, str):
        return Reason.UNLISTED_VALUE
    return means.get(value, Reason.UNLISTED_VALUE)


def _foreign(visit: Visit, probe: WebProbe, languages: tuple[str, ...]) -> bool:
    """Tell whether a probe goes by words on the page, and the page is in a language in which they mean nothing."""
    words = (probe.find.text, probe.find.name, probe.find.name_starts, probe.find.near, probe.find.within, probe.expand)
    by_words = any(words) or probe.take is Take.TEXT
    return by_words and visit.language() not in (probe.languages or languages)


class ByAbsence(str):
    """An option that was told because something is not there."""

    __slots__ = ()


def _counted(visit: Visit, probe: WebProbe) -> Answer:
    """Count in the one part that is named, where nothing says that there is more."""
    if probe.find.within and len(parts := named(visit.page, probe.find.within)) != 1:
        return Reason.AMBIGUOUS if parts else Reason.NOT_FOUND
    found = locate(visit.page, probe.find, probe.take)
    number = len(found)
    if not number:
        return Reason.NOT_FOUND
    by_words = probe.find.name or probe.find.name_starts or probe.find.near
    if by_words and not probe.find.within:
        return Reason.AMBIGUOUS  # what is counted by words anywhere may also be something else, or be called otherwise
    if not all(look(one, "counts") for one in found):
        return Reason.NOT_SHOWN
    within = named(visit.page, probe.find.within)[0] if probe.find.within else visit.page.locator("body")
    return Reason.AMBIGUOUS if belief.goes_on(within, number) else meaning(number, probe.means)


def _absent(absent: Absent | None) -> Answer:
    return ByAbsence(absent.option) if absent else Reason.NOT_FOUND


def _take(element: Locator, find: Find, take: Take) -> str | None:
    """Read one thing off one element, in the browser's own isolated world where the page's scripts cannot interfere."""
    if take is Take.CHECKED:
        if not _native(element):
            return element.get_attribute("aria-checked")
        if element.and_(element.page.locator(":indeterminate")).count():
            return "mixed"
        return "true" if element.is_checked() else "false"
    if take is Take.PRESSED:
        return element.get_attribute("aria-pressed")
    if take in (Take.SELECTED, Take.VALUE):
        chosen = not _native(element) or (take is Take.SELECTED and element.is_checked())
        return element.input_value() if chosen else None
    if take is Take.FILLED:
        return _filled(element)
    if take is Take.TEXT:
        return folded(element.inner_text())
    if take is not Take.NAME_REST:
        return None
    name = folded(accessible_name(element))
    beginning = next((b for b in find.name_starts if name.startswith(b)), None)
    return None if beginning is None else name[len(beginning) :].strip(" .:,")


def _filled(element: Locator) -> str | None:
    """Tell whether a box has anything in it; the browser compares, and what stands there does not get here."""
    from playwright.sync_api import expect

    if _native(element) or not element.and_(element.page.locator(_BOXES)).count():
        return None
    for said, holds in (("false", expect(element).to_be_empty), ("true", expect(element).not_to_be_empty)):
        with suppress(AssertionError):
            holds(timeout=_AT_ONCE_MS)
            return said
    return None


def _native(element: Locator) -> bool:
    return element.get_attribute("type") in ("checkbox", "radio")


def _expand(visit: Visit, probe: WebProbe) -> Reason | None:
    """Unfold one disclosure; nothing that could submit, switch or follow is pressed."""
    assert probe.expand is not None
    buttons = named(visit.page, probe.expand)
    if len(buttons) != 1:
        return Reason.AMBIGUOUS if buttons else Reason.NOT_FOUND
    button = buttons[0]
    state = button.get_attribute("aria-expanded")
    if state == "true":
        return None
    if state != "false" or button.get_attribute("role") not in (None, "button"):
        return Reason.NOT_FOUND
    if button.evaluate("b => Boolean(b.form) && b.type !== 'button'"):
        return Reason.BLOCKED_BY_GUARD
    button.click(timeout=2_000)
    visit.settle(REST_MS)
    return None if button.get_attribute("aria-expanded") == "true" else Reason.NOT_FOUND


def _from_reply(visit: Visit, probe: JsonProbe) -> Answer:
    replies = visit.replies(probe.host or urlsplit(probe.open).netloc, probe.reply)
    if replies is None:
        return Reason.TIMED_OUT
    found: set[Answer] = set()
    for reply in replies:
        try:
            raw = reply.body()
            if len(raw) > LARGEST:
                return Reason.UNLISTED_VALUE
            said = whole_replies.read(raw)
            if not is_whole(reply.status, reply.headers) or says_in_headers(reply.headers) or _is_unsound(said, probe):
                return Reason.SITE_ERROR
            found.add(answer_in(said, probe))
        except (playwright_errors.error(), ValueError, RecursionError):
            return Reason.UNLISTED_VALUE
    if not found:
        return Reason.NOT_FOUND
    return found.pop() if len(found) == 1 else Reason.AMBIGUOUS


def _is_unsound(said: Any, probe: JsonProbe) -> bool:
    """Tell whether a reply says of itself, or of what is read, that it does not hold."""
    if has_failed(said, is_read=True) or has_nothing(said, is_read=True):
        return True
    return any(has_no_effect(said, keys_of(path)) for path in probe.paths)


def answer_in(reply: Any, probe: JsonProbe) -> Answer:
    """Return the option that a probe finds in a reply, or why it finds none.

    A reply in which what the path names is not there is another one than the checklist knows: *unlisted_value*, so that
    no other probe of the check answers for it. One in which a condition does not hold says nothing: *not_found*.
    """
    values = [value_at(path, reply) for path in probe.paths]
    found = {meaning(value, probe.means) for value in values if not isinstance(value, Gap)}
    counts = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    counted = isinstance(probe.means, tuple) and any(goes_on(reply, count) for count in counts)
    if len(found) > 1 or counted:
        return Reason.AMBIGUOUS
    if found:
        return found.pop()
    if probe.absent and only_last_missing(probe.path, reply):
        return ByAbsence(probe.absent.option)
    return Reason.NOT_FOUND if Gap.NOTHING in values else Reason.UNLISTED_VALUE
