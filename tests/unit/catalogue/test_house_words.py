"""Plain words: what we do not write is found in checklists, in the program's sentences and in the pages for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from privacyaudit.catalogue.house_words import BY_EAR, PAIRS, Pair, slips
from privacyaudit.catalogue.lint import could_be_better
from tests.support import docs_parts, pages
from tests.support.samples import alter, load

_BLOCK = re.compile(r"^( *)```.*?^ *```$", re.MULTILINE | re.DOTALL)
OURS = ("privacyaudit/", "reports/")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.not_this)
def test_a_pair_finds_what_it_names_and_not_what_it_offers(pair: Pair) -> None:
    assert not list(slips(pair.but))
    for words in pair.not_this.split(", "):
        found = [word for word, better in slips(f"There {words}, and more.") if better == pair.but]
        assert found, words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A box stands in the middle.", "stands in"),
        ("The box stood there.", "stood there"),
        ("The one to whom you write.", "whom"),
        ("It can be whoever you like.", "whoever"),
        ("Firefox will do.", "will do"),
        ("It works all the same.", "all the same"),
        ("It is off for good.", "for good"),
        ("Look whose it is.", "Look whose"),
        ("That is no address.", "is no address"),
        ("It cannot be told.", "cannot be told"),
        ("It could not be told.", "could not be told"),
        ("All of these are so.", "are so"),
        ("Is all of this still so?", "still so"),
        ("One is to change.", "is to change"),
        ("Hand it on to a friend.", "Hand it on"),
        ("This setting counts only for new posts.", "setting counts only for"),
        ("It only counts while the other is ticked.", "It only counts while"),
        ("It belongs to a friend of mine.", "of mine"),
    ],
)
def test_a_slip_is_found_in_each_of_its_forms(text: str, word: str) -> None:
    assert [found for found, _better in slips(text)] == [word]


@pytest.mark.parametrize(
    "text",
    [
        "This stands for your name.",
        "Choose “What stands in the way of whom”.",
        "Run `whom` in a terminal.",
        "There is no address here.",
        "The two cannot be told apart.",
        "The answers are so old that they do not count.",
        "Do what your school will do anyway.",
        "They did it for good reason.",
        "Press the Like button.",
        "The counts from before are still there.",
        "Such an answer counts as empty, and counts only if you see it.",
    ],
)
def test_ordinary_words_and_other_peoples_words_are_left_alone(text: str) -> None:
    assert not list(slips(text))


def test_lint_names_the_word_its_line_and_a_better_one() -> None:
    text = alter(("Can strangers write to you?", "By whom can you be written to?"))
    line = text[: text.index("By whom")].count("\n") + 1
    found = [remark for remark in could_be_better(load(text)) if "whom" in remark]
    assert found == [f"pond.yaml, line {line}: We do not write “whom”. Better: who."]


def test_lint_leaves_the_words_of_a_platform_alone() -> None:
    text = alter(("Can strangers write to you?", "Is “From whom” on?"))
    assert not any("whom" in remark for remark in could_be_better(load(text)))


def test_no_sentence_of_the_program_has_a_word_that_we_do_not_write() -> None:
    with docs_parts.TEMPLATE.open("rb") as file:
        every = [one for one in read_po(file) if one.id]
    ours = [one for one in every if any(place.startswith(OURS) for place, _line in one.locations)]
    assert len(ours) > 1000
    said = [words for one in ours for words in ([one.id] if isinstance(one.id, str) else one.id)]
    assert {words: found for words in said if (found := list(slips(words)))} == {}


@pytest.mark.parametrize("page", pages.guides(), ids=lambda page: page.relative_to(pages.ROOT).as_posix())
def test_no_page_has_a_word_that_we_do_not_write(page: Path) -> None:
    assert list(slips(" ".join(_BLOCK.sub("", page.read_text("utf-8")).split()))) == []


def test_the_list_is_two_pages_at_most_and_its_better_sentences_have_no_slip() -> None:
    assert pages.words([docs_parts.WORDS]) < 900
    assert [after for _before, after in BY_EAR if list(slips(after))] == []
