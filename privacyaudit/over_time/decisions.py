"""What a person decides about an answer that is to change: keep it until a day, or change it by a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from pydantic import ValidationError

from privacyaudit import i18n, labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import now, today, written_day
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import AuditRecord, Check, Decision, Finding, Verdict, platform_of
from privacyaudit.over_time.due import add_months, find
from privacyaudit.over_time.history import History
from privacyaudit.over_time.known import standing

MOST_MONTHS = 12
LONGEST_REASON = 200
Kind = Literal["accept", "plan"]


def decision(kind: Kind, check: Check, finding: Finding, site: str | None, until: date, because: str) -> Decision:
    """Return a decision about the answer that was found. Raises UsageError for a reason that cannot be kept."""
    try:
        return Decision(
            kind=kind,
            check=check.id,
            revision=check.revision,
            option=finding.option or "",
            site=site,
            until=until,
            because=because.strip(),
            at=now(),
        )
    except ValidationError as error:
        raise UsageError(
            _("The reason is longer than {number} characters.").format(number=LONGEST_REASON),
            _("Write it in fewer words. Nothing was changed."),
        ) from error


def site_of(record: AuditRecord, check: Check) -> str | None:
    """Return the site at which a record looked at the platform of a check."""
    platform = platform_of(check.id)
    return next((part.site for part in record.platforms if part.platform == platform), None)


def newest(history: History, check: Check) -> tuple[AuditRecord, Finding]:
    """Return the newest finding of a check and what stands in the history about it. Raises UsageError."""
    known = standing(history.lately())
    finding = next((one for one in known.findings if one.check in check.names), None) if known else None
    if known is None or finding is None:
        raise UsageError(
            _("No audit in your history asked about “{title}”.").format(title=_(check.title)),
            _("Audit this platform first: privacyaudit audit {platform} --keep").format(platform=platform_of(check.id)),
        )
    return known, finding


def decided_by_words(
    kind: Kind, check: Check, newest_finding: tuple[AuditRecord, Finding], day: str, because: str
) -> Decision:
    """Return the decision that the words on the command line make. Raises UsageError."""
    record, finding = newest_finding
    if finding.verdict not in (Verdict.FAIL, Verdict.ACCEPTED):
        raise UsageError(
            _("Your last audit does not say that “{title}” needs changing. It says “{verdict}”.").format(
                title=_(check.title), verdict=labels.verdict(finding.verdict)
            ),
            _(
                "You can accept or plan only what needs changing. If that answer is out of date, audit the platform "
                "again first."
            ),
        )
    if finding.revision != check.revision:
        raise UsageError(
            _("“{title}” has changed since your last audit.").format(title=_(check.title)),
            _("Audit this platform again first: privacyaudit audit {platform}").format(platform=platform_of(check.id)),
        )
    return decision(kind, check, finding, site_of(record, check), day_named(day), because)


def day_named(text: str) -> date:
    """Return the day that was typed; it must be after today, and at most a year away. Raises UsageError."""
    try:
        day = written_day(text)
    except ValueError:
        raise UsageError(
            _("{text} is not a date.").format(text=text),
            _("Write year, month and day like this: {day}").format(day=example_day()),
        ) from None
    last = add_months(today(), MOST_MONTHS)
    if not today() < day <= last:
        raise UsageError(
            _("{day} is not between tomorrow and {last}.").format(day=i18n.day(day), last=i18n.day(last)),
            _("Choose a day between those two. You can decide again when that day comes."),
        )
    return day


def example_day() -> str:
    """Return a day that could be chosen, as it is typed."""
    return add_months(today(), 3).isoformat()


# -- what is offered -------------------------------------------------------------------------------

CHOICES: Sequence[tuple[str, str]] = (
    ("plan", N_("I will change it by a day that I choose")),
    ("accept", N_("I will leave it as it is until a day that I choose")),
    ("leave", N_("Decide later")),
)
_DAYS = ((0, 7, N_("In a week: {day}")), (1, 0, N_("In a month: {day}")), (3, 0, N_("In three months: {day}")))


def to_decide(record: AuditRecord, catalogue: Catalogue) -> list[tuple[Finding, Check]]:
    """Return what is to change and has no day yet."""
    return [
        (finding, check)
        for finding in record.findings
        if finding.verdict is Verdict.FAIL and not finding.planned and (check := find(finding.check, catalogue))
    ]


def proposed_days(today: date) -> list[tuple[str, str]]:
    """Return some days to choose from, as they are typed and in words."""
    days = [(add_months(today, months) + timedelta(days=more), label) for months, more, label in _DAYS]
    return [(day.isoformat(), _(label).format(day=i18n.day(day))) for day, label in days]


def sentence(decision: Decision, check: Check) -> str:
    """Return what a decision means, in words; a title says how things should be, and here they are not yet so."""
    said = (
        _("You plan to change this by {day}. The aim: “{title}”.")
        if decision.kind == "plan"
        else _(
            "You accept this risk until {day}. The aim: “{title}”. After that day, the setting needs changing again."
        )
    )
    return said.format(day=i18n.day(decision.until), title=_(check.title))
