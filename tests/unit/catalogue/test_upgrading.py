"""A checklist of schema 1 is written anew as schema 2: what it says stays, and so does all that need not change."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.catalogue import loading, strictyaml, upgrading
from privacyaudit.catalogue.screens import same
from privacyaudit.catalogue.upgrading import upgrade
from privacyaudit.errors import ChecklistError
from privacyaudit.model import Checklist
from privacyaudit.model.schema1 import Checklist1
from privacyaudit.storage import files
from tests.support.samples import OLD, POND, alter

PROBES = """\
    probes:
      - kind: web
        open: https://pond.example/settings
        find: { field: visible }
        take: checked
        means: { "true": everyone, "false": friends }
      - { kind: json, open: "https://pond.example/settings", reply: /me, path: seen, means: { all: everyone } }
      - { open: https://pond.example/settings, kind: json, reply: /me, path: more, means: { all: everyone } }
      - open: https://pond.example/settings
        kind: json
        reply: /me
        path: most
        means: { all: everyone }
      - { kind: json, reply: /me, path: last, means: { all: everyone }, open: https://pond.example/other }
"""
READ = alter(
    ("  notice:", '  signed_in: { open: "https://pond.example/", find: { field: out } }\n  notice:'),
    ("    confidence: low\n  - id: pond.mail", f"    confidence: low\n{PROBES}  - id: pond.mail"),
    text=OLD,
)


def put(folder: Path, text: str | bytes) -> Path:
    path = folder / "pond.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def anew(folder: Path, text: str) -> str:
    """Return what becomes of a text, which is then of schema 2 and says the same."""
    path = put(folder, text)
    before = loading.load(path)
    done = upgrade(path)
    after = loading.load(path)
    assert before.old
    assert not after.old
    assert done
    assert (done.checks, done.screens) == (len(after.checklist.checks), len(after.checklist.screens))
    assert after.checklist == before.checklist
    return path.read_bytes().decode()


def test_only_the_schema_the_screens_and_the_places_change(tmp_path: Path) -> None:
    gone = r'schema: "1"|    where:|      web: .*|      menu: \[Settings, .*|    where: \{.*'
    new = r'schema: "2"|screens:|  - \{ id: .*|    screen: .*|    row: .*'
    before = [line for line in OLD.splitlines() if not re.fullmatch(gone, line)]
    after = [line for line in anew(tmp_path, OLD).splitlines() if not re.fullmatch(new, line)]
    assert after == before


def test_what_is_written_is_what_somebody_would_write(tmp_path: Path) -> None:
    text = anew(tmp_path, OLD)
    assert (
        "screens:\n"
        '  - { id: privacy, title: Privacy, web: "https://pond.example/settings", menu: [Settings, Privacy] }\n'
        "  - { id: pond, title: Pond }\n"
        "checks:\n"
    ) in text
    assert "    why: Learners look people up.\n    screen: privacy\n    row: Profile\n    options:\n" in text
    assert "    why: A picture with your name on it stays.\n    screen: pond\n    options: [" in text


def test_a_probe_loses_its_address_where_that_is_the_screens_and_keeps_another(tmp_path: Path) -> None:
    text = anew(tmp_path, READ)
    assert text.count("open:") == 2
    assert "      - kind: web\n        find: { field: visible }\n" in text
    assert "      - { kind: json, reply: /me, path: seen, means: { all: everyone } }\n" in text
    assert "      - { kind: json, reply: /me, path: more, means: { all: everyone } }\n" in text
    assert "      - kind: json\n        reply: /me\n        path: most\n" in text


def test_every_comment_stays(tmp_path: Path) -> None:
    text = alter(
        ('schema: "1"', '# Mine.\nschema: "1"   # of spring'),
        ("checks:\n", "\n# What is asked.\n# Two lines of it.\nchecks:   # three\n"),
        ("    where:\n", "    where:   # on the web\n      # not in the app\n"),
        ("      menu: [Settings, Privacy, Profile]\n", "      menu: [Settings, Privacy, Profile]   # seen in May\n"),
        ("  - id: pond.tags", "  # The last.\n  - id: pond.tags"),
        ("        open: https://pond.example/settings\n", "        open: https://pond.example/settings   # moved\n"),
        ('settings", reply: /me, path: seen', 'settings", # old\n          reply: /me, path: seen'),
        ("      - open: https://pond.example/settings\n", "      - open: https://pond.example/settings   # new\n"),
        text=READ,
    )
    new = anew(tmp_path, text)
    said = re.compile(r"# [\w .]+")
    assert sorted(said.findall(new)) == sorted(said.findall(text))
    assert '# Mine.\nschema: "2"   # of spring\n' in new
    assert "}\n\n# What is asked.\n# Two lines of it.\nchecks:   # three\n" in new
    assert "    # on the web\n    # not in the app\n    screen: privacy\n    row: Profile   # seen in May\n" in new


def test_written_once_more_it_stays_byte_for_byte(tmp_path: Path) -> None:
    path = put(tmp_path, READ)
    assert upgrade(path)
    first = path.read_bytes()
    changed = path.stat().st_mtime_ns
    assert upgrade(path) is None
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (first, changed)


def test_a_file_with_the_line_breaks_of_windows_keeps_them_and_its_mark(tmp_path: Path) -> None:
    text = READ.replace("\n", "\r\n")
    path = put(tmp_path, b"\xef\xbb\xbf" + text.encode())
    upgrade(path)
    raw = path.read_bytes()
    assert raw.startswith(b'\xef\xbb\xbfschema: "2"\r\n')
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.decode("utf-8-sig").replace("\r\n", "\n") == anew(tmp_path, READ)


@pytest.mark.parametrize("indent", [None, 2])
def test_a_checklist_that_is_json_stays_json(tmp_path: Path, indent: int | None) -> None:
    new = json.loads(anew(tmp_path, json.dumps(strictyaml.parse(READ, "").data, indent=indent)))
    assert new["schema"] == "2"
    assert [check["screen"] for check in new["checks"]] == ["privacy", "privacy", "pond"]


def test_checks_in_brackets_are_rewritten_in_theirs(tmp_path: Path) -> None:
    text = OLD[: OLD.index("  - id: pond.profile")] + (
        "  - { id: pond.a, title: A, area: ads, severity: low, question: A?, why: A., where: { menu: [S, A] },\n"
        "      options: [{ id: b, label: B, verdict: pass }, { id: c, label: C, verdict: fail }], # two\n"
        "      fix: [Do.], confidence: low }\n"
        "  - {id: pond.b, title: B, area: ads, severity: low, question: B?, why: B., fix: [Do.], confidence: low,\n"
        '      options: [{ id: b, label: B, verdict: pass }, { id: c, label: C, verdict: fail }], where: {menu: ["S",\n'
        "      # and then\n      B: ]}}\n"
    ).replace("B: ]", '"B: x"]')
    new = anew(tmp_path, text)
    assert "why: A., screen: s, row: A,\n" in new
    assert '\n# and then\nscreen: s, row: "B: x"}\n' in new


def test_a_file_stays_its_owners_with_its_permissions_its_link_and_no_word_in_the_ledger(tmp_path: Path) -> None:
    path = put(tmp_path, OLD)
    path.chmod(0o644)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    upgrade(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o644
    assert not loading.load(path).old
    assert files.written() == []
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["link.yaml", "pond.yaml"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (alter(("severity: high", "severity: dreadful"), text=OLD), "severity: choose from"),
        (alter(("where: {", "where: [ {"), ("Mail] }", "Mail] } ]"), text=OLD), "where: this must have keys"),
        (alter(("id: pond.tags", "id: pond.mail"), text=OLD), "listed twice"),
        (alter(('schema: "1"', 'schema: "7"'), text=OLD), "reads schema 1, 2, and this file has '7'"),
        (alter(('schema: "1"\n', ""), text=OLD), "'schema' is missing"),
        (alter(("screen: habits", "screen: phone")), "not in screens"),
        ("a: [", "not valid YAML"),
        ("", "empty"),
        (
            alter(("    where:\n", "    ? where\n    :\n"), text=OLD),
            "cannot rewrite this file without losing something",
        ),
    ],
    ids=["word", "where", "twice", "newer", "none", "wrong and new", "broken", "empty", "laid out oddly"],
)
def test_what_cannot_be_written_anew_is_told_and_left_untouched(tmp_path: Path, text: str, what: str) -> None:
    path = put(tmp_path, text)
    with pytest.raises(ChecklistError, match=re.escape(what)) as caught:
        upgrade(path)
    assert f"{path}, line " in caught.value.what
    assert caught.value.advice
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("lost", ["  # of spring", "    default: everyone\n", "Privacy, ", "    row: Profile\n"])
def test_what_would_say_less_than_before_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    text = alter(
        ('schema: "1"', 'schema: "1"  # of spring'), ("    fix: [Ch", "    default: everyone\n    fix: [Ch"), text=OLD
    )
    path = put(tmp_path, text)
    usual = upgrading.rewritten

    def careless(*known: Any) -> str:
        new = usual(*known)
        assert lost in new
        return new.replace(lost, "")

    monkeypatch.setattr(upgrading, "rewritten", careless)
    with pytest.raises(ChecklistError, match="without losing something"):
        upgrade(path)
    assert path.read_text() == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pond.yaml")
    with pytest.raises(ChecklistError, match="is not a file"):
        upgrade(tmp_path / "pond.yaml")


# -- dates -----------------------------------------------------------------------------------------

SEEN = alter(("page: 2026-08, read: 2026-11", "seen: 2026-08"))
IN_LINES = alter(
    (
        '    sources: [{ url: "https://help.pond.example/profile", seen: 2026-08 }]\n',
        (
            "    sources:\n"
            "      # the help\n"
            "      - url: https://help.pond.example/profile\n"
            "        seen: 2026-08  # in spring\n"
            "      - seen: '2025-12-24'\n"
            "        url: https://help.pond.example/news\n"
        ),
    ),
    text=SEEN,
)


def test_a_date_by_seen_is_read_as_both_and_written_as_both(tmp_path: Path) -> None:
    path = put(tmp_path, SEEN)
    before = loading.load(path)
    assert [(s.page, s.read) for s in before.checklist.checks[0].sources] == [("2026-08", "2026-08")]
    assert before.old == ("checks", 0, "sources", 0, "seen")
    done = upgrade(path)
    assert done
    assert (done.checks, done.screens, done.sources) == (0, 0, 1)
    assert path.read_text() == SEEN.replace("seen: 2026-08", "page: 2026-08, read: 2026-08")
    assert loading.load(path).old is None
    assert upgrade(path) is None


def test_dates_in_lines_of_their_own_stay_in_lines_with_their_comments(tmp_path: Path) -> None:
    path = put(tmp_path, IN_LINES.replace("\n", "\r\n"))
    assert upgrade(path)
    assert (
        "      - url: https://help.pond.example/profile\r\n"
        "        page: 2026-08\r\n"
        "        read: 2026-08  # in spring\r\n"
        "      - page: '2025-12-24'\r\n"
        "        read: '2025-12-24'\r\n"
        "        url: https://help.pond.example/news\r\n"
    ) in path.read_bytes().decode()


def test_dates_of_json_and_of_schema_1_are_brought_up_to_date_too(tmp_path: Path) -> None:
    path = put(tmp_path, json.dumps(strictyaml.parse(SEEN, "pond.yaml").data, indent=1))
    assert upgrade(path)
    assert json.loads(path.read_text())["checks"][0]["sources"] == [
        {"url": "https://help.pond.example/profile", "page": "2026-08", "read": "2026-08"}
    ]
    sources = '    sources: [{ url: "https://help.pond.example/profile", seen: 2026-08 }]\n'
    text = alter(("    fix: [Choose Friends.]\n", "    fix: [Choose Friends.]\n" + sources), text=OLD)
    new = anew(tmp_path, text)
    assert sources.replace("seen: 2026-08", "page: 2026-08, read: 2026-08") in new


def test_a_comment_within_a_date_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path, IN_LINES.replace("seen: 2026-08  # in spring", "seen:  # in spring\n          2026-08"))
    assert upgrade(path)
    assert "        # in spring\n        page: 2026-08\n        read: 2026-08\n" in path.read_text()


# -- any checklist ---------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["Settings", "Privacy", "A, b", "No: really", "⚙", "#1", "- x", '"Q"', "2", "yes", "[x]", "é ", "Who?"]
)
WAYS = st.lists(WORDS.map(str.strip), max_size=3)
WEBS = st.sampled_from(["https://pond.example/", "https://pond.example/a#b", "https://help.example/?q=1"])
WHERES = st.none() | st.fixed_dictionaries(
    {}, optional={"web": WEBS, "menu": WAYS, "ios": WAYS, "android": WAYS | st.none()}
)
STYLES = st.sampled_from(["block", "flow", "first"])


@st.composite
def checklists(draw: st.DrawFn) -> str:
    """A checklist of schema 1 as somebody may have typed it: any order, any brackets, with comments anywhere."""
    noted = iter(range(1000))

    def end() -> str:
        return f"  # note {next(noted)}\n" if draw(st.booleans()) else "\n"

    def where(at: dict[str, Any], style: str) -> str:
        if style != "block" or not at:
            return f"where: {json.dumps(at, ensure_ascii=False)}{end()}"
        keys = draw(st.permutations(list(at)))
        return f"where:{end()}" + "".join(f"      {key}: {json.dumps(at[key])}{end()}" for key in keys)

    text = OLD[: OLD.index("checks:")] + draw(st.sampled_from(["", "\n", "# about\n", "\n# about\n# them\n"]))
    text += f"checks:{end()}"
    for number in range(draw(st.integers(1, 5))):
        at, style = draw(WHERES), draw(STYLES)
        there = [] if at is None else [where(at, style)]
        one = f"options:{end()}      - {{ id: a, label: A, verdict: pass }}{end()}"
        keys = [one + "      - id: b\n        label: B\n        verdict: fail\n"]
        said = ("title: T", "area: ads", "severity: low", "question: Q?", "why: W.", "fix: [F.]", "confidence: low")
        keys += [text + end() for text in (*said, f"id: pond.c{number}")]
        keys = there + keys if style == "first" else draw(st.permutations(keys + there))
        text += "  - " + "    ".join(keys)
    return text


@given(checklists())
def test_an_upgrade_keeps_what_each_check_says_and_each_comment(text: str) -> None:
    old = Checklist1.model_validate(strictyaml.parse(text, "pond.yaml").data)
    with TemporaryDirectory() as folder:
        new = anew(Path(folder), text)
    made = Checklist.model_validate(strictyaml.parse(new, "pond.yaml").data)
    assert yaml.load(new, Loader=yaml.BaseLoader)["schema"] == "2"  # the slower parser reads it too
    assert made.platform == old.platform
    for before, after in zip(old.checks, made.checks, strict=True):
        assert same(before.where, made.where(after))
        assert before.model_dump(exclude={"where"}) == after.model_dump(exclude={"screen", "row"})
    for number in range(text.count("# note")):
        assert len(re.findall(rf"# note {number}\b", new)) == len(re.findall(rf"# note {number}\b", text)) == 1


def test_what_is_written_of_schema_2_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, POND)
    assert upgrade(path) is None
    assert path.read_text() == POND
