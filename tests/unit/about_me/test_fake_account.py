"""The sheet for an account that somebody made in a person's name."""

from __future__ import annotations

import pytest

from privacyaudit.about_me import fake_account, places
from privacyaudit.model import Harm, Shelf

ATLAS = places.atlas()


def sections() -> dict[str, tuple[str, ...]]:
    return dict(fake_account.sheet(ATLAS))


def test_danger_comes_first_and_proof_before_any_report() -> None:
    titles = list(sections())
    assert titles[0] == "Is somebody in danger?"
    assert titles.index("Keep proof") < titles.index("Report it where it is")


@pytest.mark.parametrize("name", ["facebook", "instagram", "tiktok", "snapchat", "x", "youtube"])
def test_each_large_network_is_there_once_with_its_own_way(name: str) -> None:
    place = ATLAS.place(name)
    [line] = [line for line in sections()["Report it where it is"] if line.startswith(f"{place.name}: ")]
    [first, *_others] = [one for one in ATLAS.at(name, Harm.FAKE_ACCOUNT) if one.whose == "others"]
    assert (first.open or first.menu[0]) in line


def test_a_network_without_a_way_of_its_own_is_not_there() -> None:
    there = {line.partition(":")[0] for line in sections()["Report it where it is"]}
    for place in ATLAS.places.values():
        own = any(place.id in route.places for route in ATLAS.at(place.id, Harm.FAKE_ACCOUNT))
        assert (place.name in there) == (own and place.group is Shelf.NETWORK), place.name


def test_what_comes_next_leads_to_somebody_who_can_decide() -> None:
    [refused] = [lines for title, lines in sections().items() if title.startswith("If they say no")]
    assert any("reportharmfulcontent.com" in line for line in refused)
    assert len(refused) == len(set(refused)) <= 6
