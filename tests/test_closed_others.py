"""X, LinkedIn, Reddit, Pinterest and a Vanilla forum: pages written from the facts are read truly, or not at all."""

from __future__ import annotations

import pytest

from privacyaudit import checklist
from privacyaudit.model import Verdict
from tests.closed import Variant, linkedin, moneysavingexpert_forum, pinterest, read, reddit, x

PLATFORMS = (x, linkedin, reddit, pinterest, moneysavingexpert_forum)
VARIANTS = [variant for platform in PLATFORMS for variant in platform.VARIANTS]
USERS = [(variant, user) for variant in VARIANTS for user in variant.truths]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("variant", "user"), USERS, ids=[f"{variant.platform}, {variant.name}, {user}" for variant, user in USERS]
)
def test_every_probed_check_is_read_truly_or_not_at_all(variant: Variant, user: str) -> None:
    found = read(variant, user)
    assert {check: finding.option for check, finding in found.items()} == dict(variant.truths[user])
    untold = [finding for finding in found.values() if finding.option is None]
    assert all(finding.verdict is Verdict.UNKNOWN for finding in untold)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.platform}, {variant.name}")
def test_each_variant_has_two_users_and_says_what_is_true_for_each_probed_check(variant: Variant) -> None:
    shipped = checklist.catalogue().checklist(variant.platform).checklist
    probed = {check.id for check in shipped.checks if check.probes}
    assert len(variant.truths) == 2
    assert all(set(truth) == probed for truth in variant.truths.values())


@pytest.mark.parametrize("name", sorted({variant.platform for variant in VARIANTS}))
def test_each_probed_check_has_a_different_answer_for_each_of_two_users(name: str) -> None:
    mine = [variant for variant in VARIANTS if variant.platform == name]
    assert len(mine) >= 2
    shipped = checklist.catalogue().checklist(name).checklist
    for check in shipped.checks:
        if check.probes:
            pairs = [[truth[check.id] for truth in variant.truths.values()] for variant in mine]
            assert any(one != other for one, other in pairs), check.id
            assert any(option for pair in pairs for option in pair), check.id
