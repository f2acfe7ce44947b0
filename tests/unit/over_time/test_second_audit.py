"""What a further audit asks, a quarter and more after the one before."""

from __future__ import annotations

from privacyaudit.catalogue import loading
from privacyaudit.model import Verdict
from privacyaudit.over_time import due
from tests.support.re_evaluating import rounds


def test_a_third_audit_after_two_quarters_asks_what_has_a_shelf_life_of_six_months_or_less() -> None:
    first, second, third, _fourth, fifth = rounds()
    total = sum(first.months.values())
    catalogue = loading.catalogue()
    open_ones = [row.check for row in first.record.findings if row.verdict in (Verdict.FAIL, Verdict.UNKNOWN)]
    lasting = [name for name in open_ones if due.shelf_life(catalogue.check(name)[1]) > 3]
    assert len(open_ones) == 5
    assert sum(second.asked.values()) == first.months[3] + len(lasting)
    assert set(third.months) == {months for months in first.months if months <= 6}
    assert all(third.months[months] <= first.months[months] for months in third.months)
    assert third.still == total - sum(third.months.values())
    assert fifth.months[12] == first.months[12]
    for one in (second, third, fifth):
        assert one.still + sum(one.asked.values()) == total
