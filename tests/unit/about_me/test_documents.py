"""A letter as text, as a page and as a document: all that was typed is there, and none of it is taken for a command."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from privacyaudit.about_me import documents, docx
from privacyaudit.about_me.letters import Written
from privacyaudit.errors import UsageError
from privacyaudit.report.formats.letter import format_of, page
from tests.support.drawn import Reader
from tests.support.letters import NAMES, PAGES, SCRIPTS, ids, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AWKWARD = {"my_name": NAMES[:1], "recipient": NAMES[6:7], "pages": [*PAGES, *SCRIPTS], "friend_wish": NAMES[7:8]}


def parts(raw: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def paragraphs(raw: bytes) -> list[str]:
    body = parts(raw)["word/document.xml"]
    return ["".join(text.text or "" for text in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]


def blocks(one: Written) -> list[str]:
    return [block.text for block in (*([one.subject] if one.subject else []), *one.blocks)]


@pytest.mark.parametrize("name", ids())
def test_every_form_of_a_letter_holds_the_same_words(name: str) -> None:
    for one in (written(name), written(name, {})):
        said = blocks(one)
        assert paragraphs(docx.document(one)) == said
        lines = [line.removeprefix("- ").removeprefix("Subject: ") for line in documents.text(one).splitlines() if line]
        assert lines == said
        shown = "".join(Reader(page(one)).texts)
        assert [text for text in said if text not in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_kind_is_in_every_form(name: str) -> None:
    one = written("friend", {"my_name": [name]})
    assert paragraphs(docx.document(one))[-1] == name
    assert documents.text(one).endswith(f"\n\n{name}\n")
    assert name in "".join(Reader(page(one)).texts)


def test_only_addresses_of_web_pages_are_links() -> None:
    one = written("friend", AWKWARD)
    ties = parts(docx.document(one))["word/_rels/document.xml.rels"]
    assert [tie.get("Target") for tie in ties if tie.get("TargetMode") == "External"] == list(PAGES)
    shown = Reader(page(one))
    assert [attrs["href"] for tag, attrs in shown.tags if tag == "a"] == list(PAGES)


def test_a_page_runs_and_loads_nothing_whatever_was_typed() -> None:
    shown = Reader(page(written("friend", AWKWARD)))
    assert {tag for tag, _attrs in shown.tags} & {"script", "img", "iframe", "link", "form", "object", "b"} == set()
    assert not [name for _tag, attrs in shown.tags for name in attrs if name.startswith("on")]
    [policy] = [attrs["content"] for tag, attrs in shown.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


def test_a_blank_that_is_left_can_be_seen_in_every_form() -> None:
    one = written("website", {})
    assert "[your name]" in documents.text(one)
    assert [tag for tag, _attrs in Reader(page(one)).tags].count("mark") >= len(one.left)
    body = parts(docx.document(one))["word/document.xml"]
    assert len(list(body.iter(f"{W}highlight"))) >= len(one.left)
    assert list(parts(docx.document(written("website")))["word/document.xml"].iter(f"{W}highlight")) == []


def test_a_document_says_nothing_of_its_writer_or_its_hour() -> None:
    raw = docx.document(written("website"))
    assert raw == docx.document(written("website"))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if name.startswith("docProps")]


def test_what_is_said_to_the_sender_is_in_no_form_that_is_sent() -> None:
    one = written("school-site")
    assert "legal advice" not in documents.text(one)
    assert "legal advice" not in " ".join(paragraphs(docx.document(one)))
    assert "legal advice" in page(one)


@pytest.mark.parametrize("name", ["letter", "letter.pdf", "letter.doc", "letter.docx.exe"])
def test_an_ending_that_we_do_not_write_is_refused_with_those_that_we_do(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        format_of(Path(name))
    assert name in caught.value.what
    assert ".txt, .html, .docx" in caught.value.advice
    assert format_of(Path("L.DOCX")) is docx.document
