"""The pictures of an entry of proof: first the law, then each file that somebody names or drops into the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.places import Atlas
from privacyaudit.about_me.proof import rules, taking
from privacyaudit.about_me.proof.entries import Taken
from privacyaudit.cli.dialogs.remove import pick, show_card
from privacyaudit.cli.prompts import Person
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Harm
from privacyaudit.storage import reading

_WANTED = reading.FileKind(
    UsageError,
    rules.MOST_BYTES,
    N_("{path} is larger than 50 MB. The program did not take it."),
    N_("Take a picture of the screen in parts. The program takes no films."),
    taking.CHOOSE,
)


def ask(what: Harm, person: Person, atlas: Atlas) -> Iterator[Taken]:
    """Ask for pictures until there is none left; where a child may be in one, take none and say what to do."""
    person.say()
    person.say(rules.before_a_picture())
    question, answers = rules.question(what)
    child = pick(person, question, [(answer, _(label)) for answer, label in answers])
    if not rules.pictures_are_possible(child):
        person.say(rules.in_place_of_a_picture())
        show_card(first_hour(atlas, child=True))
        return
    asked = _("Drop a picture here, or type its path. To go on without one, press Enter.")
    for number in range(1, rules.MOST_PICTURES + 1):
        taken = _one(asked, person)
        if taken is None:
            return
        yield taken
        asked = _("Picture {number} is taken. Drop the next one here. If there is none, press Enter.").format(
            number=number
        )
    person.say(_("One entry has at most {number} pictures. Make another entry for more.").format(number=number))


def _one(question: str, person: Person) -> Taken | None:
    """Ask until a picture is taken, or none is left."""
    while typed := person.line(question):
        try:
            taken = _read(path_typed(typed))
        except UsageError as error:
            person.trouble(error)
            continue
        if _agreed(taken, person):
            return taken
    return None


def path_typed(text: str) -> Path:
    """Return the path that was typed, or that a terminal typed when a file was dropped: quoted, escaped or a link."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(urlsplit(text).path)
        text = text.lstrip("/") if sys.platform == "win32" else text
    elif sys.platform != "win32":
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _read(path: Path) -> Taken:
    """Return a file as a picture. Raises UsageError for what is none, or is too large."""
    try:
        raw = reading.read(path, _WANTED)
    except ValueError:
        raise UsageError(_("This is not the path of a file."), _("Drop the file into this window.")) from None
    return taking.take(raw)


def _agreed(taken: Taken, person: Person) -> bool:
    """Say what was found in a picture, and ask where something is odd."""
    person.say(taking.what_it_is(taken))
    if not taking.can_be_shown(taken):
        person.say(taking.broken())
        if not person.confirm(_("Keep it as it is?"), False):
            return False
    said = list(taking.where(taken))
    for line in said:
        person.say(line)
    return person.confirm(_("Keep it with the place in it?"), True) if len(said) > 1 else True
