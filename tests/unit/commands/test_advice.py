"""Every option and command that a sentence names is there, on the command that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.support.command_line import commands
from tests.support.in_process import run

TEMPLATE = Path(__file__).parents[3] / "locale" / "privacyaudit.pot"
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
LINE = re.compile(r"\bprivacyaudit((?: (?:--)?[a-z][a-z-]*)+)")
OTHERS = re.compile(r"(?:pip|python -m|apt) [^.]*")
PROSE = {"guidance", "is", "in", "from", "if", "that"}
"""Words after the program's name in a sentence about the program."""

READS = ("audit", "probe")
OPENS_THE_HISTORY = (
    *("audit", "accept", "plan", "due", "remind ics"),
    *("history list", "history show", "history forget", "history export", "history import"),
)
SAID_BY = {
    "checklists/bluesky.yaml": ("audit",),
    "privacyaudit/browser/fill.py": READS,
    "privacyaudit/browser/sign_in.py": READS,
    "privacyaudit/catalogue/sites.py": ("audit", "page", "probe", "keys add"),
    "privacyaudit/cli/dialogs/browser.py": READS,
    "privacyaudit/cli/dialogs/clinic.py": ("clinic open",),
    "privacyaudit/cli/dialogs/destination.py": ("page", "remove"),
    "privacyaudit/cli/dialogs/plan.py": ("audit",),
    "privacyaudit/cli/parsing.py": ("audit",),
    "privacyaudit/clinic/reach.py": ("clinic open",),
    "privacyaudit/clinic/serving.py": ("clinic open",),
    "privacyaudit/clinic/session.py": ("clinic open",),
    "privacyaudit/clinic/store.py": ("clinic open", "clinic report"),
    "privacyaudit/credentials/sign_ins.py": ("keys add",),
    "privacyaudit/journal.py": ("audit",),
    "privacyaudit/over_time/history.py": OPENS_THE_HISTORY,
    "privacyaudit/plan.py": ("audit",),
    "privacyaudit/session.py": ("audit",),
    "privacyaudit/readers/beside.py": READS,
    "privacyaudit/readers/outside.py": ("audit",),
    "privacyaudit/reminders/calendar.py": ("remind ics",),
    "reports/clinic-board.html.j2": ("clinic open",),
}
"""Which commands say what a file says that names options: every one of them must have every one of these.

A sentence that others say too names a whole command line, `privacyaudit …`, instead.
"""
EXCEPT = {
    "Add --browser.": ("audit",),
    "Add --fill, or leave out --headless.": READS,
    "--headless shows no window, so you could not sign in by hand.": READS,
    "Leave out a limit such as --quick, or choose another platform.": ("audit", "clinic open"),
    "If you chose a passphrase, add --passphrase. If not, unlock the keyring and try again.": (
        "clinic open",
        "clinic report",
    ),
}


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """The options of each command, by its words."""
    return {
        " ".join(words): {"--help"} | {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        for words, command in commands()
    }


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence of ours with the file it stands in."""
    with TEMPLATE.open("rb") as file:
        for message in read_po(file):
            for text in (message.id,) if isinstance(message.id, str) else message.id:
                yield from ((where, str(text)) for where, _line in message.locations)


def whole_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command line in a sentence: its words and what follows them, up to the end of the line."""
    for found in LINE.finditer(OTHERS.sub("", text)):
        words = [word for word in found[1].split() if not word.startswith("--")]
        rest: list[str] = re.split(r"[”.)]|, | or ", text[found.end(0) - len(found[1]) :])
        yield " ".join(words), rest[0]


def named(words: str, options: dict[str, set[str]]) -> str | None:
    """Return the command that a command line begins with."""
    first, second, *_rest = *words.split(), "", ""
    return next((name for name in (f"{first} {second}", first) if name in options), None)


def test_every_command_that_a_sentence_names_is_there_with_its_options(options: dict[str, set[str]]) -> None:
    wrong, seen = [], 0
    for where, text in sentences():
        for words, rest in whole_lines(text):
            if words.split()[0] in PROSE and f"“privacyaudit {words.split()[0]}" not in text:
                continue
            command = named(words, options)
            seen += 1
            if command is None or set(OPTION.findall(rest)) - options[command]:
                wrong.append((where, text))
    assert not wrong
    assert seen > 40


def bare(text: str) -> set[str]:
    """Return the options in a sentence that belong to no command line in it."""
    text = OTHERS.sub("", text)
    for _words, rest in whole_lines(text):
        text = text.replace(rest, "")
    return set(OPTION.findall(text))


def test_every_option_that_a_sentence_names_is_on_each_command_that_says_it(options: dict[str, set[str]]) -> None:
    wrong, seen = [], 0
    for where, text in sentences():
        for option in bare(text):
            seen += 1
            path = Path(where)
            if path.parent.name == "commands":
                mine = [name for name in options if name.split(" ")[0] == path.stem]
                right = any(option in options[name] for name in mine)
            elif path.name == "options.py":
                right = any(option in has for has in options.values())
            else:
                said_by = EXCEPT.get(text) or SAID_BY.get(where, ("",))
                right = all(option in options[name] for name in said_by)
            if not right:
                wrong.append((where, option, text))
    assert not wrong
    assert seen > 40


def test_a_command_that_is_not_there_would_be_found(options: dict[str, set[str]]) -> None:
    [(words, rest)] = whole_lines("To go on: privacyaudit clinic open --keep. Or not.")
    assert named(words, options) == "clinic open"
    assert set(OPTION.findall(rest)) - options["clinic open"] == {"--keep"}
    assert bare("Add --passphrase, or run “privacyaudit keys add --site”.") == {"--passphrase"}
    assert named("flee", options) is None


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("audit", "texting", "--no-input", "--keep", "--passphrase"), "--passphrase-stdin"),
        (("audit", "texting", "--no-input", "--keep"), "--passphrase-stdin"),
        (("clinic", "open", "--name", "X", "--passphrase", "--no-open"), "--passphrase-stdin"),
        (("keys", "add", "wikipedia"), "keyring"),
        (("history", "forget", "--all"), "--help"),
    ],
)
def test_where_nobody_can_be_asked_the_advice_can_be_followed(
    words: tuple[str, ...], advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setattr("privacyaudit.clinic.forgetful.begin_again", lambda: None)
    done = run(*words)
    assert done.returncode in (1, 2)
    assert advice in done.stderr
    assert "Aborted" not in done.stderr


def test_one_meaning_has_one_name() -> None:
    """Options with the same words for what they do are called the same, and what is written goes to `--out`."""
    names: dict[str, set[str]] = {}
    for words, command in commands():
        for one in command.params:
            shown = not getattr(one, "hidden", False) and one.opts[0].startswith("-")
            if shown and (one.help or ""):
                names.setdefault(one.help, set()).add(one.opts[0])
                wanted = re.search(r"[Tt]he folder for|Where to write", one.help)
                assert not wanted or one.opts == ["--out"], (words, one.opts)
    assert {text: called for text, called in names.items() if len(called) > 1} == {}
    assert sum("--out" in called for called in names.values()) > 2
