"""docs/how-it-stays-read-only.md says every rule of the gate in the words of its log, and all that it takes out."""

from __future__ import annotations

import pytest

from privacyaudit.browser.gate.replies import ASKS_BY_ITSELF
from privacyaudit.browser.gate.rules import Refusal
from tests.support.pages import ROOT

PAGE = " ".join((ROOT / "docs/how-it-stays-read-only.md").read_text("utf-8").split())
GATE = "".join(path.read_text("utf-8") for path in (ROOT / "privacyaudit/browser/gate").glob("*.py"))


@pytest.mark.parametrize("refusal", [one for one in Refusal if f"Refusal.{one.name}" in GATE])
def test_each_reason_that_the_gate_gives_is_on_its_page(refusal: Refusal) -> None:
    assert f"“{refusal}”" in PAGE


@pytest.mark.parametrize("header", sorted(ASKS_BY_ITSELF))
def test_each_header_that_the_gate_takes_out_is_on_its_page(header: bytes) -> None:
    assert f"`{header.decode('ascii')}`" in PAGE.lower()
