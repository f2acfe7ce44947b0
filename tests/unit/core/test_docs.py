"""The pages for people: every link leads somewhere, every command is right, and there are not too many words."""

from __future__ import annotations

import contextlib
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from privacyaudit.browser.gate.door import BACKGROUND
from privacyaudit.catalogue import loading
from privacyaudit.report.writing import FORMATS
from tests.support import in_process, pages, records
from tests.support.pages import ROOT, SHELL, WrongError

SAFE = {"list", "show", "guidance", "doctor", "lint", "report", "compare", "page", "remind ics", "remind status"}
NOT_HERE = {"--pdf", "--browser", "--outside", "--install-completion"}
FILES = {".docx", ".yaml", ".html", ".json", ".pdf", ".png", ".zip"}
DONE: set[tuple[str, ...]] = set()  # what another page of this process has had carried out already
OF_A_READER = {"pondlife"}  # the platform of examples, which a reader would write


@pytest.mark.parametrize("page", pages.every_page(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in pages.links(page.read_text("utf-8")):
        pages.follow(page, link)


def test_every_page_can_be_found_from_the_readme() -> None:
    seen, left = set(), [ROOT / "README.md"]
    while left:
        page = left.pop()
        seen.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in pages.links(page.read_text("utf-8"))]
        left += [to for to in targets if to.suffix == ".md" and to not in seen and to not in left]
    assert [page for page in pages.guides() if page not in seen] == []


@pytest.mark.parametrize("page", pages.guides(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_can_be_typed_as_it_stands(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(a_readers_folder(tmp_path))
    for said in pages.spoken(page):
        typed = pages.check(said)
        if said.block and Path(typed[0]).name == "privacyaudit":
            assert named(typed[1:]) == [], said


@pytest.mark.parametrize("page", pages.guides(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_that_is_safe_does_what_it_should(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that need a person, a browser, a keyring or a network are parsed only, by the test before."""
    monkeypatch.chdir(a_readers_folder(tmp_path))
    for said in pages.spoken(page):
        typed = pages.check(said)
        if typed[0] in SHELL and said.block:
            shell(typed)
        elif Path(typed[0]).name == "privacyaudit" and tuple(typed[1:]) not in DONE and safe(typed[1:]):
            DONE.add(tuple(typed[1:]))
            done = in_process.run(*quiet(typed[1:]))
            assert (done.returncode, done.stderr) == (0, ""), said
            assert done.stdout, said


def test_the_pages_have_no_more_words_than_somebody_reads() -> None:
    assert 10_000 < pages.words(pages.guides()) <= pages.MOST_WORDS


def test_the_way_into_the_code_is_as_short_as_its_page_says() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    said, way = re.findall(r"Read these ([\d,]+) lines in order\.\n(.*?)\n\n(?=[A-Z])", page, re.DOTALL)[0]
    files = re.findall(r"\]\(([\w/.]+)\)", way)
    assert len(files) >= 9
    lines = sum(len((ROOT / file).read_text("utf-8").splitlines()) for file in ("README.md", *files))
    assert lines <= int(said.replace(",", ""))


def test_every_file_that_everyday_commands_write_is_on_the_page_of_files(tmp_path: Path) -> None:
    for line in (
        "audit everyday --area logout --no-input",
        "remind ics",
        "page everyday",
        "page everyday --print",
        "list",
    ):
        assert in_process.run(*line.split()).returncode == 0
    text = (ROOT / "docs/own/files-and-hosts.md").read_text("utf-8")
    names = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert len(names) >= 9
    assert [name for name in names if not re.search(said_as(name), text)] == []


def said_as(name: str) -> str:
    """Return the pattern by which a page names a file: a day as “…”, and endings after the first on their own."""
    stem, _dot, ending = re.sub(r"-\d{4}-\d\d-\d\d(-\d{4})?(?=\.)", "-…", name).partition(".")
    if not ending:
        return f"`{re.escape(stem)}`"
    return rf"`{re.escape(stem)}\.(…|{ending}|\w+`(, `\.\w+`)*, `\.{ending})`"


def test_the_hosts_that_are_refused_while_a_person_signs_in_are_on_the_page_of_hosts() -> None:
    text = (ROOT / "docs/own/files-and-hosts.md").read_text("utf-8")
    [block] = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert set(block.split()) == BACKGROUND


def test_what_was_looked_through_is_not_nothing() -> None:
    said = [one for page in pages.guides() for one in pages.spoken(page)]
    assert len({one.line for one in said if one.block}) > 50
    assert len([one for one in said if safe(pages.check(one)[1:])]) > 20
    assert len([link for page in pages.every_page() for link in pages.links(page.read_text("utf-8"))]) > 150
    assert {"tests", "lint", "docs"} <= pages.sessions()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("See [this](nothing.md).", "nowhere"),
        ("See [this](README.md#a-heading-that-nobody-wrote).", "no heading of README.md"),
        ("See [this](http://example.org/).", "https"),
        ("See [this](https:///path).", "https"),
        ("See [this](../../..).", "nowhere"),
        ('<img src="docs/images/nothing.png" alt="Nothing">', "nowhere"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str, why: str) -> None:
    [link] = pages.links(text)
    with pytest.raises(WrongError, match=why):
        pages.follow(ROOT / "README.md", link)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```sh\nprivacyaudit audit --bowser\n```", "--bowser"),
        ("```console\n$ privacyaudit adit\n```", "adit"),
        ("```sh\nprivacyaudit remind nothing\n```", "nothing"),
        ("```sh\nprivacyaudit show\n```", "CHECK|check"),
        ("```sh\nprivacyaudit --log list\n```", "--log"),
        ("```sh\n.venv/bin/nox -s nothing\n```", "nothing"),
        ("```sh\npython3 start.py test\n```", "start.py"),
        ("```sh\npython3 bootstrap.py aduit\n```", "aduit"),
        ("```sh\n.venv/bin/pytest tests/nothing.py\n```", "tests/nothing.py"),
        ('```sh\npipx install ".[nothing]"\n```', "nothing"),
        ("```sh\ncurl https://example.org\n```", "curl"),
        ("Type `privacyaudit clean --kyes`.", "--kyes"),
        ("Type `privacyaudit\nclean --kyes`.", "--kyes"),
        ("Type `history forget --everything`.", "--everything"),
        ("Type `privacyaudit history drop`.", "drop"),
        ("With `--bowser` it looks itself.", "--bowser"),
        ("Run “`nox -s nothing`”.", "nothing"),
    ],
)
def test_a_command_that_is_not_right_is_found(text: str, why: str) -> None:
    [said] = pages.said_in("made-up.md", text)
    with pytest.raises(WrongError, match=why):
        pages.check(said)


@pytest.mark.parametrize("typed", ["audit nowhere", "show everyday.nothing", "audit --outside nowhere=robin"])
def test_a_platform_or_a_check_that_is_not_there_is_found(typed: str) -> None:
    assert named(typed.split()) != []


def test_words_are_counted_as_wc_counts_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n\n| two | “three” |\n|---|\n", "utf-8")
    assert pages.words([page]) == 2 + 5 + 1


# -- a reader's folder -----------------------------------------------------------------------------


def a_readers_folder(tmp_path: Path) -> Path:
    """Return a folder with what the commands of the pages take for granted."""
    folder = tmp_path / "reader"
    shutil.copytree(ROOT / "checklists", folder / "checklists")
    (folder / "my-checklists").mkdir()
    shutil.copy(ROOT / "checklists" / "_template.yaml", folder / "my-checklists" / "pondlife.yaml")
    formats = (ROOT / "docs/mend/formats.md").read_text("utf-8")
    [answers] = re.findall(r"```yaml\n(.*?)```", formats, re.DOTALL)
    (folder / "answers.yaml").write_text(answers, "utf-8")
    (folder / "screenshot.png").touch()
    for name in ("OLD.json", "NEW.json", "privacy-audit-2026-11-22-1014.json"):
        (folder / name).write_text(a_record(), "utf-8")
    return folder


@cache
def a_record() -> str:
    """Return the record of an audit."""
    return FORMATS["json"](records.whole()[0])


def shell(typed: list[str]) -> None:
    """Carry out a command of the shell."""
    if typed[0] == "mkdir":
        Path(typed[1]).mkdir(exist_ok=True)
    else:
        shutil.copy(*typed[1:])


def safe(typed: list[str]) -> bool:
    """Tell whether the program can carry out a command line here, with nobody there to be asked."""
    own = " ".join(typed[: 2 if typed[:1] == ["remind"] else 1])
    asks = own == "audit" and "--no-input" not in typed
    for_a_reader = any(re.fullmatch(r"[A-Z]+", word) for word in typed) or OF_A_READER & set(typed)
    if own not in {*SAFE, "audit"} or asks or for_a_reader or NOT_HERE & set(typed):
        return False
    with contextlib.suppress(WrongError):  # a sentence may leave out what a command needs
        pages.parse(typed)
        return True
    return False


def quiet(typed: list[str]) -> list[str]:
    """Return a command line that shows no report in a window."""
    return [*typed, "--no-open"] if typed[0] in ("report", "compare") else typed


def named(typed: list[str]) -> list[str]:
    """Return the platforms and checks of a command line that are not there."""
    catalogue = loading.catalogue()
    checks = {check.id for one in catalogue.loaded.values() for check in one.checklist.checks}
    platforms, given = [], []
    values = pages.parse(typed)
    for name in ("platforms", "platform", "site", "outside"):
        value = values.get(name) or []
        platforms += [value] if isinstance(value, str) else list(value)
    given = [word for word in typed if re.fullmatch(r"[a-z-]+\.[a-z-]+", word) and Path(word).suffix not in FILES]
    known = {*catalogue.loaded, *OF_A_READER}
    strange = [word.partition("=")[0] for word in platforms if "://" not in word or "=" in word]
    return [word for word in strange if word not in known] + [word for word in given if word not in checks]
