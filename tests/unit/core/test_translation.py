"""Every sentence that a person sees can be said in another language, and no translation can stop the program."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from privacyaudit import errors, i18n, labels, shipped
from privacyaudit.about_me import letters, occasions, places
from privacyaudit.catalogue import guidance, loading, readability, sites, strictyaml
from privacyaudit.catalogue.faults import _known_keys
from privacyaudit.errors import UsageError
from privacyaudit.extras import EXTRAS
from privacyaudit.i18n import _, keeps_placeholders, ngettext
from privacyaudit.model import (
    Area,
    AuditRecord,
    Checklist,
    Confidence,
    Flag,
    Group,
    Guidance,
    Harm,
    Reason,
    Role,
    Severity,
    SignedOut,
    Take,
    Verdict,
)
from privacyaudit.report.formats.csv import COLUMNS
from privacyaudit.storage import files
from tests.support import pseudo
from tests.support.docs_parts import messages
from tests.support.pseudo import Run, english
from tests.support.samples import OLD, alter
from tests.support.wrong_checklists import WRONG

PACKAGE = Path(i18n.__file__).parent
OF_TYPER = [
    *("Usage", "Options", "Arguments", "Commands", "required", "default"),
    *("str", "int", "bool", "file", "path", "list[str", "list[path", "list[Path"),
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",  # codespell:ignore customize
    "Show this message and exit.",
]
"""What typer says in every help text; it has English only."""


@pytest.fixture(scope="module")
def template() -> str:
    return messages()


@pytest.fixture(scope="module")
def msgids(template: str) -> set[str]:
    return {form for message in read_po(io.StringIO(template)) for form in i18n.forms(message.id)}


@pytest.fixture(scope="module")
def ids() -> set[str]:
    """Names that are the same in every language: of platforms, checks, answers, roles, clauses and areas."""
    known = loading.catalogue()
    lists = [one.checklist for one in known.loaded.values()]
    checks = [check for one in lists for check in one.checks]
    return {
        *known.loaded,
        *(check.id for check in checks),
        *(option.id for check in checks for option in check.options),
        *(role.id for role in known.roles),
        *(clause.id for guide in guidance.guides() for clause in guide.clauses),
        *Area,
        *(host for one in lists for host in (*one.platform.hosts, *one.platform.help_hosts)),
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("locale")
    pseudo.install(folder, pseudo.words())
    with pseudo.locale(folder):
        yield


@pytest.fixture
def pretend(installed: None) -> None:
    i18n.use(pseudo.LANGUAGE)


@pytest.fixture(scope="module")
def commands() -> dict[str, ModuleType]:
    """The modules of the command line in the pretend language, once they were loaded."""
    return {}


@pytest.fixture
def run(pretend: None, commands: dict[str, ModuleType]) -> Iterator[Run]:
    with pseudo.command_line(commands) as run:
        yield run


# -- what translators are given --------------------------------------------------------------------


def test_every_text_of_every_checklist_is_given_to_translators_as_it_is_looked_up(msgids: set[str]) -> None:
    known = loading.catalogue()
    looked_up = {text for one in known.loaded.values() for text in texts_of(bound(one.checklist))}
    looked_up |= {text for role in known.roles for text in texts_of_role(role)}
    looked_up |= {text for guide in guidance.guides() for text in texts_of_guide(guide)}
    assert len(looked_up) > 500
    assert sorted(looked_up - msgids) == []


def bound(one: Checklist) -> Checklist:
    return sites.bind(one, "https://site.example" if one.platform.site else None)


def texts_of(one: Checklist) -> Iterator[str]:
    platform = one.platform
    yield from (platform.name, platform.notice, *platform.limits, *platform.two_factor)
    yield from filter(None, [platform.by_hand_because, platform.site and platform.site.ask])
    yield from (screen.title for screen in one.screens)
    for check in one.checks:
        yield from (check.title, check.question, check.why, *check.fix, *(option.label for option in check.options))
        way = one.where(check)
        yield from (*way.menu, *(way.ios or ()), *(way.android or ()))
        yield from filter(None, [check.caution])


def texts_of_role(role: Role) -> Iterator[str]:
    yield from (role.name, role.summary, *role.signposts)


def texts_of_guide(guide: Guidance) -> Iterator[str]:
    yield from (guide.title, guide.publisher, guide.audience, *(clause.text for clause in guide.clauses))


def test_the_example_to_start_a_checklist_from_is_not_translated(template: str) -> None:
    assert "Which Example server do you use?" not in template


@pytest.mark.parametrize(
    "source", ["checklists/everyday.yaml", "checklists/guidance/ewc.yaml", "checklists/roles.yaml"]
)
def test_each_kind_of_data_is_collected(source: str, template: str) -> None:
    assert source in template


def test_a_sentence_of_the_report_and_its_plural_are_collected(template: str) -> None:
    assert 'msgid "Privacy audit, %(day)s"' in template
    assert 'msgid "Show %(num)s check"\nmsgid_plural "Show %(num)s checks"' in template


# -- what no run would show: every sentence in the source is marked --------------------------------

MARKS = {"_", "N_", "ngettext"}
NO_SENTENCES = {
    "about_me/docx.py": {"<", "/></w:rPr>", ".styles+xml", ".document.main+xml", "/content-types"},
    "browser/broken_scripts.py": {""},
    "browser/find.py": {"Google Chrome", "Microsoft Edge", "Brave Browser", r"Google\Chrome Beta"},
    "browser/no_start.py": {
        "spawn",
        "Missing X",
        "error while",
        "missing dep",
        "(?:ENOENT",
        "Failed to",
        "<process did",
        "kill ESRCH",
    },
    "browser/policies.py": {"/Library/Managed", "Software\\Policies"},
    "browser/proxies.py": {"ProxyAutoConfigURLString :", "Software\\Microsoft"},
    "browser/launch.py": {"--host-resolver-rules"},
    "browser/sandbox.py": {"No usable sandbox|"},
    "browser/snapshot.py": {
        *("<script>", ">\n<meta ", "<!doctype html>"),
        *("account accounts", "block inline", "button checkbox", "alert alertdialog", "audio base", "a abbr"),
    },
    "browser/belief.py": {"The ", "Nothing ", "No ", "A ", "input, select"},
    "browser/gate/danger_words.py": {""},
    "browser/gate/door.py": {"more than one", "not for a", "an address", "another host", "the gate is"},
    "browser/gate/rules.py": {"It ", "Its ", "A header", "The "},
    "browser/gate/traffic.py": {"nobody ", "the ", "no safe"},
    "browser/session.py": {"(kept => {", "(() => ", "kept => ", "() => ", "({"},
    "browser/key_words.py": {""},
    "about_me/case.py": {"!me ", "child sexual"},
    "about_me/ladder.py": {"privacyaudit letter"},
    "about_me/rules.py": {
        *("near !", "taken_over ", "hostile|", "for_the_employer", "work me", "partner|danger ", "child hostile"),
        *("!child ", "pupil !child", "contact !me", "child not"),
    },
    "about_me/proof/sheet.py": {"macOS: shasum", "certutil -hashfile"},
    "browser/shown.py": {"input, select"},
    "browser/press.py": {"a[href], button", "xpath=", "self::", "ancestor"},
    "browser/whose.py": {"links => "},
    "catalogue/house_words.py": {""},
    "catalogue/lint.py": {"I cannot find", "I can't find", "Premium|", "(?:not in|"},
    "catalogue/readability.py": set(readability.GLOSSARY.values()),
    "catalogue/strictyaml.py": set(strictyaml._PROBLEMS),
    "cli/prompts/rich.py": {"bold noreverse"},
    "clinic/network.py": {"Hardware Port", "pointopoint", "local area connection"},
    "clinic/store.py": {"create table", "insert or", "select "},
    "i18n.py": {"a brace that has no other"},
    "over_time/history.py": {"delete ", "insert ", "select ", "update "},
    "over_time/step_shelf.py": {"delete ", "insert ", "select "},
    "over_time/proof_shelf.py": {"delete ", "insert ", "select ", "update "},
    "over_time/history_layout.py": {"\ncreate ", "create ", "select "},
    "reminders/calendar.py": {"-//A quiet half hour"},
    "reminders/jobs.py": {"# privacyaudit", "privacyaudit: ", "[Unit]", "<?xml"},
    "reminders/schedulers.py": {"Task Scheduler"},
    "window/shortcut.py": {"@echo", "chcp", "written by:", "[Desktop Entry]"},
    "report/drawing.py": {"img-src "},
    "serving/guard.py": {"<meta http-equiv"},
    "storage/folders.py": {"Start Menu"},
    "storage/owners.py": {"iCloud Drive", "Google Drive", "Library/Mobile", "^", "Box", "localPath", " on (/"},
    "storage/encrypted.py": {"begin immediate", "select "},
}
"""How texts that are not said to a person begin: program text, names, a library's words, what a scheduler reads."""
EVERYWHERE = ("pip install ", "default-src ")
PRETEND_SITE = PACKAGE / "demo"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_sentence_in_the_source_is_marked_for_translation(path: Path) -> None:
    if path.parent == PRETEND_SITE:
        return  # its pages are in English, and the demo reads them by their words
    known = (*EVERYWHERE, *NO_SENTENCES.get(path.relative_to(PACKAGE).as_posix(), ()))
    assert [text for text in unmarked(path) if not text.strip().startswith(known)] == []


def test_each_module_that_may_hold_texts_said_to_no_one_is_there() -> None:
    assert [name for name in NO_SENTENCES if not (PACKAGE / name).is_file()] == []


def unmarked(path: Path) -> list[str]:
    """Return the texts with two words or more that are neither marked, nor a docstring, nor said to no one.

    A ValueError is said to no one: where a person could meet one, it is turned into a PartError or AuditError.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.search(r"[^\W\d_]{2,},? [^\W\d_]{2,}", node.value):
                found.append(node.value)
            continue
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in {*MARKS, "ValueError"}:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        waiting += ast.iter_child_nodes(node)
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_marked_is_one_whole_text_so_that_translators_are_given_it(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            for argument in node.args[: 2 if node.func.id == "ngettext" else 1]:
                inside = list(ast.walk(argument))
                assert not any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in inside), ast.unparse(node)


def test_every_trouble_and_every_printed_line_is_said_through_a_mark() -> None:
    said = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {"PartError", "say", "heading"}
    bare = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in said:
                bare += [ast.unparse(node) for first in node.args[:1] if is_bare(first)]
    assert bare == []


def is_bare(argument: ast.expr) -> bool:
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(re.search(r"[^\W\d_]{2,}", text) for text in texts if isinstance(text, str))


@pytest.mark.parametrize("path", sorted(shipped.folder("reports").glob("*.j2")), ids=lambda path: path.name)
def test_every_sentence_in_a_template_is_marked_for_translation(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    assert [text for text in pseudo.texts(bare) if re.search(r"[^\W\d_]", text)] == []


# -- what a person sees, in the pretend language ---------------------------------------------------


def test_a_forgotten_sentence_would_be_found() -> None:
    assert english("⟦Ţĥíš⟧ 3 /tmp/x --help https://a.example") == []
    assert english("⟦Ţĥéŕé íš ñó⟧ platform ⟦.⟧") == ["platform"]
    assert english("⟦šáíd:⟧ it was (not) ⟦ţŕáñšĺáţéd⟧") == ["it", "was", "not"]
    assert english("Show this message and exit. ⟦x⟧ and more", OF_TYPER) == ["and", "more"]
    assert pseudo.texts('<style>a b</style><p title="c">d<b>e</b>') == ["c", "d", "e"]


@pytest.mark.usefixtures("pretend")
def test_every_label_is_translated() -> None:
    said = [
        *(labels.verdict(one) for one in Verdict),
        *(labels.area(one) for one in Area),
        *(labels.severity(one) for one in Severity),
        *(labels.confidence(one) for one in Confidence),
        *(labels.group(one) for one in Group),
        *(labels.reason(one) for one in Reason),
        *(labels.next_step(one) for one in Reason),
        *(labels.flag(one) for one in Flag),
        *(labels.signed_out(one) for one in SignedOut),
        *(_(one) for one in guidance.FEATURES.values()),
    ]
    assert english("\n".join(said)) == []
    assert all(said)


def every_command() -> Iterator[tuple[str, ...]]:
    from tests.support.command_line import commands

    yield from (words for words, _command in commands() if words)


def test_every_help_text_is_translated(run: Run, ids: set[str]) -> None:
    commands = list(every_command())
    names = {name for command in commands for name in command}
    assert len(commands) > 12
    for command in ((), *commands):
        said = run(*command, "--help")
        assert said.code == 0
        assert "⟦" in said.text
        allowed = {
            *OF_TYPER,
            *names,
            *ids,
            "privacyaudit",
            "html,json,csv",
            "text,html",
            "html,csv",
            "mixed",
            "TEXT",
            "originals",
        }
        first_sentences_only = re.sub(r"^(  [a-z]+ +⟦[^⟦⟧\n]*)$", r"\1⟧", said.text, flags=re.MULTILINE)
        assert english(first_sentences_only, allowed) == [], command


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--areas"),
        ("list", "--checks"),
        ("list", "--stale"),
        ("list", "zzzz"),
        ("show", "everyday.saved-logins"),
        ("show", "wikipedia.email-from-others"),
        ("guidance",),
        ("keys", "list"),
        ("clean", "--yes"),
        ("clean",),
    ],
    ids=" ".join,
)
def test_what_a_command_prints_is_translated(run: Run, ids: set[str], arguments: tuple[str, ...]) -> None:
    said = run(*arguments, typed="n\n")
    assert "⟦" in said.text
    assert english(said.text, ids) == []


def test_checks_in_full_are_translated(run: Run, ids: set[str]) -> None:
    known = loading.catalogue()
    for name in ("everyday", "facebook", "whatsapp", "demo"):
        said = run("show", known.checklist(name).checklist.checks[-1].id)
        assert said.code == 0
        assert english(said.text, ids) == []


@pytest.mark.parametrize("name", [one.id for one in occasions.every()])
def test_a_walk_is_told_in_translation(run: Run, ids: set[str], name: str) -> None:
    said = run("prepare", name, "--no-input", "--service", "facebook", "--service", "mastodon", "--service", "tiktok")
    assert said.code == 0
    every = {one.id for one in letters.letters()} | {one.value.replace("_", "-") for one in Harm}
    assert english(said.text, {*ids, *every, *places.atlas().places, "noindex", "privacyaudit"}) == []


def test_what_works_here_is_told_in_translation(run: Run, ids: set[str]) -> None:
    assert english(run("doctor").text, {*ids, *EXTRAS, *KEYRINGS, *SCHEDULERS}) == []


SCHEDULERS = {"systemd", "cron", "launchd"}
KEYRINGS = {"keyring.backends.SecretService.Keyring", "keyring.backends.fail", "keyring.backends.fail.Keyring"}


def test_trouble_is_told_in_translation(run: Run, ids: set[str], tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.json"
    damaged.write_text("{")
    other = tmp_path / "other.json"
    other.write_text("{}")
    for arguments in (
        ("--lang", "klingon", "list"),
        ("show", "everyday.saved-login"),
        ("list", "--area", "nowhere"),
        ("audit", "--no-input", "--checklists", tmp_path / "nowhere.yaml"),
        ("audit", "nowhere"),
        ("audit", "--no-input"),
        ("audit", "--resume"),
        ("audit", "--resume", "everyday"),
        ("audit", "everyday", "--headless"),
        ("audit", "everyday", "--fill"),
        ("audit", "everyday", "--browser", "--headless"),
        ("audit", "everyday", "--role", "nobody"),
        ("audit", "everyday", "--format", "nowhere"),
        ("audit", "everyday", "--site", "nowhere"),
        ("audit", "everyday", "--site", "everyday=https://a.example"),
        ("audit", "everyday", "--site", "wikipedia=https://a.example"),
        ("audit", "wikipedia", "--site", "wikipedia=nowhere"),
        ("audit", "everyday", "--area", "ads", "--quick"),
        ("audit", "--answers", tmp_path / "nowhere.yaml"),
        ("report", tmp_path / "nowhere.json"),
        ("report", tmp_path),
        ("report", damaged),
        ("report", other),
        ("keys", "add", "everyday"),
        ("keys", "add", "wikipedia", "--at", "https://nowhere.example"),
        ("keys", "add", "wikipedia", "--totp-stdin"),
        ("keys", "code", "wikipedia"),
        ("keys", "forget"),
        ("keys", "forget", "wikipedia"),
        ("lint",),
        ("lint", tmp_path / "nowhere.yaml"),
    ):
        said = run(*arguments)
        assert said.code in (1, 2), (arguments, said)
        names = {
            "nowhere",
            "klingon",
            "nobody",
            "en",
            pseudo.LANGUAGE,
            "html",
            "json",
            "csv",
            "plan",
            "pdf",
            "list",
            *AuditRecord.model_fields,
        }
        allowed = {*ids, *names, *KEYRINGS, os.strerror(2), os.strerror(21), "everyday.saved-login"}
        assert english(said.text, allowed) == [], arguments


def test_a_good_checklist_is_linted_in_translation(run: Run, ids: set[str]) -> None:
    said = run("lint", shipped.folder("checklists") / "everyday.yaml")
    assert said.code == 0
    assert english(said.text, ids) == []


def test_what_an_old_checklist_needs_and_gets_is_told_in_translation(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pond.yaml"
    path.write_text(OLD, encoding="utf-8")
    for words in (("lint", path), ("lint", "--upgrade", path), ("lint", "--upgrade", path)):
        said = run(*words)
        assert said.code == 0
        assert english(said.text, {"pond.profile", "pond.mail", "pond.tags"}) == []


def test_what_could_be_better_in_a_checklist_is_told_in_translation(run: Run, ids: set[str], tmp_path: Path) -> None:
    pytest.importorskip("textstat", reason="textstat is not installed, so reading ease cannot be measured")
    path = tmp_path / "pond.yaml"
    text = alter(
        ("Can strangers write to you?", "Who can see your profile!"),
        ("[Untick the box.]", f"[{'Untick ' * 20}]"),
        ('{ id: "on", label: Ticked, verdict: fail }', '{ id: "on", label: Not ticked, verdict: pass }'),
        ("find: { field: visible }", "find: { role: heading, name: [visible] }"),
        (
            'take: checked\n        means: { "true": everyone, "false": friends }',
            "take: count\n        means: [{ at_least: 1, option: friends }]",
        ),
        ("help_hosts: [help.pond.example]", "help_hosts: []"),
        ("    guidance: [guide-1]\n", ""),
        ("https://pond.example/settings#profile", "https://lake.example/settings"),
        ("Learners look people up.", "OAuth phishing notwithstanding, institutional organisational accountability."),
    )
    path.write_text(text, encoding="utf-8")
    said = run("lint", "--strict", path)
    assert len(said.text.splitlines()) > 8
    names = {"pond.profile", "pond.mail", "pond.tags", "lake.example", "Pond", "oauth", "phishing", "trick"}
    quoted = {"connected app", "not ticked", "Untick " * 5 + "Untic", "hosts", "help_hosts"}
    assert english(said.text, {*ids, *names, *quoted}) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_a_checklist_is_told_in_translation(
    pretend: None, ids: set[str], tmp_path: Path, wrong: str
) -> None:
    text = WRONG[wrong][0]
    path = tmp_path / "pond.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(errors.ChecklistError) as caught:
        loading.load(path)
    of_the_file = {*english(text), *Severity, *Verdict, *Take, *_known_keys(), "web", "json"}
    for said in (caught.value.what, caught.value.advice):
        assert "⟦" in said
        assert english(said, {*ids, *of_the_file}) == []


def test_wrong_answers_are_told_in_translation(run: Run, ids: set[str], tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    for text in (
        "everyday.nothing: x\n",
        "nothing: x\n",
        "everyday.log-out: perhaps\n",
        "everyday.log-out: [x]\n",
        "a: on\n",
        "- a\n",
        "answers: { everyday.log-out: never }\neveryday.known-sessions: known\n",
        "".join(f"everyday.no{number}: x\n" for number in range(9)),
    ):
        path.write_text(text)
        said = run("audit", "--answers", path, "--no-input")
        assert said.code == 2, said
        invented = {"nothing", "everyday.nothing", "perhaps", "on", *(f"everyday.no{number}" for number in range(9))}
        assert english(said.text, {*ids, *invented}) == []


def test_a_whole_audit_and_its_report_are_translated(run: Run, ids: set[str], tmp_path: Path) -> None:
    known = loading.catalogue().loaded
    given = {}
    for name in ("everyday", "wikipedia", "facebook", "demo"):
        for number, check in enumerate(known[name].checklist.checks):
            if number % 7 != 6:
                given[check.id] = check.options[number % len(check.options)].id
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(given))
    said = run("audit", "--answers", answers, "--no-input", "--out", tmp_path / "out", "--role", "teacher")
    assert said.code == 0, said
    assert english(said.text, ids) == []
    [page] = (tmp_path / "out").glob("*.html")
    [plan] = (tmp_path / "out").glob("*.csv")
    [record] = (tmp_path / "out").glob("*.json")
    html = page.read_text(encoding="utf-8")
    assert f'<html lang="{pseudo.LANGUAGE}">' in html
    names = {*ids, page.name, plan.name, record.name}
    assert english("\n".join(pseudo.texts(html)), names) == []
    foot = re.search(r'@bottom-left\{content:"(.*?)"\}', html)
    assert foot
    assert english(re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), foot[1])) == []
    rows = list(csv.reader(io.StringIO(plan.read_text(encoding="utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) > 5
    assert english("\n".join("\n".join(row) for row in rows[1:]), ids) == []
    again = run("report", record, "--out", tmp_path / "again", "--no-open")
    assert english(again.text, ids) == []


def test_a_plain_walkthrough_is_translated(run: Run, ids: set[str], tmp_path: Path) -> None:
    typed = "?\nx\n\nb\n1\nd\ns\nb\n\n2\nq\n"
    said = run("audit", "everyday", "--plain", "--out", tmp_path, "--no-open", typed=typed)
    assert said.code == 130, said
    assert said.text.count("⟦") > 60
    moves = {"a", "b", "d", "l", "s", "q", "o", "x"}
    assert english(said.text, {*ids, *moves}) == []
    said = run(
        "audit", "--plain", "--out", tmp_path, "--no-open", typed="perhaps\nno\nzz\n1\nzz\n1\nno\nzz\n1\nzz\n1\nq\nq\n"
    )
    assert said.code == 130, said
    assert english(said.text, {*ids, *moves, "perhaps", "zz", "y", "n", "unfinished-1.jsonl"}) == []


def test_the_demo_is_translated(run: Run, ids: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_BROWSER", str(tmp_path / "nothing"))
    said = run("demo", "--out", tmp_path, "--no-open")
    assert said.code == 0, said
    assert english(said.text, ids) == []
    said = run("demo", "--account", "nobody")
    assert english(said.text, {*ids, "nobody", "safe", "open", "mixed"}) == []


@pytest.mark.usefixtures("pretend")
def test_the_journal_and_the_files_tell_their_trouble_in_translation(tmp_path: Path) -> None:
    from privacyaudit import journal

    path = tmp_path / "unfinished.jsonl"
    for content in ("x\n", "", '{"kind":"seen"}\n'):
        path.write_text(content)
        with pytest.raises(errors.RecordError) as damaged:
            journal.resume(path)
        assert english(f"{damaged.value.what}\n{damaged.value.advice}") == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(errors.SaveError) as lost:
        files.write(tmp_path / "file" / "report.html", "x")
    assert english(f"{lost.value.what}\n{lost.value.advice}", [os.strerror(17), os.strerror(20)]) == []


def test_english_is_spoken_again_afterwards() -> None:
    from privacyaudit.cli.commands import show

    assert i18n.language() == "en"
    assert show.HELP == "Show one check in full."
    assert labels.verdict(Verdict.PASS) == "Fine"


# -- translations that are wrong -------------------------------------------------------------------

FITTING = [
    (("{path} is gone.",), ("Mae {path} wedi mynd.",)),
    (("{number} of {total}",), ("{total}: {number}",)),
    (("{number} check", "{number} checks"), ("un", "dau", "{number}")),
    (("the only check", "none of {number}"), ("{number}", "{number}")),
    (("Audit, %(day)s",), ("%(day)s",)),
    (("20% off",), ("20 % i ffwrdd",)),
    (("100%% of %(day)s",), ("%(day)s 100%%",)),
    (("nothing",), ("dim",)),
    (("a { b",), ("a { b",)),
    (("the key {key!r}",), ("{key!r}",)),
]
MISFITS = [
    (("{path} is gone.",), ("Mae {llwybr} wedi mynd.",)),
    (("{path} is gone.",), ("Mae wedi mynd.",)),
    (("{path} is gone.",), ("Mae {path wedi mynd.",)),
    (("{path} is gone.",), ("Mae {} wedi mynd.",)),
    (("{path} is gone.",), ("Mae {0} wedi mynd.",)),
    (("{path} is gone.",), ("Mae {path.parent} wedi mynd.",)),
    (("{path} is gone.",), ("Mae {path:d} wedi mynd.",)),
    (("{path} is gone.",), ("Mae {path} {path!r} wedi mynd.",)),
    (("nothing",), ("{dim}",)),
    (("nothing",), ("dim }",)),
    (("nothing",), ("100% dim",)),
    (("{number} check", "{number} checks"), ("{number}", "{rhif}")),
    (("Audit, %(day)s",), ("%(dydd)s",)),
    (("Audit, %(day)s",), ("%(day)s 100%",)),
    (("Audit, %(day)s",), ("%(day)d",)),
]


@pytest.mark.parametrize(("wanted", "said"), FITTING)
def test_a_translation_may_move_its_placeholders(wanted: tuple[str, ...], said: tuple[str, ...]) -> None:
    assert keeps_placeholders(wanted, said)


@pytest.mark.parametrize(("wanted", "said"), MISFITS)
def test_a_translation_with_other_placeholders_is_found(wanted: tuple[str, ...], said: tuple[str, ...]) -> None:
    assert not keeps_placeholders(wanted, said)


def faults(po: bytes) -> list[str]:
    """Return the translations in a catalogue that do not keep their placeholders. Raises Babel's PoFileError."""
    said = [
        (i18n.forms(message.id), i18n.forms(message.string or ""))
        for message in read_po(io.BytesIO(po), abort_invalid=True)
    ]
    return [
        " / ".join(forms) for wanted, forms in said if all(wanted + forms) and not keeps_placeholders(wanted, forms)
    ]


def test_every_translation_that_is_shipped_keeps_its_placeholders_and_speaks() -> None:
    for path in shipped.folder("locale").glob("*/LC_MESSAGES/*.po"):
        assert faults(path.read_bytes()) == [], path
        with pseudo.locale(path.parents[2]):
            i18n.use(path.parts[-3])
            assert ngettext("{number} check", "{number} checks", 2), path


def test_a_shipped_translation_without_its_placeholders_would_be_found() -> None:
    assert faults(pseudo.words()) == []
    assert faults(WRONG_WORDS.encode()) == [
        "⟦{enw}⟧",
        "⟦{name⟧",
        "⟦{rhif}⟧ / ⟦{number}⟧",
        "⟦%(dydd)s⟧",
        "⟦100% gyntaf⟧",
    ]


WRONG_WORDS = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "There is no platform “{name}”."
msgstr "⟦{enw}⟧"

msgid "There is no check “{name}”."
msgstr "⟦{name⟧"

msgid "of {number} check"
msgid_plural "of {number} checks"
msgstr[0] "⟦{rhif}⟧"
msgstr[1] "⟦{number}⟧"

msgid "Privacy audit, %(day)s"
msgstr "⟦%(dydd)s⟧"

msgid "Do these first"
msgstr "⟦100% gyntaf⟧"

msgid "There is no role “{name}”."
msgstr "⟦{name}⟧"
"""


@pytest.fixture(scope="module")
def in_english() -> dict[str, ModuleType]:
    """The modules of the command line in a process that has no words for the language it was asked for."""
    return {}


@pytest.mark.parametrize("language", ["cy", "klingon", "zz_ZZ", "a-b c"])
def test_wrong_placeholders_and_unknown_languages_never_stop_the_program(
    language: str, tmp_path: Path, in_english: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudo.install(tmp_path / "locale", WRONG_WORDS.encode(), language)
    answers = tmp_path / "answers.yaml"
    answers.write_text("everyday.log-out: never\n")
    with pseudo.locale(tmp_path / "locale"):
        assert i18n.languages() == ("en", language)
        with pseudo.command_line(in_english) as run:
            monkeypatch.setenv("PRIVACYAUDIT_LANG", language)
            assert "There is no platform “nowhere”." in run("audit", "nowhere").text
            assert "There is no check “nowhere”." in run("show", "nowhere").text
            assert "⟦nobody⟧" in run("audit", "everyday", "--role", "nobody").text
            said = run("audit", "--answers", answers, "--no-input", "--out", tmp_path / "out")
        assert said.code == 0, said
        [page] = (tmp_path / "out").glob("*.html")
        html = page.read_text(encoding="utf-8")
        assert "<title>Privacy audit, " in html
        assert "Do these first" in html


@pytest.mark.parametrize("language", ["klingon", "zz_ZZ", "a-b c"])
def test_in_a_language_whose_months_nobody_knows_a_day_is_written_in_digits(language: str, tmp_path: Path) -> None:
    pseudo.install(tmp_path / "locale", WRONG_WORDS.encode(), language)
    with pseudo.locale(tmp_path / "locale"):
        i18n.use(language)
        assert i18n.day(date(2026, 11, 2)) == "2026-11-02"
        assert i18n.day(datetime(2026, 11, 2, 9, 30, tzinfo=UTC)) == "2026-11-02"
        assert i18n.month(date(2026, 11, 2)) == "2026-11"
        assert ngettext("of {number} check", "of {number} checks", 3) == "of {number} checks"
        with pytest.raises(UsageError, match="⟦nobody⟧"):
            loading.catalogue().role("nobody")


def test_a_language_that_nobody_knows_keeps_its_own_rule_for_numbers(tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{form}] "{form}: {{number}}"\n' for form in range(3))
    po = f'{pseudo.HEAD}\nmsgid "{{number}} year"\nmsgid_plural "{{number}} years"\n{forms}'
    pseudo.install(tmp_path / "locale", po.encode())
    with pseudo.locale(tmp_path / "locale"):
        i18n.use(pseudo.LANGUAGE)
        said = [ngettext("{number} year", "{number} years", number).format(number=number) for number in (1, 2, 3)]
        assert said == ["0: 1", "1: 2", "2: 3"]
        assert _("{number} year") == "0: {number}"


BROKEN_WORDS = {
    "a rule that is none": (b"plural=(n != 1)", b"plural=__import__;"),
    "a rule that divides by nothing": (b"plural=(n != 1)", b"plural=1/(n-3)"),
    "no number of forms": (b"nplurals=2", b"nplurals=two"),
    "a line that is none": (b'\nmsgid "Do these first"', b'\n<<<<<<< HEAD\nmsgid "Do these first"'),
    "another encoding": (b"charset=UTF-8", b"charset=klingon"),
    "signs that are no UTF-8": (b"gyntaf", b"\xff\xfe"),
}


@pytest.mark.parametrize("kind", BROKEN_WORDS)
def test_words_that_cannot_be_used_leave_english_and_one_sentence(
    kind: str, tmp_path: Path, in_english: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = BROKEN_WORDS[kind]
    assert right in WRONG_WORDS.encode()
    pseudo.install(tmp_path / "locale", WRONG_WORDS.encode().replace(right, wrong), "cy")
    with pseudo.locale(tmp_path / "locale"), pseudo.command_line(in_english) as run:
        monkeypatch.setenv("PRIVACYAUDIT_LANG", "cy")
        monkeypatch.setattr(i18n, "_wrong", {})
        said = run("audit", "--role", "nobody", "everyday").text
        assert "There is no role “nobody”." in said
        assert said.count("so it uses English") == 1
        assert "privacyaudit.po" in said
        assert "WARNING" not in said


def test_a_mark_of_byte_order_changes_nothing(
    tmp_path: Path, in_english: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudo.install(tmp_path / "locale", b"\xef\xbb\xbf" + WRONG_WORDS.encode(), "cy")
    with pseudo.locale(tmp_path / "locale"), pseudo.command_line(in_english) as run:
        monkeypatch.setenv("PRIVACYAUDIT_LANG", "cy")
        said = run("audit", "everyday", "--role", "nobody").text
    assert "⟦nobody⟧" in said
    assert "WARNING" not in said
