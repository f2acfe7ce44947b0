"""The whole catalogue, answered for each role: one finding per check, and roles differ only where the data says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.catalogue import loading
from privacyaudit.clock import now
from privacyaudit.model import Area, AuditRecord, Check, Group, Verdict
from privacyaudit.plan import QUICK_MOST, plan
from privacyaudit.readers.answers import AnswersReader

CATALOGUE = loading.catalogue()
REAL = [one for one in CATALOGUE.loaded.values() if one.checklist.platform.group is not Group.DEMO]
CHECKS = [check for one in REAL for check in one.checklist.checks]
MAINLINE = ("facebook", "instagram", "whatsapp", "x")


def audited(role: str, answer: Callable[[Check], str]) -> AuditRecord:
    what = plan(REAL, role, {})
    header = journal.Header(started=now(), role=role, platforms=tuple(one.checklist.platform.id for one in REAL))
    given = {check.id: answer(check) for check in CHECKS}
    record, stopped = run(what, [AnswersReader(given)], journal.Journal(None, header))
    assert stopped is None
    return record


@pytest.mark.parametrize("role", [role.id for role in CATALOGUE.roles])
@pytest.mark.parametrize("which", [0, -1], ids=["first answers", "last answers"])
def test_a_full_audit_gives_one_finding_per_check_for_each_role(role: str, which: int) -> None:
    record = audited(role, lambda check: check.options[which].id)
    assert [finding.check for finding in record.findings] == [check.id for check in CHECKS]
    for finding, check in zip(record.findings, CHECKS, strict=True):
        assert finding.option == check.options[which].id
        assert finding.verdict is check.options[which].verdict_for(role)
        assert finding.verdict is not Verdict.UNKNOWN


def test_a_councillor_and_a_teacher_differ_where_the_data_says_so_and_only_there() -> None:
    by_data = {
        (check.id, option.id)
        for check in CHECKS
        for option in check.options
        if isinstance(option.verdict, dict) and option.verdict_for("councillor") != option.verdict_for("teacher")
    }
    assert by_data
    most = max(len(check.options) for check in CHECKS)
    differ = set()
    for which in range(most):
        both = [
            audited(role, lambda check, n=which: check.options[min(n, len(check.options) - 1)].id)  # type: ignore[misc]
            for role in ("councillor", "teacher")
        ]
        differ |= {
            (one.check, one.option)
            for one, other in zip(both[0].findings, both[1].findings, strict=True)
            if one.verdict is not other.verdict
        }
    assert differ == by_data


def test_a_quick_audit_of_four_large_platforms_asks_ten_to_fourteen_questions() -> None:
    chosen = [CATALOGUE.checklist(name) for name in MAINLINE]
    quick = plan(chosen, "teacher", {}, quick=True)
    assert 10 <= len(quick.items) <= QUICK_MOST
    assert {item.checklist.platform.id for item in quick.items} == set(MAINLINE)
    assert sum(item.check.minutes for item in quick.items) <= 13


def test_a_quick_audit_of_everything_keeps_to_its_limit_and_leaves_no_essential_platform_out_unfairly() -> None:
    quick = plan(REAL, "teacher", {}, quick=True)
    assert len(quick.items) == QUICK_MOST
    assert len({item.checklist.platform.id for item in quick.items}) == QUICK_MOST


def test_each_platform_marks_some_checks_as_essential_and_not_most() -> None:
    for one in REAL:
        essential = [check for check in one.checklist.checks if check.essential]
        assert 1 <= len(essential) <= 6, one.checklist.platform.id
        assert len(essential) <= len(one.checklist.checks) / 2, one.checklist.platform.id


ELSEWHERE = {
    "messenger": {"tagging", "passwords", "apps"},  # Meta Accounts Centre has its passwords, Facebook its tags
    "meta-accounts-centre": {"tagging", "contact", "apps"},  # Facebook and Instagram have those
    "whatsapp": {"tagging"},
    "youtube": {"passwords", "apps"},  # they belong to the Google Account
    "blogger": {"tagging", "logout", "passwords", "apps"},  # they belong to the Google Account
    "reddit": set(),
    "spotify": {"tagging"},
    "nextdoor": {"tagging", "apps"},
}
"""Areas that a platform does not offer, or that stand in the checklist of another one."""


@pytest.mark.parametrize(
    "name", [one.checklist.platform.id for one in REAL if one.checklist.platform.group in (Group.SOCIAL, Group.VIDEO)]
)
def test_every_network_has_a_check_in_each_main_area_that_it_offers(name: str) -> None:
    main = {Area.TAGGING, Area.VISIBILITY, Area.CONTACT, Area.LOGOUT, Area.PASSWORDS, Area.APPS}
    found = {check.area for check in CATALOGUE.checklist(name).checklist.checks}
    assert {area.value for area in main - found} <= ELSEWHERE.get(name, set())
