"""Letters: which there are, what each must say, and what becomes of a blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit import shipped
from privacyaudit.about_me import letters, typed
from privacyaudit.about_me.letters import Part
from privacyaudit.catalogue import strictyaml, translators
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.model.letter import Group, Kind, paragraphs
from tests.support.letters import NAMES, PAGES, SCRIPTS, ids, written

FOLDER = shipped.folder("reports") / "letters"
ONLY_FOR_ONE = (Group.PEOPLE, Group.CONTACT)


def test_there_is_a_letter_for_each_who_may_have_put_it_up_and_each_next_step() -> None:
    assert set(ids()) >= {
        *(
            "friend",
            "colleague",
            "head-note",
            "school-site",
            "newspaper",
            "website",
            "platform",
            "fake-account",
            "erasure",
        ),
        *("marketing", "complaint", "ico", "google", "bing", "copyright", "open-register", "open-register-buyers"),
        *("wayback", "councillor", "companies-house", "reminder", "no-pupil", "no-former-pupil", "no-parent"),
    }


@pytest.mark.parametrize("name", ids())
def test_a_letter_has_the_name_of_its_file_and_says_what_it_can_do_and_what_not(name: str) -> None:
    one = letters.load(FOLDER / f"{name}.yaml").letter
    assert one.id == name
    said = {advice.heading: advice.sentences for advice in letters.told(one)}
    assert said["What it can do"]
    assert said["If they say no"]
    assert any("not legal advice" in sentence for sentence in said["What it cannot do"])
    assert all("https://" in sentence and "read in 2026-11" in sentence for sentence in said["What it rests on"])


@pytest.mark.parametrize("name", ids())
def test_a_letter_to_an_office_asks_for_a_private_address_and_has_a_day_to_follow_up(name: str) -> None:
    one = letters.letter(name)
    if one.group not in ONLY_FOR_ONE:
        assert "reply" in one.named
        assert one.days
    if one.kind in (Kind.LETTER, Kind.NOTE):
        assert "today" in one.named
        assert one.subject


@pytest.mark.parametrize("name", ids())
def test_a_letter_threatens_nobody_and_admits_nothing(name: str) -> None:
    text = letters.letter(name).letter.lower()
    for word in ("court", "sue", "solicitor", "police", "compensation", "legal action", "sorry", "apolog", "i admit"):
        assert word not in text


def test_only_a_note_to_the_school_is_there_for_a_post_of_a_pupil_and_it_puts_danger_first() -> None:
    one = letters.letter("head-note")
    assert one.kind is Kind.NOTE
    assert "Do not write to a pupil or a parent yourself" in one.before_sending[0]
    assert "999" in one.before_sending[1]
    assert "not even as proof" in one.before_sending[2]


@pytest.mark.parametrize("name", ids())
def test_who_is_told_to_keep_proof_is_told_never_to_save_a_sexual_picture_of_a_child(name: str) -> None:
    one = letters.letter(name)
    said = [sentence for advice in letters.told(one) for sentence in advice.sentences]
    never = any("Never save a sexual picture of somebody under 18" in sentence for sentence in said)
    assert never == (one.kind is not Kind.MESSAGE)


def test_the_complaint_names_the_section_and_its_thirty_days() -> None:
    one = letters.letter("complaint")
    assert "section 164A of the Data Protection Act 2018" in one.letter
    assert one.days == 30


def test_every_blank_is_in_a_letter() -> None:
    named = frozenset[str]().union(*(one.named for one in letters.letters()))
    assert [blank.id for blank in letters.blanks() if blank.id not in named] == []
    assert len({blank.id for blank in letters.blanks()}) == len(letters.blanks())


# -- blanks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ids())
def test_a_blank_that_is_left_is_marked_and_listed_and_one_that_is_filled_is_not(name: str) -> None:
    empty, full = written(name, {}), written(name)
    marks = [f"[{blank.mark}]" for blank in empty.left]
    text = "\n".join(block.text for block in (*empty.blocks, *([empty.subject] if empty.subject else [])))
    assert all(mark in text for mark in marks)
    assert {blank.id for blank in empty.left} == {blank.id for blank in letters.blanks_of(empty.letter)}
    assert full.left == ()
    every = [*full.blocks, *([full.subject] if full.subject else [])]
    assert not any(piece.part is Part.LEFT for block in every for piece in block.pieces)
    assert not any("{" in block.text or "[" in block.text for block in every)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_in_the_letter_as_it_was_typed(name: str) -> None:
    last = written("friend", {"my_name": [name]}).blocks[-1]
    assert [(piece.text, piece.part, piece.link) for piece in last.pieces] == [(name, Part.FILLED, None)]


def test_what_was_typed_makes_no_new_paragraph_and_hides_nothing() -> None:
    said = "- one\n\n- two\u202e\u200e\x1b[2Jx\x00\ud800"
    one = written("friend", {"my_name": [said]})
    assert one.blocks[-1].text == "- one - two[2Jx"
    assert len(one.blocks) == len(written("friend", {}).blocks)
    assert not one.blocks[-1].point


def test_each_address_is_a_point_of_its_own_and_a_link() -> None:
    points = [block for block in written("friend", {"pages": PAGES}).blocks if block.point]
    assert [block.text for block in points] == list(PAGES)
    assert [block.pieces[0].link for block in points] == list(PAGES)


@pytest.mark.parametrize("address", SCRIPTS)
def test_what_is_no_address_of_a_web_page_is_never_a_link_and_that_is_said(address: str) -> None:
    one = written("friend", {"pages": [address]})
    assert not any(piece.link for block in one.blocks for piece in block.pieces)
    assert any(block.text == address for block in one.blocks)
    pages = next(blank for blank in letters.blanks() if blank.id == "pages")
    assert "not a web address" in (typed.remark(pages, address) or "")


def test_nothing_is_said_of_an_address_or_of_a_line() -> None:
    known = {blank.id: blank for blank in letters.blanks()}
    assert [typed.remark(known["pages"], page) for page in (*PAGES, "")] == [None] * 4
    assert typed.remark(known["my_name"], SCRIPTS[0]) is None


def test_a_choice_becomes_its_sentence_and_words_of_ones_own_stay() -> None:
    said = [block.text for block in written("newspaper", {"paper_wish": ["update"], "code": ["my own"]}).blocks]
    assert "Please add a line that says how the matter ended." in said
    assert any("under my own of the" in text for text in said)


def test_a_sentence_ends_with_one_full_stop() -> None:
    said = [block.text for block in written("wayback", {"years": ["2008."], "risk": ["Somebody hates me."]}).blocks]
    assert "The copies are from these years: 2008." in said
    assert any(text.endswith("It is a risk to me: Somebody hates me.") for text in said)


def test_the_day_of_the_letter_is_filled_in() -> None:
    assert "30 November 2026" in [block.text for block in written("erasure", {}).blocks]


def test_a_line_longer_than_anybody_reads_is_refused_with_a_sentence() -> None:
    assert typed.too_long("x" * typed.MOST_SIGNS) is None
    assert "1,000" in (typed.too_long("x" * (typed.MOST_SIGNS + 1)) or "")


# -- what cannot be used ---------------------------------------------------------------------------


def test_an_unknown_letter_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UsageError) as caught:
        letters.letter("newspapers")
    assert "newspaper" in caught.value.advice


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Hello {recipient}", "Hello {recipeint}", "there is no blank {recipeint}"),
        ("achieves:", "wins:", "unknown key 'wins'"),
        ("confidence: high", "confidence: sure", "confidence"),
        ("page: 2016-04-27", "page: undated", "no date"),
        ('    source: { url: "https://www.legislation.gov.uk/eur/2016/679/article/2", ', "    source: { ", "url"),
        ("group: people", "group: persons", "group"),
    ],
)
def test_a_letter_that_cannot_be_used_says_where_and_why(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / "friend.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        letters.load(path)
    assert "line" in caught.value.what
    assert said in caught.value.what


def test_paragraphs_are_parted_by_empty_lines_and_dashes() -> None:
    assert paragraphs("One\ntwo.\n\nThree.\n- Four\n- Five\nsix\n\n\nSeven\n") == [
        "One two.",
        "Three.",
        "- Four",
        "- Five six",
        "Seven",
    ]


def test_translators_are_given_each_paragraph_and_no_blank_alone() -> None:
    path = FOLDER / "friend.yaml"
    said = [words for _line, words in translators.texts(letters.load(path).text)]
    assert "Hello {recipient}," in said
    assert "A friend or relative posted me" in said
    assert "{pages}" not in said
    assert not any(words.startswith("- ") or "\n" in words for words in said)
    paragraphs_of_it = [text for _point, text in letters.letter("friend").blocks]
    assert [text for text in paragraphs_of_it if text not in said] == ["{pages}", "{my_name}"]


def test_the_id_of_a_letter_is_no_text_for_translators() -> None:
    text = strictyaml.parse("title: Ask friends\nletter: friend\n", "a file")
    assert [words for _line, words in translators.texts(text)] == ["Ask friends"]
    for one in letters.letters():
        said = [words for _line, words in translators.texts(letters.load(FOLDER / f"{one.id}.yaml").text)]
        assert any(len(text.split()) > 3 and text in said for _point, text in one.blocks), one.id


def test_a_letter_is_said_in_another_language_with_its_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_", lambda sentence: sentence.replace("Hello", "Helo"))
    assert written("friend", {"recipient": ["Nia"]}).blocks[0].text == "Helo Nia,"


@pytest.mark.parametrize(
    ("address", "at_work"),
    [
        ("head@school.county.sch.uk", True),
        ("cllr@COUNCIL.GOV.UK", True),
        ("n.o'brien+privacy@example.org", False),
        ("", False),
    ],
)
def test_an_address_from_work_is_remarked_on_before_a_letter_has_it(address: str, at_work: bool) -> None:
    reply = next(blank for blank in letters.blanks() if blank.id == "reply")
    assert ("from work" in (typed.remark(reply, address) or "")) == at_work
