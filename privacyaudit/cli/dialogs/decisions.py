"""What a person is asked at the end of a walkthrough about what is to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from privacyaudit import i18n
from privacyaudit.cli import prompts, terminal
from privacyaudit.clock import today
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Verdict
from privacyaudit.over_time.decisions import LONGEST_REASON, Kind, decision, site_of
from privacyaudit.over_time.due import add_months, find

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue
    from privacyaudit.model import AuditRecord, Check, Decision, Finding


def sentence(decision: Decision, check: Check) -> str:
    """Return what a decision means, in words; a title says how things should be, and here they are not yet so."""

    said = (
        _("By {day} you want to reach this: “{title}”.")
        if decision.kind == "plan"
        else _("Until {day} you accept that this is not so: “{title}”. After that it is to change again.")
    )
    return said.format(day=i18n.day(decision.until), title=_(check.title))


_CHOICES: Sequence[tuple[str, str]] = (
    ("plan", N_("I will change it by a day")),
    ("accept", N_("I keep it as it is until a day")),
    ("leave", N_("Decide later")),
)


_DAYS = ((0, 7, N_("In a week: {day}")), (1, 0, N_("In a month: {day}")), (3, 0, N_("In three months: {day}")))


def offer(record: AuditRecord, catalogue: Catalogue, *, plain: bool) -> list[Decision]:
    """Ask at the end of a walkthrough about what is to change and has no day yet; return what was decided.

    Ctrl-C ends the asking and keeps what was decided by then.
    """

    open_ones = [
        (finding, check)
        for finding in record.findings
        if finding.verdict is Verdict.FAIL and not finding.planned and (check := find(finding.check, catalogue))
    ]
    made: list[Decision] = []
    if not open_ones:
        return made
    question = ngettext(
        "{number} thing is to change. Set a day for it now, or accept it for a time?",
        "{number} things are to change. Set days for them now, or accept some for a time?",
        len(open_ones),
    ).format(number=len(open_ones))
    try:
        if prompts.confirm(question, False, plain=plain):
            for finding, check in open_ones:
                made += _offered(record, finding, check, plain=plain)
    except KeyboardInterrupt:
        pass
    return made


def _offered(record: AuditRecord, finding: Finding, check: Check, *, plain: bool) -> list[Decision]:

    choices = [(value, _(label)) for value, label in _CHOICES]
    aim = _("The aim: {title}").format(title=_(check.title))
    kind = prompts.choose_one(aim, choices, chosen="leave", plain=plain)
    if kind == "leave":
        return []
    day = prompts.choose_one(_("Until when?"), _days(), plain=plain)
    because = ""
    if kind == "accept":
        because = prompts.line(_("Why? This is for you alone, and in no report."), plain=plain)[:LONGEST_REASON]
    chosen: Kind = "plan" if kind == "plan" else "accept"
    made = decision(chosen, check, finding, site_of(record, check), date.fromisoformat(day), because)
    terminal.say(sentence(made, check))
    return [made]


def _days() -> list[tuple[str, str]]:

    days = [(add_months(today(), months) + timedelta(days=more), label) for months, more, label in _DAYS]
    return [(day.isoformat(), _(label).format(day=i18n.day(day))) for day, label in days]
