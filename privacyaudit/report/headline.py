"""The one sentence that says how an audit came out, in one of exactly three forms. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from privacyaudit.i18n import _, ngettext
from privacyaudit.model import AuditRecord, Reason, Verdict


class HeadlineForm(Enum):
    """The three things that a headline can say."""

    CHANGE = "change"
    UNSURE = "unsure"
    FINE = "fine"


@dataclass(frozen=True)
class Headline:
    """Which form was chosen, and its sentence."""

    form: HeadlineForm
    sentence: str


def headline(summary: Mapping[Verdict, int], not_reached: int = 0) -> Headline:
    """Return the headline for the number of findings per verdict; a verdict that is missing counts as 0.

    `not_reached` is how many of the unknown ones a stopped audit did not come to.

    Something failed: how many, and how many could not be told. Nothing failed, but something is unknown or nothing was
    settled as fine: that. Only when every check was told, and at least one passed: those that passed look fine.
    """
    total = sum(summary.values())
    failed = summary.get(Verdict.FAIL, 0)
    unknown = summary.get(Verdict.UNKNOWN, 0)
    passed = summary.get(Verdict.PASS, 0)
    told = total - summary.get(Verdict.NOT_APPLICABLE, 0)
    if failed:
        return Headline(HeadlineForm.CHANGE, _to_change(failed, unknown, not_reached, total))
    if unknown or not passed:
        return Headline(HeadlineForm.UNSURE, _unsure(unknown, not_reached, told, total, summary))
    return Headline(HeadlineForm.FINE, _fine(passed, total, summary))


def headline_of(record: AuditRecord) -> Headline:
    """Return the headline of a record as it was made, without what time changed since."""
    return headline(record.summary, sum(one.reason is Reason.STOPPED for one in record.findings))


def _to_change(failed: int, unknown: int, not_reached: int, total: int) -> str:
    changes = ngettext("{number} to change", "{number} to change", failed).format(number=failed)
    if unknown:
        return _("{changes}, and {untold}, {denominator}.").format(
            changes=changes, untold=_untold(unknown, not_reached), denominator=_denominator(total)
        )
    return _("{changes}, {denominator}.").format(changes=changes, denominator=_denominator(total))


def _unsure(unknown: int, not_reached: int, told: int, total: int, summary: Mapping[Verdict, int]) -> str:
    if unknown:
        return _("Nothing to change, but {untold}, {denominator}.").format(
            untold=_untold(unknown, not_reached), denominator=_denominator(total)
        )
    if not total:
        return _("Nothing was checked, so we cannot say anything.")
    if not told:
        return ngettext(
            "Nothing was checked: the only check does not apply.",
            "Nothing was checked: the {number} checks do not apply.",
            total,
        ).format(number=total)
    return ngettext(
        "Nothing to change, but the only check does not count as fine: {rest}.",
        "Nothing to change, but no check counts as fine. Of {number} checks, {rest}.",
        total,
    ).format(number=total, rest=_rest(summary))


def _fine(passed: int, total: int, summary: Mapping[Verdict, int]) -> str:
    fine = ngettext("The one thing checked looks fine", "All {number} things checked look fine", passed).format(
        number=passed
    )
    if rest := _rest(summary):
        return ngettext("{fine}. Of {number} check, {rest}.", "{fine}. Of {number} checks, {rest}.", total).format(
            fine=fine, number=total, rest=rest
        )
    return _("{fine}.").format(fine=fine)


def _untold(unknown: int, not_reached: int) -> str:
    looked_at = unknown - not_reached
    untold = ngettext("we could not tell about {number}", "we could not tell about {number}", looked_at).format(
        number=looked_at
    )
    rest = ngettext("you have not reached {number}", "you have not reached {number}", not_reached).format(
        number=not_reached
    )
    if not not_reached:
        return untold
    return _("{untold}, and {rest}").format(untold=untold, rest=rest) if looked_at else rest


def _denominator(total: int) -> str:
    return ngettext("out of {number} check", "out of {number} checks", total).format(number=total)


def _rest(summary: Mapping[Verdict, int]) -> str:
    choice = summary.get(Verdict.CHOICE, 0)
    accepted = summary.get(Verdict.ACCEPTED, 0)
    apart = summary.get(Verdict.NOT_APPLICABLE, 0)
    parts = [
        ngettext("{number} is your choice", "{number} are your choice", choice).format(number=choice) if choice else "",
        ngettext("{number} is accepted", "{number} are accepted", accepted).format(number=accepted) if accepted else "",
        ngettext("{number} does not apply", "{number} do not apply", apart).format(number=apart) if apart else "",
    ]
    named = [part for part in parts if part]
    if len(named) < 2:
        return "".join(named)
    return _("{first} and {last}").format(first=", ".join(named[:-1]), last=named[-1])
