"""Platforms that cannot be run here: pages written from the facts are read truly, or not at all."""

from __future__ import annotations

import pytest

from privacyaudit.catalogue import loading
from tests.browser.replicas import (
    Variant,
)
from tests.support.every_replica import VARIANTS


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.platform}, {variant.name}")
def test_each_variant_has_two_users_and_says_what_is_true_for_each_probed_check(variant: Variant) -> None:
    shipped = loading.catalogue().checklist(variant.platform).checklist
    probed = {check.id for check in shipped.checks if check.probes}
    assert len(variant.truths) == 2
    assert all(set(truth) == probed for truth in variant.truths.values())


@pytest.mark.parametrize("name", sorted({variant.platform for variant in VARIANTS}))
def test_each_probed_check_has_a_different_answer_for_each_of_two_users(name: str) -> None:
    mine = [variant for variant in VARIANTS if variant.platform == name]
    assert len(mine) >= 2
    shipped = loading.catalogue().checklist(name).checklist
    for check in shipped.checks:
        if check.probes:
            pairs = [[truth[check.id] for truth in variant.truths.values()] for variant in mine]
            assert any(one != other for one, other in pairs), check.id
            assert any(option for pair in pairs for option in pair), check.id
