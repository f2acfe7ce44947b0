"""Places, routes and helpers: what came with the program is whole, and a wrong file says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.about_me import places
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.model import Confidence, Harm, Shelf, Way
from tests.support.routes import GOOD

WRONG = {
    "unknown key": (
        "    way: form\n",
        "    way: form\n    tik: [Me]\n",
        "tik",
        "unknown key 'tik'. Did you mean 'tick'?",
    ),
    "no source": (
        '    sources: [{ url: "https://pond.example/help", page: 2026-08, read: 2026-11 }]\n',
        "    sources: []\n",
        "sources: []",
        "too few entries",
    ),
    "no date of the page": ("page: 2026-08, ", "", "sources: [{ url", "the key 'page' is missing"),
    "too sure": ("page: 2026-08", "page: undated", "confidence: high", "confidence cannot be high"),
    "a form without an address": (
        "    open: https://pond.example/report\n",
        "",
        "way: form",
        "way is form, so the key 'open' is missing",
    ),
    "a harm that is none": ("harms: [post]", "harms: [posts]", "harms: [posts]", "choose from: intimate"),
    "an address that is a script": (
        "open: https://pond.example/report",
        'open: "javascript:alert(1)"',
        "open:",
        "must begin with https://",
    ),
    "an e-mail address without a host": ("help@pond.example", "help@", "write: help@", "write an e-mail address"),
    "a number with letters": ('"01 23 45"', "ring me", "call: ring me", "write a telephone number"),
    "a route that is listed twice": ("id: pond.letter", "id: pond.post", "id: pond.post\n    title: W", "listed twice"),
    "places without harms": ("    harms: [post]\n", "", "id: pond.post", "write both or neither"),
    "no limits": ("    limits: [It does not stop copies.]\n", "", "id: pond.post", "the key 'limits' is missing"),
    "a newer schema": ('schema: "1"', 'schema: "9"', "schema", "this program reads schema 1, and this file has '9'"),
}


def written(folder: Path, text: str = GOOD, name: str = "pond.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_becomes_places_routes_and_helpers(tmp_path: Path) -> None:
    atlas = places.joined([places.load(written(tmp_path))])
    assert [route.id for route in atlas.at("pond", Harm.POST)] == ["pond.post"]
    assert atlas.routes["pond.letter"].way is Way.EMAIL
    assert atlas.helpers["warden"].call == "01 23 45"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_its_line_and_what_to_do(tmp_path: Path, name: str) -> None:
    before, after, where, said = WRONG[name]
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    path = written(tmp_path, text)
    with pytest.raises(ChecklistError) as refused:
        places.load(path)
    line = text[: text.index(where)].count("\n") + 1
    assert f"{path}, line {line}: " in refused.value.what
    assert said in refused.value.what
    assert refused.value.advice


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        ("places: [pond]", "places: [pand]", "Did you mean pond?"),
        ("refused: [pond.letter]", "refused: [z.q]", "beside"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(tmp_path: Path, before: str, after: str, advice: str) -> None:
    text = GOOD.replace(before, after)
    loaded = places.load(written(tmp_path, text))
    with pytest.raises(ChecklistError) as refused:
        places.check_references(loaded, places.joined([loaded]))
    line = text[: text.index(after)].count("\n") + 1
    assert f"line {line}: pond.post names " in refused.value.what
    assert advice in refused.value.advice


def test_an_id_in_two_files_is_refused_where_it_comes_second(tmp_path: Path) -> None:
    first, second = written(tmp_path), written(tmp_path, name="second.yaml")
    with pytest.raises(ChecklistError) as refused:
        places.joined([places.load(first), places.load(second)])
    assert f"{second}, line 3: {first} already has 'pond'." in refused.value.what


def test_everything_that_came_along_can_be_read_and_is_complete() -> None:
    atlas = places.atlas()
    shelf = {place.group for place in atlas.places.values()}
    assert shelf == set(Shelf)
    networks = (
        "facebook messenger instagram threads whatsapp x tiktok snapchat youtube linkedin reddit discord pinterest"
    )
    for name in (*networks.split(), "telegram", "wikipedia", "mastodon", "bluesky"):
        assert atlas.at(name, Harm.POST), name
        assert atlas.at(name, Harm.FAKE_ACCOUNT), name
    for helper in ("posh", "rhc", "intimate-images", "stopncii", "report-remove", "iwf", "police", "union", "employer"):
        assert helper in atlas.helpers


def test_every_harm_can_be_taken_somewhere_and_every_route_says_where_it_comes_from() -> None:
    atlas = places.atlas()
    for harm in Harm:
        found = atlas.places_for(harm)
        assert found[-1].id == places.ANYWHERE
        for place in found:
            assert atlas.at(place.id, harm), (place.id, harm)
    for route in atlas.routes.values():
        assert all(source.url and source.page for source in route.sources), route.id
        assert route.confidence is not Confidence.HIGH or any(source.dated for source in route.sources)


def test_every_route_is_reached_from_a_place_or_from_one_that_was_refused() -> None:
    atlas = places.atlas()
    named = {name for route in atlas.routes.values() for name in route.refused}
    apart = {route.id for route in atlas.routes.values() if not route.places} - named
    assert not apart


def test_no_ladder_goes_round_in_a_circle() -> None:
    atlas = places.atlas()

    def climb(name: str, above: tuple[str, ...] = ()) -> None:
        assert name not in above, (*above, name)
        for rung in atlas.routes[name].refused:
            climb(rung, (*above, name))

    for name in atlas.routes:
        climb(name)


def test_an_unknown_place_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UsageError) as refused:
        places.atlas().place("tiktak")
    assert refused.value.what == "There is no place “tiktak”."
    assert "tiktok" in refused.value.advice


def test_a_file_of_routes_is_not_taken_for_a_checklist(tmp_path: Path) -> None:
    assert places.holds_routes(written(tmp_path))
    assert not places.holds_routes(Path("checklists/steam.yaml"))
