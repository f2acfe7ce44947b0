"""One finding as it is shown, worked out from the record and from what the checklist says today. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import effort, i18n, labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.catalogue.sites import bind
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.judge import facts_are_old, in_force, means_the_same
from privacyaudit.model import (
    Area,
    AuditRecord,
    Check,
    Checklist,
    Finding,
    Flag,
    PlatformRecord,
    Reason,
    Severity,
    Verdict,
    Where,
    has_address,
    host_of,
    platform_of,
)
from privacyaudit.plan import Item
from privacyaudit.report.different import Different, different

_AGREED = {
    "web": N_("The page showed this."),
    "outside": N_("We saw this from outside, without signing in."),
    "ask": N_("You said this."),
    "answers": N_("Your answers file said this."),
}
_DIFFERED = {
    "web": N_("The page showed: {answer}."),
    "outside": N_("From outside we saw: {answer}."),
    "ask": N_("You said: {answer}."),
    "answers": N_("Your answers file said: {answer}."),
}
_TRIED = {
    "web": N_("We looked at the page."),
    "outside": N_("We looked from outside, without signing in."),
    "ask": N_("We asked you."),
    "answers": N_("We read your answers file."),
}
_CONFIRMED = N_("Read for you, and confirmed by you.")
_GONE = N_("We no longer have the text of this check, so we cannot explain its answer.")
_CHANGED = N_("This check has changed since the audit, so that answer may mean something else now.")
_AGAIN = N_("Run the audit again to get an answer that counts today.")
GLANCE = 16
"""How many words of its steps stand beside a thing to change; the rest of them is in its fold."""
_RANK = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Address:
    """A link that can be opened, and the host that it leads to; `note` says of some where that address is from."""

    url: str
    host: str
    note: str = ""

    @property
    def shown(self) -> str:
        """Return the host and, in words, what to know about it."""
        return f"{self.host} ({self.note})" if self.note else self.host


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as it is shown. What is not known is empty or None.

    `id` is the check's id and the card's anchor. `paths` are (devices, menus to go through); `apart` tells that its
    line has a way of its own. `clauses` are the ids of clauses, whose texts stand once in the report. `planned` is the
    day by which the person wants to change it, and `before` what the answer was before they changed it during the
    audit. `notes` are about the answer, `marks` about the instructions. `rank` orders cards by what matters most:
    severity, then essential, then minutes. `reached` is false where the audit was stopped before the check.
    """

    id: str
    title: str
    platform: str
    area: Area | None
    verdict: Verdict
    rank: tuple[int, bool, float]
    item: Item | None = None
    severity: str = ""
    question: str = ""
    answer: str = ""
    found: tuple[str, ...] = ()
    planned: date | None = None
    before: str = ""
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    different: Different | None = None
    why: str = ""
    caution: str = ""
    steps: tuple[str, ...] = ()
    web: Address | None = None
    paths: tuple[tuple[str, str], ...] = ()
    apart: bool = False
    default: str = ""
    confidence: str = ""
    newest: str = ""
    clauses: tuple[str, ...] = ()
    reached: bool = True

    @property
    def place(self) -> tuple[str, str]:
        """Return the ids of its service and its screen; both are empty where they are not known."""
        return (self.item.checklist.platform.id, self.item.check.screen) if self.item else ("", "")

    @property
    def seconds(self) -> float:
        """Return how long it takes to change it, or to look where it could not be told, once its screen is open."""
        if self.item is None:
            return 0
        return (effort.answering if self.verdict is Verdict.UNKNOWN else effort.changing)(self.item.check)

    @property
    def time(self) -> str:
        """Return how long it takes with the opening of its screen, written out; empty where that is not known."""
        if self.item is None:
            return ""
        opening = effort.opening(self.item.checklist.screen(self.item.check))
        return minutes(effort.minutes(opening + self.seconds))

    @property
    def glance(self) -> str:
        """Return as many of the first steps as are read at a glance: one, where there is any."""
        shown = ""
        for step in self.steps:
            if shown and len(shown.split()) + len(step.split()) > GLANCE:
                break
            shown = f"{shown} {step}".strip()
        return shown

    @property
    def whole(self) -> bool:
        """Tell whether all steps are read at a glance."""
        return self.glance == " ".join(self.steps)


class Cards:
    """Makes cards of findings, from checklists that are bound to the person's own sites.

    `given` are those sites that are known from a record alone: links that lead there say so.
    """

    def __init__(
        self,
        bound: Mapping[str, Checklist],
        clauses: Iterable[str],
        role: str,
        today: date,
        given: Mapping[str, str] | None = None,
    ) -> None:
        self._given = given or {}
        self._names = {platform: _(one.platform.name) for platform, one in bound.items()}
        self._checks = {name: (one, check) for one in bound.values() for check in one.checks for name in check.names}
        self._clauses = frozenset(clauses)
        self._role = role
        self._today = today

    def card(self, finding: Finding) -> Card:
        """Return the card of a finding, as it counts today.

        An accepted risk whose day has passed is to change. A check that is gone, or whose answer means something else
        today, keeps its card but is never shown as fine.
        """
        decided = _decided(finding, self._today)
        finding = in_force(finding, self._today)
        if finding.check not in self._checks:
            return self._gone(finding, decided)
        one, check = self._checks[finding.check]
        platform = one.platform.id
        changed = not means_the_same(check, finding, self._role)
        doubtful = changed and finding.verdict is Verdict.PASS
        where = one.where(check)
        flags = self._flags(finding, check)
        return Card(
            id=finding.check,
            title=_(check.title),
            platform=self._names[platform],
            area=check.area,
            verdict=Verdict.UNKNOWN if doubtful else finding.verdict,
            rank=(_RANK[check.severity], not check.essential, check.minutes),
            item=Item(one, check),
            severity=labels.severity(check.severity),
            question=_(check.question),
            answer=_label(check, finding.option) if finding.option else "",
            found=_found(finding, check),
            planned=finding.planned,
            before=_before(finding, check),
            notes=((_(_CHANGED),) if changed else ()) + _notes(finding, check, doubtful, decided),
            marks=tuple(labels.flag(flag) for flag in flags),
            different=different(one, check, set(flags), finding.reason),
            why=_(check.why),
            caution=_(check.caution) if check.caution else "",
            steps=tuple(_(step) for step in check.fix),
            web=address(where.web, self._given.get(platform)),
            paths=ways(where),
            apart=bool(check.row and (check.row.web or check.row.devices)),
            default=_label(check, check.default) if check.default else "",
            confidence=labels.confidence(check.confidence),
            newest=labels.age(check.newest) if check.dated else "",
            clauses=tuple(clause for clause in check.guidance if clause in self._clauses),
            reached=finding.reason is not Reason.STOPPED,
        )

    def _gone(self, finding: Finding, decided: Sequence[str]) -> Card:
        platform = platform_of(finding.check)
        doubtful = finding.verdict is Verdict.PASS
        return Card(
            id=finding.check,
            title=finding.check,
            platform=self._names.get(platform, platform),
            area=None,
            verdict=Verdict.UNKNOWN if doubtful else finding.verdict,
            rank=(len(_RANK), True, 0),
            answer=finding.option or "",
            found=_found(finding),
            planned=finding.planned,
            before=_before(finding),
            notes=(_(_GONE), *_notes(finding, None, doubtful, decided)),
            marks=tuple(labels.flag(flag) for flag in finding.flags),
            reached=finding.reason is not Reason.STOPPED,
        )

    def _flags(self, finding: Finding, check: Check) -> tuple[Flag, ...]:
        grown_old = Flag.OLD_FACTS not in finding.flags and facts_are_old(check, self._today)
        return (*finding.flags, Flag.OLD_FACTS) if grown_old else finding.flags


def bound_by_record(part: PlatformRecord, known: Catalogue) -> Checklist:
    """Bind a checklist to the site in the record; where that does not fit any more, its links have no address."""
    one = known.loaded[part.platform].checklist
    if one.platform.site is None:
        return one
    try:
        return bind(one, part.site)
    except UsageError:
        return one


def given_sites(record: AuditRecord, known: Catalogue) -> dict[str, str]:
    """Return the sites, by platform, that stand in a record and in no checklist: whoever made the record chose them."""
    usual = {name: loaded.checklist.platform.site for name, loaded in known.loaded.items()}
    return {
        part.platform: part.site
        for part in record.platforms
        if part.site and (site := usual.get(part.platform)) and part.site != site.default
    }


def address(url: str | None, given: str | None = None) -> Address | None:
    """Return a link that can be opened, or None for one that lacks the person's own site.

    One that leads to the site that is `given` in a record says so.
    """
    if url is None or not has_address(url):
        return None
    host = host_of(url)
    return Address(url, host, _("from the record, not the checklist") if given and host == host_of(given) else "")


def minutes(number: int) -> str:
    """Write a number of minutes out."""
    return ngettext("about {number} minute", "about {number} minutes", number).format(number=number)


def ways(where: Where) -> tuple[tuple[str, str], ...]:
    """Return the menus to go through on each device, as (devices, menus); devices that share them are together."""
    devices: dict[str, list[str]] = {}
    for device, names in ((_("Menu"), where.menu), (_("iPhone"), where.ios), (_("Android"), where.android)):
        if names:
            devices.setdefault(" › ".join(_(name) for name in names), []).append(device)
    return tuple((", ".join(same), path) for path, same in devices.items())


def _label(check: Check, option_id: str) -> str:
    option = check.option(option_id)
    return _(option.label) if option else option_id


def _found(finding: Finding, check: Check | None = None) -> tuple[str, ...]:
    found = []
    for one in finding.observations:
        if one.option is None:
            found.append(_(_TRIED[one.reader]))
        elif one.option == finding.option:
            found.append(_(_CONFIRMED if one.confirmed else _AGREED[one.reader]))
        else:
            answer = _label(check, one.option) if check else one.option
            found.append(_(_DIFFERED[one.reader]).format(answer=answer))
    return tuple(dict.fromkeys(found))


def _before(finding: Finding, check: Check | None = None) -> str:
    """Return what the answer was before the person changed it during the audit, where it came to be the answer."""
    for one in finding.observations:
        if one.changed_from and one.option == finding.option != one.changed_from:
            return _label(check, one.changed_from) if check else one.changed_from
    return ""


def _notes(finding: Finding, check: Check | None, doubtful: bool, decided: Sequence[str]) -> tuple[str, ...]:
    return (*_why_unknown(finding, check), *([_(_AGAIN)] if doubtful else []), *decided)


def _why_unknown(finding: Finding, check: Check | None) -> list[str]:
    """Say why an answer could not be told, what to do about it, and what the answer was before."""
    if finding.reason is None:
        return []
    said = [labels.reason(finding.reason), labels.next_step(finding.reason)]
    if finding.earlier is None:
        return said
    day, option = i18n.day(finding.earlier.on), finding.earlier.option
    answer = _label(check, option) if check else option
    if finding.reason is Reason.EXPIRED:
        old = _("On {day} the answer was: {answer}. That is too old to count.")
        return [old.format(day=day, answer=answer), labels.next_step(finding.reason)]
    return [
        *said,
        _("On {day} the answer was: {answer}. This time we could not tell.").format(day=day, answer=answer),
    ]


def _decided(finding: Finding, today: date) -> list[str]:
    """Say until when a risk is accepted, or by when it is to be changed."""
    if finding.planned is not None:
        day = i18n.day(finding.planned)
        if finding.planned <= today:
            return [_("You planned to change this by {day}. It is now due.").format(day=day)]
        return [_("You plan to change this by {day}.").format(day=day)]
    if finding.verdict is not Verdict.ACCEPTED:
        return []
    if finding.until is None:
        return [_("Accepted, with no date to check it again.")]
    day = i18n.day(finding.until)
    if finding.until < today:
        return [_("Accepted until {day}. That day has passed, so decide again.").format(day=day)]
    return [_("Accepted until {day}.").format(day=day)]
