"""Every sentence can be said in another language, and one without words is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privacyaudit import i18n, labels, shipped
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, day, ngettext
from privacyaudit.model import Reason, Verdict

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
WELSH = HEAD.format("cy") + (
    'msgid "Could not tell"\nmsgstr "⟦Could not tell⟧"\n\n'
    'msgid "There is no platform “{name}”."\nmsgstr "⟦{name}⟧"\n\n'
    '#, fuzzy\nmsgid "Fine"\nmsgstr "⟦perhaps fine⟧"\n\n'
    'msgid "To change"\nmsgstr ""\n\n'
    'msgid "{number} check"\nmsgid_plural "{number} checks"\nmsgstr[0] "⟦{number} one⟧"\nmsgstr[1] "⟦{number} many⟧"\n'
)


@pytest.fixture
def _welsh(tmp_path: Path) -> Iterator[None]:
    for language, text in (("cy", WELSH), ("pt_BR", HEAD.format("pt_BR"))):
        folder = tmp_path / "data" / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "privacyaudit.po").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "folder", lambda kind: tmp_path / "data" / kind)
        _forget()
        yield
    _forget()


def _forget() -> None:
    i18n.languages.cache_clear()
    i18n._catalogue.cache_clear()


@pytest.mark.usefixtures("_welsh")
def test_a_catalogue_speaks_and_english_comes_back() -> None:
    assert i18n.languages() == ("en", "cy", "pt_BR")
    i18n.use("cy")
    assert i18n.language() == "cy"
    assert labels.verdict(Verdict.UNKNOWN) == "⟦Could not tell⟧"
    assert _("There is no platform “{name}”.").format(name="x") == "⟦x⟧"
    assert ngettext("{number} check", "{number} checks", 1) == "⟦{number} one⟧"
    assert ngettext("{number} check", "{number} checks", 3) == "⟦{number} many⟧"
    i18n.use("en")
    assert labels.verdict(Verdict.UNKNOWN) == "Could not tell"


@pytest.mark.usefixtures("_welsh")
def test_what_is_not_translated_is_said_in_english() -> None:
    i18n.use("cy")
    assert labels.verdict(Verdict.FAIL) == "To change"
    assert labels.verdict(Verdict.PASS) == "Fine"
    assert labels.reason(Reason.SKIPPED) == "This question was not answered."
    assert ngettext("one", "many", 2) == "many"


@pytest.mark.usefixtures("_welsh")
def test_nothing_stays_nothing_in_every_language() -> None:
    for language in i18n.languages():
        i18n.use(language)
        assert _("") == ""


@pytest.mark.parametrize("language", ["", "EN", "../../etc", "en\x00", "klingon"])
def test_a_language_without_words_is_refused_and_the_old_one_goes_on(language: str) -> None:
    with pytest.raises(UsageError) as caught:
        i18n.use(language)
    assert "en" in caught.value.advice
    assert i18n.language() == "en"


def test_a_marked_sentence_is_itself() -> None:
    assert N_("Fine") == "Fine"


@pytest.mark.usefixtures("_welsh")
@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "2 November 2026"), ("cy", "2 Tachwedd 2026"), ("pt_BR", "2 de novembro de 2026")],
)
def test_a_day_is_written_out_as_the_language_writes_it(language: str, written: str) -> None:
    i18n.use(language)
    assert day(date(2026, 11, 2)) == written


@pytest.mark.usefixtures("_welsh")
@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "cy_GB.UTF-8"}, "cy"),
        ({"LANG": "pt_BR.UTF-8@euro"}, "pt_BR"),
        ({"LANG": "pt_PT.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "cy_GB", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB", "PRIVACYAUDIT_LANG": "cy"}, "cy"),
        ({"LANG": "cy_GB", "PRIVACYAUDIT_LANG": "klingon"}, "en"),
        ({"LANG": "\x1b../..", "LC_MESSAGES": ""}, "en"),
    ],
)
def test_the_language_of_the_system_is_spoken_where_there_are_words(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PRIVACYAUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.wanted_language() == language
