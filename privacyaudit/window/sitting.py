"""One audit in the window: its plan and its journal, and how the page and the journal say the same.

The journal is that of the command line, so an audit that was begun here goes on there, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from privacyaudit import journal
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import now
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.journal import Header, Journal, Offered, Seen
from privacyaudit.model import Check, Device, Group, Observation, Reason
from privacyaudit.offline.content import every
from privacyaudit.plan import Plan, continued, plan
from privacyaudit.window.wishes import Begin, Reply

DEVICES = {"ios": Device.IPHONE, "android": Device.ANDROID, "menu": Device.BROWSER}


@dataclass
class Sitting:
    """An audit that goes on: what the page asked for, its plan and its journal."""

    wanted: Begin
    plan: Plan
    journal: Journal

    @property
    def keeps(self) -> bool:
        """Tell whether its answers are on the disk."""
        return self.journal.path is not None

    @property
    def checks(self) -> list[Check]:
        """Return what is asked."""
        return [item.check for item in self.plan.items]

    @property
    def left(self) -> list[Check]:
        """Return what has no reply yet."""
        answered = self.journal.answered(self.checks)
        return [check for check in self.checks if check.id not in answered]


def planned(catalogue: Catalogue, wanted: Begin, sites: Mapping[str, str]) -> Plan:
    """Return the plan that the page asks for, with its services in the page's order. Raises UsageError.

    `sites` are the person's own addresses, by service; those of other services are left out.
    """
    times = ("quick", "full")
    names = wanted.platforms if wanted.time in times else (wanted.time,)
    named = [catalogue.checklist(name) for name in names]
    chosen = [one for one in every(catalogue) if one in named]
    asked = {one.checklist.platform.id for one in chosen}
    own = {name: site for name, site in sites.items() if name in asked}
    return plan(chosen, catalogue.role(wanted.role).id, own, quick=wanted.time == "quick")


def begin(catalogue: Catalogue, wanted: Begin, *, keeps: bool, before: Sitting | None) -> Sitting:
    """Begin an audit, or turn one that goes on into another one: what was answered stays, and so do own addresses.

    Raises UsageError, also while another audit goes on in another program, and SaveError.
    """
    of = planned(catalogue, wanted, before.journal.header.sites if before else {})
    header = of.header(DEVICES.get(wanted.device))
    if before is None:
        notes = journal.begin(header)[0] if keeps else Journal(None, header)
        return Sitting(wanted, of, notes)
    if _facts(header) != _facts(before.journal.header):
        before.journal.turn_to(header.model_copy(update={"started": before.journal.header.started}))
    return Sitting(wanted, of, before.journal)


def _facts(header: Header) -> Header:
    return header.model_copy(update={"started": None})


def resume(catalogue: Catalogue, *, keeps: bool) -> Sitting:
    """Go on with the audit that was stopped; where nothing `keeps`, in memory only, and its file stays as it is.

    Raises UsageError where it cannot go on here, RecordError, SaveError.
    """
    path = journal.unfinished()
    if path is None:
        raise UsageError(_("There is no unfinished audit to continue."), _("Start a new one."))
    notes = journal.resume(path)
    try:
        of = continued(catalogue, notes)
        need_shown_here(catalogue, notes.header)
    except BaseException:
        notes.release()
        raise
    if not keeps:
        notes.release()
        notes = Journal(None, notes.header, notes.entries)
    return Sitting(_wanted(notes.header), of, notes)


def need_shown_here(catalogue: Catalogue, header: Header) -> None:
    """Raise UsageError unless the page can show what an unfinished audit is about: all of some services, no demo."""
    groups = [catalogue.loaded[name].checklist.platform.group for name in header.platforms]
    if header.areas or Group.DEMO in groups:
        raise UsageError(
            _("You began this audit in another way, so this page cannot continue it."),
            _("Continue it in a terminal, as you began it."),
        )


def _wanted(header: Header) -> Begin:
    device = next((name for name, device in DEVICES.items() if device is header.device), "")
    return Begin.model_validate(
        {
            "role": header.role,
            "platforms": header.platforms,
            "time": "quick" if header.quick else "full",
            "device": device,
        }
    )


def kept(notes: Journal, *, keeps: bool) -> Journal:
    """Return the same journal on the disk, or in memory only, and nothing of it on the disk. Raises SaveError."""
    if not keeps:
        notes.close()
        return Journal(None, notes.header, notes.entries)
    on_disk, _aside = journal.begin(notes.header)
    on_disk.entries = notes.entries
    on_disk.turn_to(notes.header)
    return on_disk


# -- what the page says, and what it is told -------------------------------------------------------


def note(sitting: Sitting, replies: Iterable[Reply]) -> None:
    """Save what is new in replies; when this returns, it is kept. Raises UsageError, before anything, and SaveError."""
    checks = {check.id: check for check in sitting.checks}
    for reply in (given := list(replies)):
        _need_fit(checks.get(reply.check), reply)
    known = newest(sitting)
    for reply in given:
        if not _says(known.get(reply.check), reply):
            observation = Observation(
                reader="ask",
                option=reply.option,
                reason=Reason(reply.reason) if reply.reason else None,
                changed_from=reply.changed,
                at=now(),
            )
            check = checks[reply.check]
            sitting.journal.add(Seen(check=check.id, revision=check.revision, observation=observation))
        if reply.option and (reply.left or reply.offered):
            choice = "leave" if reply.left else "later"
            said = Offered.model_validate({"check": reply.check, "option": reply.option, "choice": choice})
            if sitting.journal.offered().get(reply.check) != said:
                sitting.journal.add(said)


def _need_fit(check: Check | None, reply: Reply) -> None:
    options = [name for name in (reply.option, reply.changed) if name]
    if check is None or any(check.option(name) is None for name in options) or bool(reply.option) == bool(reply.reason):
        raise UsageError(
            _("The page says something of a question that this audit does not ask."),
            _("Load the page again. What was saved is still there."),
        )


def _says(known: Observation | None, reply: Reply) -> bool:
    if known is None:
        return False
    return (known.option, known.reason, known.changed_from) == (reply.option, reply.reason, reply.changed)


def newest(sitting: Sitting) -> dict[str, Observation]:
    """Return what counts of each check: what the person said last, or else what was found in another way."""
    found: dict[str, Observation] = {}
    for entry in sitting.journal.counting(sitting.checks):
        before = found.get(entry.check)
        if entry.settles and not (before and before.reader == "ask" and entry.observation.reader != "ask"):
            found[entry.check] = entry.observation
    return found


def session(sitting: Sitting) -> dict[str, Any]:
    """Return the session as the page has it."""
    known = newest(sitting)
    offered = sitting.journal.offered()
    answers = {name: one.option for name, one in known.items() if one.option}
    return {
        **sitting.wanted.model_dump(mode="json", exclude={"audit"}),
        "answers": answers,
        "open": {name: one.reason for name, one in known.items() if one.reason},
        "changed": {name: one.changed_from for name, one in known.items() if one.changed_from},
        "left": {n: one.option for n, one in offered.items() if one.choice == "leave" and answers.get(n) == one.option},
        "offered": [f"{name} {one.option}" for name, one in offered.items()],
    }
