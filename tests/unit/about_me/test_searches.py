"""Words about oneself become searches: each spelt and encoded right, in order, once, and shown in no error or log."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.about_me import searches
from privacyaudit.about_me.searches import Planned, Words, plan, short, spellings, typed
from privacyaudit.about_me.searches_lint import searches_lint
from privacyaudit.catalogue import loading
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.model import Search, Severity, Word

EVERY = searches.every()


def words(**lines: str) -> Words:
    return Words({Word(kind): typed(Word(kind), line) for kind, line in lines.items()})


def a_search(**changes: object) -> Search:
    made = {
        "id": "pond",
        "title": "Pond",
        "finds": "Frogs.",
        "look": "Below the leaves.",
        "query": '"{called}"',
        "address": "https://pond.example/search?q={query}&lang=en",
        "harm": "low",
        "change": "everyday.removal",
        "confidence": "low",
    }
    return Search.model_validate(made | changes)


def one(query: str = '"{called}"', **lines: str) -> Planned:
    [planned] = plan(words(**lines), [a_search(query=query)])
    return planned


# -- quotes and encoding ---------------------------------------------------------------------------

NAMES = (
    ("Siân O'Brien", "Siân O'Brien"),
    ("Siân O’Brien", "Siân O'Brien"),
    ("Anne-Marie Lloyd\u2011Jones", "Anne-Marie Lloyd-Jones"),
    ("Llŷr ap Gwŷnedd", "Llŷr ap Gwŷnedd"),
    ("ليلى حسن", "ليلى حسن"),
    ("J. R. R. Jones", "J. R. R. Jones"),
    ("Björk", "Björk"),
    ('Robin "Bob" Hill', "Robin Bob Hill"),
    ("-site:example.org Hill", "-site:example.org Hill"),
    ("Hill & Dale? #1 + 50% / x", "Hill & Dale? #1 + 50% / x"),
    ("  Robin \t  Hill ", "Robin Hill"),
    ("Sia\u0302n", "Siân"),
    ("x" * 200, "x" * 200),
)


@pytest.mark.parametrize(("line", "known"), NAMES)
def test_a_name_arrives_at_the_site_as_it_is_written_and_in_quotes(line: str, known: str) -> None:
    planned = one(name=line)
    assert planned.query == f'"{known}"'
    assert planned.address is not None
    assert planned.address.isascii()
    parts = urlsplit(planned.address)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "pond.example", "/search", "")
    assert parse_qs(parts.query, strict_parsing=True) == {"q": [f'"{known}"'], "lang": ["en"]}


@given(st.text(min_size=1, max_size=60))
def test_whatever_is_typed_stays_inside_its_own_part_of_the_address(line: str) -> None:
    try:
        found = typed(Word.NAME, line)
    except UsageError:
        return
    for planned in plan(Words({Word.NAME: found}), [a_search()]):
        assert planned.address is not None
        parts = urlsplit(planned.address)
        assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "pond.example", "/search", "")
        assert list(parse_qs(parts.query)) == ["q", "lang"]
        assert planned.query.count('"') == 2


def test_an_e_mail_address_keeps_its_plus() -> None:
    planned = one('"{email}"', email="robin+school@example.org")
    assert planned.address is not None
    assert "%22robin%2Bschool%40example.org%22" in planned.address


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("07700 900123", ("07700 900123", "07700900123", "+44 7700 900123", "+447700900123")),
        ("+44 (0)7700 900123", ("07700 900123", "07700900123", "+44 7700 900123", "+447700900123")),
        ("0044 7700 900123", ("07700 900123", "07700900123", "+44 7700 900123", "+447700900123")),
        ("(029) 2018-0000", ("029 2018 0000", "02920180000", "+44 29 2018 0000", "+442920180000")),
        ("07700900123", ("07700900123", "+44 7700900123", "+447700900123")),
        ("+353 20 912 1234", ("+353 20 912 1234", "+353209121234")),
    ],
)
def test_a_phone_number_is_searched_for_in_each_way_people_write_it(number: str, known: tuple[str, ...]) -> None:
    assert spellings(number) == known
    assert one("{phone}", phone=number).query == " OR ".join(f'"{each}"' for each in known)


def test_a_user_name_in_a_path_never_leads_to_another_page() -> None:
    search = a_search(query="{user}", address="https://pond.example/web/*/frogs.example/{query}")
    [planned] = plan(words(user="@robin"), [search])
    assert planned.address == "https://pond.example/web/*/frogs.example/robin"
    for wrong in ("..", ".", "a/b", "https://frogs.example/robin", "two words"):
        with pytest.raises(UsageError):
            typed(Word.USER, wrong)


# -- what cannot be searched for -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Word.EMAIL, "canary at example.org"),
        (Word.EMAIL, "canary@nowhere"),
        (Word.PHONE, "canary"),
        (Word.PHONE, "12345"),
        (Word.PHONE, "1" * 16),
        (Word.NAME, "canary" * 34),
        (Word.NAME, "canary\u202e"),
        (Word.NAME, "canary\x1b[2J"),
        (Word.NAME, "javascript://canary"),
        (Word.NAME, "…"),
        (Word.NAME, "canary,b,c,d"),
    ],
)
def test_what_cannot_be_searched_for_is_told_without_repeating_it(kind: Word, line: str) -> None:
    with pytest.raises(UsageError) as told:
        typed(kind, line)
    assert "canary" not in told.value.what + told.value.advice
    assert told.value.__cause__ is None


def test_values_are_told_apart_by_commas_and_each_counts_once() -> None:
    assert typed(Word.NAME, "Siân Hill, siân hill ; Robin Hill,, ") == ("Siân Hill", "Robin Hill")
    assert typed(Word.NAME, "ليلى حسن، Robin") == ("ليلى حسن", "Robin")
    assert typed(Word.NAME, "") == ()


def test_a_town_or_a_workplace_alone_is_nothing_to_search_for() -> None:
    assert not words(town="Cardiff", work="Ysgol y Bryn")
    for kind in ("name", "former", "nickname", "phone", "email", "user"):
        assert words(**{kind: {"phone": "07700 900123", "email": "a@example.org"}.get(kind, "robin")})


def test_no_word_is_in_what_a_log_or_a_traceback_would_show() -> None:
    about = words(name="Canary Hill", town="Canarytown")
    planned = plan(about, EVERY)
    assert planned
    assert "anary" not in repr((about, planned))


# -- order -----------------------------------------------------------------------------------------


def test_searches_come_in_the_order_of_the_file_and_only_with_all_their_words() -> None:
    planned = plan(words(name="Robin Hill", town="Cardiff"), EVERY)
    places = [[search.id for search in EVERY].index(one.search.id) for one in planned]
    assert places == sorted(places)
    assert not {"google-work", "google-user", "google-phone"} & {one.search.id for one in planned}
    assert {"google-name", "google-town"} <= {one.search.id for one in planned}


def test_former_names_are_searched_for_after_names_and_each_with_the_other() -> None:
    asked = [a_search(), a_search(id="both", query='"{name}" "{former}"')]
    queries = [one.query for one in plan(words(name="Robin Hill", former="Robin Dale, robin hill"), asked)]
    assert queries == ['"Robin Hill"', '"Robin Dale"', '"Robin Hill" "Robin Dale"']


def test_the_same_words_at_the_same_place_are_searched_for_once() -> None:
    twice = [
        a_search(),
        a_search(id="again", query='"{nickname}"'),
        a_search(id="other", address="https://mill.example/{query}"),
    ]
    found = plan(words(name="Robin", nickname="ROBIN, Bob"), twice)
    assert [(one.search.id, one.query) for one in found] == [
        ("pond", '"Robin"'),
        ("again", '"Bob"'),
        ("other", '"Robin"'),
    ]


def test_the_short_way_is_ten_searches_with_every_name_in_the_first() -> None:
    planned = plan(words(name="A B, C D", former="E F, G H", town="Cardiff", user="robin", phone="07700 900123"), EVERY)
    ten = short(planned)
    assert len(ten) == 10
    assert [one.search.id for one in ten][:3] == ["google-name"] * 3
    assert len({one.search.id for one in ten}) == 8
    assert [one for one in planned if one in ten] == ten


# -- the file --------------------------------------------------------------------------------------


def names() -> set[str]:
    every = loading.catalogue().loaded.values()
    return {name for loaded in every for check in loaded.checklist.checks for name in check.names}


def test_the_file_that_comes_with_the_program_has_nothing_to_better() -> None:
    assert searches_lint(searches.path(), names()) == []


def test_every_search_needs_a_word_and_opens_a_page_of_the_web() -> None:
    lines = {"phone": "07700 900123", "email": "robin@example.org", "former": "Robin Dale"}
    every = words(**{kind: lines.get(kind, f"robin-{kind}") for kind in searches.ASKED})
    planned = plan(every, EVERY)
    assert {one.search.id for one in planned} == {search.id for search in EVERY}
    for one in planned:
        assert one.address is None or urlsplit(one.address).scheme == "https"
        assert one.sends_words == ("robin" in unquote(one.address or "").lower() or "7700" in (one.address or ""))


def test_the_first_ten_are_of_high_or_medium_harm() -> None:
    assert Severity.LOW not in {search.harm for search in EVERY[:10]}


FILE = searches.path().read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("change: everyday.removal", "change: everyday.nowhere", "everyday.nowhere"),
        ('query: "\\"{called}\\""', 'query: "{caled}"', "caled"),
        ('query: "\\"{called}\\""', 'query: "\\"{called}"', "other half"),
        ("https://www.google.com/search?q={query}", "http://www.google.com/search?q={query}", "https://"),
        ("https://www.google.com/search?q={query}", "javascript:alert({query})", "https://"),
        ("https://www.google.com/search?q={query}", "https://{query}.example/", "not in the host"),
        ("- id: google-work", "- id: google-name", "used twice"),
        (
            "everyday.fake-account-watch\n    confidence: low",
            "everyday.fake-account-watch\n    confidence: high",
            "from memory",
        ),
        ("    finds:", "    find:", "'finds'"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(old: str, new: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "searches.yaml"
    assert old in FILE
    file.write_text(FILE.replace(old, new, 1), "utf-8")
    with pytest.raises(ChecklistError) as error:
        searches_lint(file, names())
    assert told in error.value.what
    assert "searches.yaml, line" in error.value.what


def test_what_could_be_better_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "searches.yaml"
    changed = FILE.replace(
        "Look at the first two pages, and",
        "Simply look at the first two pages prior to this, and ever so " + "on " * 30,
    )
    file.write_text(changed.replace('query: "{called} {work}"', 'query: "\\"{called}\\" {work}"'), "utf-8")
    said = "\n".join(searches_lint(file, names()))
    for words_of_it in ("“Simply”", "more than 120 characters", "leave out the quotes"):
        assert words_of_it in said
