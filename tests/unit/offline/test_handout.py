"""Sheets for a clinic on paper and the card: what is on them, and how they come out of a printer."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

import pytest

from privacyaudit import i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import BrowserError, UsageError
from privacyaudit.model import Area, Check, Group
from privacyaudit.offline import codes, handout
from privacyaudit.plan import Item
from privacyaudit.report.formats.pdf import print_pdf
from privacyaudit.walk import stops
from tests.support import handouts, pseudo
from tests.support.in_process import run
from tests.support.offline_page import hostile
from tests.support.pseudo import english

known = pytest.fixture(scope="module")(handouts.known)


def essential(known: Catalogue, platform: str) -> list[Check]:
    return [check for check in known.checklist(platform).checklist.checks if check.essential]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# -- what is on them -------------------------------------------------------------------------------


def test_each_platform_has_a_sheet_with_its_essential_checks(known: Catalogue) -> None:
    html = handout.sheets(known)
    parts = re.findall(r"<section>.*?</section>", html, re.DOTALL)
    real = [one for one in known.loaded.values() if one.checklist.platform.group is not Group.DEMO]
    assert len(parts) == len(real) > 30
    for name in ("facebook", "everyday", "wikipedia"):
        platform = known.checklist(name).checklist.platform
        [sheet] = [part for part in parts if f"<h2>{platform.name}</h2>" in part]
        items = [Item(known.checklist(name).checklist, check) for check in essential(known, name)]
        way = stops(items, "everyone")
        assert sheet.count("<article>") == len(way)
        titles = [" ".join(item.check.title.split()) for stop in way for item in stop.items]
        assert [plain(title) for title in re.findall("<h4>(.*?) <small>", sheet)] == titles
        for check in essential(known, name):
            for text in (check.title, check.question, *check.fix, *(option.label for option in check.options)):
                assert " ".join(text.split()) in plain(sheet)
            if menu := known.checklist(name).checklist.screen(check).menu:
                assert " › ".join(menu) in plain(sheet)


def test_answers_that_need_a_change_are_marked_for_the_role(known: Catalogue) -> None:
    def marked(role: str) -> int:
        return handout.sheets(known, ["facebook"], role=role).count('<span class="mark">▲</span>')

    failing = [
        option
        for check in essential(known, "facebook")
        for option in check.options
        if option.verdict_for("teacher") == "fail"
    ]
    assert marked("teacher") == len(failing) > marked("councillor")


def test_each_link_stands_beside_a_code_that_leads_there(known: Catalogue) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp, which reads QR codes, is not installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    html = handout.sheets(known, ["facebook"])
    links = [unescape(link) for link in re.findall(r'<p class="link">.*?href="([^"]+)"', html, re.DOTALL)]
    drawn = re.findall(r'<span aria-hidden="true">(<svg.*?</svg>)', html, re.DOTALL)
    facebook = known.checklist("facebook").checklist
    where = {facebook.screen(check).web for check in essential(known, "facebook")}
    assert set(links) == where | {facebook.where(check).web for check in essential(known, "facebook")}
    assert len(links) == len(drawn)
    for link, svg in zip(links, drawn, strict=True):
        [code] = zxingcpp.read_barcodes(picture(svg, image))
        assert code.text == link


def picture(svg: str, image: object) -> object:
    """Draw the rows of an SVG path of segno as a picture, ten pixels for each module."""
    size = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    drawn = image.new("L", (size, size), 255)  # type: ignore[attr-defined]
    x, y = 0.0, 0.0
    for letter, numbers in re.findall(r"([MmhH])([-\d. ]+)", re.findall(r' d="([^"]+)"', svg)[-1]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "M":
            x, y = values
        elif letter == "m":
            x, y = x + values[0], y + values[1]
        else:
            for step in range(int(values[0])):
                drawn.putpixel((int(x) + step, int(y)), 0)
            x += values[0]
    return drawn.resize((size * 10, size * 10), 0)


def test_a_site_on_this_computer_has_its_link_and_no_code_for_a_phone(known: Catalogue) -> None:
    pytest.importorskip("segno", reason="the extra [codes] is not installed")
    here = handout.sheets(known, ["wikipedia"], sites={"wikipedia": "http://127.0.0.1:8080"})
    assert '<a href="http://127.0.0.1:8080/' in here
    assert "<svg" not in here
    assert "<svg" in handout.sheets(known, ["wikipedia"], sites={"wikipedia": "https://cy.wikipedia.org"})


def test_without_segno_the_link_stands_alone(known: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    assert codes.svg("https://a.example") is None
    html = handout.sheets(known, ["facebook"])
    assert "<svg" not in html
    assert "www.facebook.com/settings/?tab=" in html


def test_the_card_has_the_three_questions_and_what_one_has_set_oneself(known: Catalogue) -> None:
    text = plain(handout.card(known, role="teacher"))
    for question in handout.QUESTIONS:
        assert question in text
        assert question in known.check("everyday.before-you-post")[1].why
    conduct = [check for check in known.checklist("everyday").checklist.checks if check.area is Area.CONDUCT]
    assert len(conduct) > 5
    for check in conduct:
        assert (check.title in text) == (check.id != "everyday.before-you-post")
    for line in known.role("teacher").signposts:
        assert line in text


def test_a_hostile_text_stays_a_text() -> None:
    text = "\"'><script>alert(1)</script>"
    html = handout.sheets(hostile(text), ["pond"])
    assert text not in html
    assert "<script" not in html
    assert text in plain(html)


def test_an_unknown_platform_or_role_is_refused(known: Catalogue) -> None:
    with pytest.raises(UsageError):
        handout.sheets(known, ["nowhere"])
    with pytest.raises(UsageError):
        handout.card(known, role="nobody")


def test_every_word_can_be_said_in_another_language(known: Catalogue, tmp_path: Path) -> None:
    pseudo.install(tmp_path / "locale", pseudo.words())
    with pseudo.locale(tmp_path / "locale"):
        i18n.use(pseudo.LANGUAGE)
        for html in (handout.sheets(known, ["facebook", "everyday"]), handout.card(known)):
            assert english("\n".join(pseudo.texts(html))) == []


# -- on paper --------------------------------------------------------------------------------------


def test_a_browser_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("playwright", reason="the extra “browser” is not installed")
    monkeypatch.setenv("PRIVACYAUDIT_BROWSER", str(tmp_path / "nothing"))
    with pytest.raises(BrowserError, match="which does not exist"):
        print_pdf("<p>x</p>")


def test_the_command_writes_sheets_and_card_as_html(tmp_path: Path) -> None:
    done = run("page", "texting", "--print", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"privacy-[a-z]+\.html", done.stdout) == ["privacy-sheets.html", "privacy-card.html"]
