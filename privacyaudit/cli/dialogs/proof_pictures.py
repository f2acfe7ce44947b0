"""The pictures of an entry of proof: first the law, then each file that somebody names or drops into the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from privacyaudit import extras, pictures
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.places import Atlas
from privacyaudit.about_me.proof import entries, kinds, rules
from privacyaudit.about_me.proof.entries import Taken
from privacyaudit.about_me.proof.location import location
from privacyaudit.cli.dialogs.remove import pick, show_card
from privacyaudit.cli.prompts import Person
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import FileKind, Harm, Location
from privacyaudit.storage import reading

_WANTED = reading.FileKind(
    UsageError,
    rules.MOST_BYTES,
    N_("{path} is larger than 50 MB. The program did not take it."),
    N_("Take a picture of the screen in parts. The program takes no films."),
    N_("Choose a picture or a PDF."),
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
    if taken := entries.take(raw):
        return taken
    if not raw:
        raise UsageError(_("This file is empty."), _(_WANTED.give))
    if kinds.is_text(raw):
        raise UsageError(
            _("This file holds text and not a picture, whatever its name says."),
            _("Take a picture of the screen. Or type the words later, as your own note."),
        )
    raise UsageError(
        _("The program does not know this kind of file. It takes PNG, JPEG, WebP, HEIC, GIF and PDF."),
        _("Take a picture of the screen."),
    )


def _agreed(taken: Taken, person: Person) -> bool:
    """Say what was found in a picture, and ask where something is odd."""
    person.say(_("This is {kind} of {size}.").format(kind=rules.kind(taken.kind), size=rules.size(len(taken.raw))))
    if not (taken.whole and _can_be_shown(taken)):
        person.say(_("It is broken, or was cut off. Other programs may show it in part, or not at all."))
        if not person.confirm(_("Keep it as it is?"), False):
            return False
    where = location(taken.kind, taken.raw)
    if where is not Location.NONE_FOUND:
        person.say(rules.location(where))
    if where is Location.FOUND:
        person.say(
            _(
                "That can be proof, so the program changes nothing in the file. When you export it for others, choose "
                "copies: they do not have it."
            )
        )
        return person.confirm(_("Keep it with the place in it?"), True)
    return True


def _can_be_shown(taken: Taken) -> bool:
    """Tell whether a picture can be decoded, as far as we can try."""
    if taken.kind in (FileKind.HEIC, FileKind.PDF) or not extras.installed("copies"):
        return True
    try:
        pictures.bare_copy(taken.raw, 1)
    except pictures.UnreadableError:
        return False
    except pictures.TooBigError:
        return True
    return True
