"""The offline page as a file: what is in it, how large it is, what may run in it, and how the command writes it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html as markup
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacyaudit import i18n, shipped
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import UsageError
from privacyaudit.model import Group
from privacyaudit.offline import phrases
from privacyaudit.offline.page import TICKET, build
from privacyaudit.offline.script import ALONE, KEPT, MODULES, OUT_THERE, OUT_THERE_WINDOW, WINDOW, join, script
from privacyaudit.plan import QUICK_MOST, plan
from privacyaudit.walk import stops
from tests.support import pseudo
from tests.support.in_process import run
from tests.support.offline_page import ROOT, THREE, hostile
from tests.support.pseudo import english
from tests.support.script_words import literals

PAGE = shipped.folder("reports") / "page"
MOST_BYTES, MOST_PACKED = 1_400_000, 250_000


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return loading.catalogue()


@pytest.fixture(scope="module")
def whole(known: Catalogue) -> str:
    return build(known)


# -- what is in it ---------------------------------------------------------------------------------


def test_the_whole_catalogue_is_small_enough_to_be_sent_by_phone(whole: str) -> None:
    raw = whole.encode()
    assert len(raw) <= MOST_BYTES
    assert len(gzip.compress(raw, 9)) <= MOST_PACKED


def test_without_a_name_every_platform_but_the_demo_is_in_it(known: Catalogue, whole: str) -> None:
    found = re.findall(r'data-platform="([^"]+)" data-shelf="(\w+)"', whole)
    real = {name for name, one in known.loaded.items() if one.checklist.platform.group is not Group.DEMO}
    assert {name for name, _shelf in found} == real
    assert "demo" not in real
    assert [name for name, shelf in found if shelf == "more"] == ["dating"]
    assert {name for name, shelf in found if shelf == "habits"} == {
        name for name, one in known.loaded.items() if one.checklist.platform.group is Group.PRACTICE
    }
    common = {name for name, shelf in found if shelf == "common"}
    assert {"whatsapp", "facebook", "youtube", "instagram"} <= common
    assert "moneysavingexpert-forum" not in common


@pytest.mark.parametrize("quick", [False, True])
def test_the_page_is_in_the_order_of_the_walk(known: Catalogue, quick: bool) -> None:
    for names in (["facebook", "whatsapp", "everyday", "x"], THREE):
        html = build(known, names, role="councillor", quick=quick)
        items = plan([known.checklist(name) for name in names], "councillor", {}, quick=quick).items
        way = [item.check.id for stop in stops(items, "councillor") for item in stop.items]
        assert re.findall(r'data-check="([^"]+)"', html) == way


def test_the_order_of_each_role_is_that_of_the_walk_of_all_services(known: Catalogue, whole: str) -> None:
    items = plan(map(known.checklist, re.findall(r'data-platform="([^"]+)"', whole)), "everyone", {}).items
    screens = [stop.name for stop in stops(items, "everyone")]
    orders = {
        name: (order.split(), short.split())
        for name, order, short in re.findall(
            r'data-role="(\w+)" data-months="\d+"(?: data-order="([^"]+)")?(?: data-short="([^"]+)")?', whole
        )
    }
    assert len(orders) == len(known.roles)
    for role, (order, short) in orders.items():
        essential = [item for item in items if item.check.essential]
        for places, some in ((order, items), (short, essential)):
            shown = [screens[int(place)] for place in places] or screens
            assert shown == [stop.name for stop in stops(some, role)]


def test_every_text_of_a_check_stands_in_it_once(known: Catalogue, whole: str) -> None:
    for one in known.loaded.values():
        if one.checklist.platform.group is Group.DEMO:
            continue
        for check in one.checklist.checks:
            [article] = re.findall(rf'<article data-check="{re.escape(check.id)}".*?</article>', whole, re.DOTALL)
            text = markup.unescape(article)
            for wanted in (check.title, check.question, check.why, *check.fix):
                assert wanted in text
            assert re.findall(r'data-option="([^"]+)"', article) == [option.id for option in check.options]
            [turn] = re.findall(r'data-figures="\d+ (\d+) ', article)
            assert (turn != "0") == check.essential
    assert whole.count("<article data-check=") == len(re.findall(r"<article data-check=", whole))


def test_a_quick_page_of_named_platforms_asks_what_a_quick_audit_asks(known: Catalogue) -> None:
    names = ["facebook", "whatsapp", "instagram", "x", "tiktok"]
    found = re.findall(r'data-check="([^"]+)"', build(known, names, quick=True))
    wanted = plan([known.checklist(name) for name in names], "everyone", {}, quick=True).items
    assert sorted(found) == sorted(item.check.id for item in wanted)
    assert len(found) == QUICK_MOST


def test_a_quick_page_of_everything_has_every_essential_check_and_says_how_many_are_asked(known: Catalogue) -> None:
    html = build(known, quick=True)
    essential = {
        check.id
        for one in known.loaded.values()
        if one.checklist.platform.group is not Group.DEMO
        for check in one.checklist.checks
        if check.essential
    }
    assert set(re.findall(r'data-check="([^"]+)"', html)) == essential
    assert f'data-most="{QUICK_MOST}" data-quick>' in html
    assert f'data-most="{QUICK_MOST}" data-named>' in build(known, THREE)


def test_a_persons_own_address_is_put_into_the_links(known: Catalogue) -> None:
    html = build(known, ["wikipedia"], sites={"wikipedia": "https://cy.wikipedia.org"})
    assert "https://cy.wikipedia.org/wiki/" in html
    assert "https://en.wikipedia.org/wiki/" not in html
    assert "{site}" not in build(known)


def test_what_does_not_fit_is_refused(known: Catalogue) -> None:
    for platforms, more in (
        (["nowhere"], {}),
        (["facebook"], {"role": "nobody"}),
        (["facebook"], {"sites": {"facebook": "https://a.example"}}),
    ):
        with pytest.raises(UsageError):
            build(known, platforms, **more)


def test_every_link_opens_beside_the_page_and_tells_nobody_where_it_was_followed(whole: str) -> None:
    links = re.findall(r"<a [^>]*>", whole)
    assert len(links) > 100
    assert all(' target="_blank" rel="noreferrer"' in link for link in links)


# -- what may run in it ----------------------------------------------------------------------------


def inline(html: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("clinic", [None, "Ysgol X"])
def test_the_policy_lets_in_the_pages_own_parts_by_their_hash_and_nothing_else(
    known: Catalogue, clinic: str | None
) -> None:
    html = build(known, THREE, clinic=clinic)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("style-src") == " ".join(map(digest, inline(html, "style")))
    assert rules.pop("script-src") == " ".join(map(digest, inline(html, "script")))
    assert rules.pop("base-uri") == "'none'"
    assert rules.pop("form-action") == "'none'"
    assert rules == ({"connect-src": "'self'"} if clinic else {})
    assert re.findall(r"<(?:link|img|iframe|object|embed)\b|\son\w+=|\sstyle=", re.sub(r"<script.*", "", html)) == []


def test_a_clinics_page_has_its_name_and_room_for_one_ticket_outside_of_what_is_hashed(known: Catalogue) -> None:
    html = build(known, THREE, clinic='Ysgol "X" & <b>')
    assert html.count(TICKET) == 1
    assert (
        f'<body data-most="12" data-named data-clinic="Ysgol &#34;X&#34; &amp; &lt;b&gt;" data-ticket="{TICKET}">'
        in html
    )
    assert not any(TICKET in part for part in (*inline(html, "script"), *inline(html, "style")))
    plain = build(known, THREE)
    assert TICKET not in plain
    assert "data-clinic" not in plain
    assert '<section aria-labelledby="sharing"' not in plain


def test_a_hostile_text_stays_a_text() -> None:
    text = "\"'><script>document.title = 1</script><!-- {{ 7 * 7 }} {site} &amp;"
    html = build(hostile(text), ["pond"], clinic=text)
    assert text not in html
    assert html.count("<script") == 1
    assert "<!--" not in html
    assert markup.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in html


# -- the script ------------------------------------------------------------------------------------


def test_every_module_is_in_the_script_in_its_order() -> None:
    every = {*MODULES, *ALONE, *KEPT, *WINDOW, *OUT_THERE, *OUT_THERE_WINDOW}
    assert sorted(every) == sorted(path.stem for path in PAGE.glob("*.js"))
    for names in (ALONE, KEPT, WINDOW):
        assert len({*MODULES, *names}) == len(MODULES) + len(names)
    assert script().endswith("\nstart();\n")


@pytest.mark.parametrize(
    ("modules", "why"),
    [
        ({"a": "const x = 1;\n", "b": "export function x() {}\n"}, "b.js defines x, which a.js has defined"),
        ({"a": 'import { y } from "./b.js";\n', "b": "export const y = 1;\n"}, "a.js imports b.js, which does not"),
        ({"a": "export default 1;\n"}, "a.js has a line that cannot be joined: export default"),
        ({"a": 'import * as b from "./b.js";\n'}, "a.js has a line that cannot be joined: import"),
        ({"a": 'const x = "</script>";\n'}, "ends or hides a script"),
        ({"a": "const x = `a ${`b`}\n  c`;\n"}, "a.js has a text that goes on in the next line: const x = `a ${`b`}"),
    ],
)
def test_modules_that_cannot_be_joined_are_refused(modules: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        join(modules)


def test_what_says_nothing_to_a_browser_is_left_out_of_the_script() -> None:
    module = 'import { y } from "./a.js";\n\n/** Say so. */\nexport function x() {\n  // why\n\n  return "  y";\n}\n'
    assert join({"a": "export const y = 1;\n", "b": module}) == 'const y = 1;\nfunction x() {\nreturn "  y";\n}\n'


def test_a_word_in_the_script_would_be_found() -> None:
    assert literals('say(`x ${say("a b")} ${y(`c d`)} z`)') == ["a b", "c d", "x   z"]


@pytest.mark.parametrize(("kept", "window"), [(False, False), (True, False), (False, True)])
def test_the_script_has_no_words_of_its_own_and_every_sentence_is_used(kept: bool, window: bool) -> None:
    source = re.sub(r"/\*\*.*?\*/|throw new Error\([^\n]*", "", script(kept=kept, window=window), flags=re.DOTALL)
    texts = literals(source)
    assert [text for text in texts if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)] == []
    of_the_window = {*phrases.WINDOW, *phrases.READING, *phrases.READ_NUMBERS} if window else set()
    of_a_file = {*phrases.SAVING} if kept or window else set()
    of_a_copy = {*phrases.COPYING} if kept else set()
    named = {*phrases.PHRASES, *phrases.CLINIC, *phrases.NUMBERS, *of_a_file, *of_a_copy, *of_the_window}
    assert named - set(texts) == set()
    assert {*re.findall(r'\bsay(?:Number)?\(\s*"(\w+)"', source)} - named - {
        "shape_fail",
        "verdict_fail",
        "verdict_not_reached",
    } == set()


def test_the_type_checker_finds_nothing() -> None:
    usual = ROOT / ".cache/typescript/node_modules/.bin/tsc"
    tsc = Path(os.environ.get("PRIVACYAUDIT_TSC", usual))
    if not tsc.exists() or shutil.which("node") is None:
        pytest.skip("TypeScript is not here: python3 bootstrap.py test brings it, with npm and Node.js")
    done = subprocess.run([tsc, "--project", ROOT / "tests/types"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


# -- in other languages ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue_of_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    pseudo.install(folder, pseudo.words())
    return folder


@pytest.fixture
def pretend(catalogue_of_words: Path) -> Iterator[None]:
    with pseudo.locale(catalogue_of_words):
        i18n.use(pseudo.LANGUAGE)
        yield


def test_every_word_of_the_page_can_be_said_in_another_language(known: Catalogue, pretend: None) -> None:
    for html in (build(known, quick=True, clinic="Ysgol"), build(known, THREE, role="teacher")):
        assert f'<html lang="{pseudo.LANGUAGE}">' in html
        said = re.sub(r"\{\w+\}", " ", "\n".join(pseudo.texts(html)))
        assert english(said, {"Ysgol", "privacyaudit", "menu"}) == []


def test_a_sentence_with_a_number_has_the_forms_that_the_language_has(pretend: None) -> None:
    [left] = [phrase for phrase in phrases.phrases(40) if phrase.name == "left"]
    assert len(left.texts) == 2
    for number in range(41):
        form = int(left.forms[min(number, len(left.forms) - 1)])
        assert left.texts[form] == phrases.NUMBERS["left"](number)


# -- the command -----------------------------------------------------------------------------------


def test_the_command_writes_the_page_where_it_is_told_and_writes_it_again(tmp_path: Path) -> None:
    for _time in range(2):
        done = run("page", "facebook", "--role", "teacher", "--quick", "-o", "my.html", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Written: my.html" in done.stdout
    html = (tmp_path / "my.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert re.findall(r'data-role="(\w+)"', html.replace(script(), "")) == ["teacher"]
    done = run("clean", "--yes", cwd=tmp_path)
    assert not (tmp_path / "my.html").exists(), done


def test_the_command_leaves_what_it_did_not_write(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")
    done = run("page", "facebook", "-o", "mine.html", cwd=tmp_path)
    assert done.returncode == 2
    assert "so the program did not change it." in done.stderr
    assert (tmp_path / "mine.html").read_text() == "mine"


def test_without_a_name_for_the_file_each_page_gets_one_of_its_own(tmp_path: Path) -> None:
    for name in ("privacy-page.html", "privacy-page-2.html"):
        done = run("page", "facebook", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"{name}\n" in done.stdout


@pytest.mark.parametrize(("kept", "window"), [(False, False), (True, False), (False, True)])
def test_no_two_sentences_have_one_name(kept: bool, window: bool) -> None:
    names = [phrase.name for phrase in phrases.phrases(3, clinic=True, kept=kept, window=window)]
    assert [name for name in names if names.count(name) > 1] == []
