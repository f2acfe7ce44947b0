"""Turn the observations of one check into exactly one finding. Pure: no clock but the one handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privacyaudit.model import (
    UNDATED,
    Check,
    Confidence,
    Decision,
    Finding,
    Flag,
    Observation,
    Reason,
    Verdict,
    last_day,
)

OLD_AFTER_DAYS = 183
"""An audit that is older may not show how things are."""

FACTS_OLD_AFTER_DAYS = 913
"""Instructions of two and a half years ago may not match what is on the screen. docs/decisions.md says why so long."""

_TELLING = (
    Reason.READ_WRONG,
    Reason.AMBIGUOUS,
    Reason.UNLISTED_VALUE,
    Reason.UNLISTED_LANGUAGE,
    Reason.OTHER_ACCOUNT,
    Reason.CHALLENGE,
    Reason.NEEDS_PASSWORD,
    Reason.NOT_SIGNED_IN,
    Reason.PAGE_MOVED,
    Reason.SITE_ERROR,
    Reason.OPENED_TRAFFIC,
    Reason.NEEDS_PROXY,
    Reason.UNREACHABLE,
    Reason.NO_BROWSER,
    Reason.TIMED_OUT,
    Reason.UNSAVED,
    Reason.NOT_SHOWN,
    Reason.NOT_READY,
    Reason.BLOCKED_BY_GUARD,
    Reason.NOT_FOUND,
    Reason.APP_ONLY,
    Reason.LOOKS_DIFFERENT,
    Reason.DONT_KNOW,
    Reason.SKIPPED,
    Reason.STOPPED,
    Reason.EXPIRED,
)
_SPOILS = {Reason.AMBIGUOUS, Reason.UNLISTED_VALUE, Reason.READ_WRONG}
_PAGES = ("web", "outside")


def judge(
    check: Check, observations: Sequence[Observation], role: str, today: date, missing: Reason = Reason.STOPPED
) -> Finding:
    """Return the one finding of a check.

    What the page showed counts before what the person said. Probes of a page must not contradict each other: two
    different options, or an option beside a value that is not listed, are *unknown*, until the person has looked
    afterwards (see `heard`) and named an option that the page showed too. No observation at all is *unknown* for the
    reason `missing`. An option that the check does not have is *unknown: unlisted_value*, never a pass.
    """
    observations = [listed(check, observation) for observation in observations]
    page = by_page(observations)
    seen, seen_why = _agreed(page)
    said, said_why = _agreed(heard(observations))
    shown = {o.option for o in page if o.option is not None}
    if seen is None and said is not None and shown and said not in shown:
        said, said_why = None, Reason.AMBIGUOUS
    option = seen if seen is not None else said
    flags = _flags(check, today)
    if seen is not None and said is not None and seen != said:
        flags.insert(0, Flag.PAGE_OVER_PERSON)
    if said is not None and any(o.reason is Reason.READ_WRONG for o in page):
        flags.insert(0, Flag.READ_WRONG)
    chosen = check.option(option) if option is not None else None
    if chosen is None:
        silent = said_why in (None, Reason.SKIPPED, Reason.STOPPED)
        return Finding(
            check=check.id,
            revision=check.revision,
            verdict=Verdict.UNKNOWN,
            reason=(seen_why if silent else None) or said_why or missing,
            flags=tuple(flags),
            observations=tuple(observations),
        )
    return Finding(
        check=check.id,
        revision=check.revision,
        verdict=chosen.verdict_for(role),
        option=chosen.id,
        flags=tuple(flags),
        observations=tuple(observations),
    )


def decided(finding: Finding, decision: Decision | None, today: date) -> Finding:
    """Return a finding as a person's decision makes it.

    A decision counts for the answer that it was made about, as long as the check asks the same, and for nothing that is
    not to change. An accepted risk is accepted to the end of its day, and then it is to change again.
    """
    counts = (
        decision is not None
        and finding.verdict is Verdict.FAIL
        and (decision.revision, decision.option) == (finding.revision, finding.option)
    )
    if decision is None or not counts:
        return finding
    if decision.kind == "plan":
        return finding.model_copy(update={"planned": decision.until})
    if decision.until < today:
        return finding
    return finding.model_copy(update={"verdict": Verdict.ACCEPTED, "until": decision.until})


def in_force(finding: Finding, today: date) -> Finding:
    """Return a finding as it counts today: an accepted risk whose day has passed is to change again."""
    if finding.verdict is Verdict.ACCEPTED and finding.until is not None and finding.until < today:
        return finding.model_copy(update={"verdict": Verdict.FAIL, "until": None})
    return finding


def means_the_same(check: Check, finding: Finding, role: str) -> bool:
    """Tell whether a check still asks the same, and the answer still has the verdict that the finding gives it.

    An accepted answer is one that would be to change, and one that is unknown has no verdict that could change.
    """
    if check.revision != finding.revision:
        return False
    if finding.option is None:
        return True
    option = check.option(finding.option)
    if option is None:
        return False
    judged_before = Verdict.FAIL if finding.verdict is Verdict.ACCEPTED else finding.verdict
    return judged_before in (Verdict.UNKNOWN, option.verdict_for(role))


def listed(check: Check, observation: Observation) -> Observation:
    """Return an observation as it may be kept: an option that the check does not have becomes *unlisted_value*."""
    if observation.option is None or check.option(observation.option) is not None:
        return observation
    nothing = {"option": None, "changed_from": None, "confirmed": False}
    return observation.model_copy(update={**nothing, "reason": Reason.UNLISTED_VALUE})


def by_page(observations: Sequence[Observation]) -> list[Observation]:
    """Return those observations that a page gave, or what anybody sees from outside."""
    return [o for o in observations if o.reader in _PAGES]


def heard(observations: Sequence[Observation]) -> list[Observation]:
    """Return what the person said, in the order of the observations, as far as it counts.

    Where the page showed something that cannot be told (a value that is not listed, or more than one answer), or what
    the person did not see there, only what the person said when asked after that counts: an older answer, or one from a
    file, may be out of date. The same is true where a file says something else than the person.
    """
    page = by_page(observations)
    option, reason = _agreed(page)
    if option is None and reason in _SPOILS:
        last = max(number for number, o in enumerate(observations) if o.reader in _PAGES)
        return [o for o in observations[last:] if o.reader == "ask"]
    said = [o for o in observations if o.reader not in _PAGES]
    return said[-1:] if said and said[-1].reader == "ask" and _agreed(said)[1] is Reason.AMBIGUOUS else said


def settled(observations: Sequence[Observation]) -> bool:
    """Tell whether a page or an answers file has answered, so that the person need not be asked."""
    said = heard(observations)
    from_file = said if any(o.reader == "answers" for o in said) else []
    return any(_agreed(part)[0] is not None for part in (by_page(observations), from_file))


def _agreed(observations: Sequence[Observation]) -> tuple[str | None, Reason | None]:
    options = {o.option for o in observations if o.option is not None}
    reasons = {o.reason for o in observations if o.reason is not None}
    if len(options) > 1:
        return None, Reason.AMBIGUOUS
    if options and not reasons & _SPOILS:
        return options.pop(), None
    return None, next((reason for reason in _TELLING if reason in reasons), None)


def _flags(check: Check, today: date) -> list[Flag]:
    flags = []
    if check.confidence is Confidence.LOW:
        flags.append(Flag.LOW_CONFIDENCE)
    if facts_are_old(check, today):
        flags.append(Flag.OLD_FACTS)
    return flags


def facts_are_old(check: Check, today: date) -> bool:
    """Tell whether all that a check goes by is more than two and a half years old, or undated."""
    if not check.newest:
        return False
    return check.newest == UNDATED or (today - last_day(check.newest)).days > FACTS_OLD_AFTER_DAYS
