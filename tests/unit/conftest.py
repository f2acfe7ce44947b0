"""What only the tests in this process have: passphrases that are stretched a little."""

from __future__ import annotations

import pytest

from privacyaudit.storage import encrypted

TRUE_ROUNDS = encrypted.KDF_ROUNDS
FEW_ROUNDS = 1_000


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch passphrases a little: a fifth of a second each time is meant for thieves, and hundreds of tests pay."""
    monkeypatch.setattr(encrypted, "KDF_ROUNDS", FEW_ROUNDS)


@pytest.fixture
def true_rounds(_few_rounds: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """Stretch passphrases as far as the program does, and return how far that is."""
    monkeypatch.setattr(encrypted, "KDF_ROUNDS", TRUE_ROUNDS)
    return TRUE_ROUNDS
