"""Which letters there are, and what a letter says once its blanks are filled. A blank that nobody filled is marked."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path

from privacyaudit import i18n, shipped
from privacyaudit.about_me.typed import clean, link
from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Confidence
from privacyaudit.model.letter import TODAY, Blank, Blanks, Ground, Group, Kind, Letter, pieces

GROUPS: Mapping[Group, str] = {
    Group.PEOPLE: N_("To people you know, or who know you"),
    Group.WEBSITES: N_("To websites, newspapers and platforms"),
    Group.SEARCHES: N_("To search engines"),
    Group.REGISTERS: N_("To registers, and to companies that sell details"),
    Group.DATA: N_("Your rights under the law on data, step by step"),
    Group.CONTACT: N_("To say no when somebody asks to be your friend"),
}
"""What each group of letters is called."""

NO_LEGAL_ADVICE = N_("This letter is not legal advice. Your union or a solicitor can give you that.")

_FOR_EVERY_LETTER = (
    N_("Keep proof first: the address, the day, and a picture of the screen with the name of the account."),
    N_("Never save a sexual picture of somebody under 18, not even as proof. Write down the address only."),
    N_("Send one letter to one place. Keep a copy, and note the day on which you send it."),
)

_SURE = {
    Confidence.HIGH: N_("We are sure of this."),
    Confidence.MEDIUM: N_("We are fairly sure of this."),
    Confidence.LOW: N_("We are not sure of this, so check it."),
}


class Part(Enum):
    """What a piece of a written letter is."""

    WORDS = "words"
    FILLED = "filled"
    LEFT = "left"


@dataclass(frozen=True)
class Piece:
    """A few words of a written letter; `link` is the address that they are, where they are one."""

    text: str
    part: Part = Part.WORDS
    link: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph of a written letter, or a point of a list."""

    pieces: tuple[Piece, ...]
    point: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Written:
    """A letter with its blanks filled, as far as they were; `left` are the others."""

    letter: Letter
    subject: Block | None
    blocks: tuple[Block, ...]
    left: tuple[Blank, ...]


@dataclass(frozen=True)
class Advice:
    """Sentences for somebody who wants to send a letter, below their heading."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """A letter, the file that it is from, and (in `text`) the lines of its parts."""

    letter: Letter
    path: Path
    text: strictyaml.Text = field(repr=False, compare=False)


# -- which there are -------------------------------------------------------------------------------


def load(path: Path) -> Loaded:
    """Read one letter. Raises ChecklistError with file, line and what to do."""
    text = strictyaml.read(path)
    letter = faults.validate(Letter, text, path)
    known = {blank.id for blank in blanks()} | {TODAY}
    if strange := sorted(letter.named - known):
        raise ChecklistError(
            strictyaml.at(
                path, text.line(("letter",)), _("there is no blank {name}.").format(name=f"{{{strange[0]}}}")
            ),
            _("The blanks are in {file}.").format(file=_BLANKS),
        )
    return Loaded(letter, path, text)


def letters() -> tuple[Letter, ...]:
    """Return the letters that came with the program, group by group."""
    return _letters(_folder(), shipped.stamp(_folder()))


def letter(letter_id: str) -> Letter:
    """Return a letter by its id. Raises UsageError for an unknown one, with the nearest names."""
    known = {one.id: one for one in letters()}
    if found := known.get(letter_id):
        return found
    near = difflib.get_close_matches(letter_id, known, n=3)
    advice = _("“privacyaudit letter” shows all letters.")
    raise UsageError(
        _("There is no letter “{name}”.").format(name=letter_id),
        _("Did you mean {names}?").format(names=", ".join(near)) + " " + advice if near else advice,
    )


def blanks() -> tuple[Blank, ...]:
    """Return all blanks that letters may have."""
    return _blanks(_folder(), shipped.stamp(_folder()))


def blanks_of(one: Letter) -> tuple[Blank, ...]:
    """Return the blanks of a letter that a person fills, in the order in which they are asked."""
    return tuple(blank for blank in blanks() if blank.id in one.named)


def told(one: Letter) -> tuple[Advice, ...]:
    """Return what is said to somebody about a letter before they send it; none of it stands in the letter."""
    return (*reach(one), *sending(one))


def reach(one: Letter) -> tuple[Advice, ...]:
    """Return what a letter can do and what it cannot, which is said before anybody fills it in."""
    parts = (
        Advice(_("What it can do"), tuple(map(_, one.achieves))),
        Advice(_("What it cannot do"), tuple(map(_, (*one.cannot_achieve, NO_LEGAL_ADVICE)))),
    )
    return tuple(part for part in parts if part.sentences)


def sending(one: Letter) -> tuple[Advice, ...]:
    """Return what to do before a letter is sent, when an answer is due, what follows a no, and what it rests on."""
    every = () if one.kind is Kind.MESSAGE else _FOR_EVERY_LETTER
    parts = (
        Advice(_("Before you send it"), tuple(map(_, (*one.before_sending, *every)))),
        Advice(_("When an answer is due"), (_(one.answer_by),)),
        Advice(_("If they say no"), tuple(map(_, one.when_refused))),
        Advice(_("What it rests on"), tuple(map(_ground, one.grounds))),
    )
    return tuple(part for part in parts if part.sentences)


def _ground(ground: Ground) -> str:
    """Say a rule, how sure we are of it, and where it is written."""
    dated = _("dated {date}").format(date=ground.source.page) if ground.source.dated else _("without a date")
    return _("{rule} {confidence} Source: {address} ({dated}, read in {read})").format(
        rule=_(ground.text),
        confidence=_(_SURE[ground.confidence]),
        address=ground.source.url,
        dated=dated,
        read=ground.source.read,
    )


_BLANKS = "_blanks.yaml"


def _folder() -> Path:
    return shipped.folder("reports") / "letters"


@lru_cache(maxsize=2)
def _letters(folder: Path, stamp: shipped.Stamp) -> tuple[Letter, ...]:
    found = [load(path).letter for path, *_state in stamp if path != folder / _BLANKS]
    return tuple(sorted(found, key=lambda one: list(Group).index(one.group)))


@lru_cache(maxsize=2)
def _blanks(folder: Path, stamp: shipped.Stamp) -> tuple[Blank, ...]:
    del stamp
    path = folder / _BLANKS
    return faults.validate(Blanks, strictyaml.read(path), path).blanks


# -- what it says ----------------------------------------------------------------------------------


def write(one: Letter, filled: Mapping[str, Sequence[str]], today: date) -> Written:
    """Return a letter with its blanks filled.

    `filled` maps the id of a blank to its lines; of a blank with choices, the line is the id of a choice. Empty lines
    are left out, and a blank without a line is marked.
    """
    asked = blanks_of(one)
    lines = {blank.id: _lines(blank, filled.get(blank.id, ())) for blank in asked}
    lines[TODAY] = [i18n.day(today)]
    known = {blank.id: blank for blank in asked}
    blocks = [block for point, text in one.blocks for block in _blocks(_(text), point=point, lines=lines, blanks=known)]
    subject = _block(_(one.subject), False, lines, known) if one.subject else None
    return Written(one, subject, tuple(blocks), tuple(blank for blank in asked if not lines[blank.id]))


def _lines(blank: Blank, typed: Sequence[str]) -> list[str]:
    lines = [line for line in map(clean, typed) if line]
    wordings = {wording.id: _(wording.text) for wording in blank.choices}
    return [wordings.get(line, line) for line in lines]


def _blocks(text: str, *, point: bool, lines: Mapping[str, Sequence[str]], blanks: Mapping[str, Blank]) -> list[Block]:
    """Return a paragraph, or as many points of a list as there are lines for its blank."""
    only = [name for name, is_blank in pieces(text) if is_blank]
    if point and len(only) == 1 and only[0] in blanks and blanks[only[0]].many and lines[only[0]]:
        return [_block(text, True, {**lines, only[0]: [line]}, blanks) for line in lines[only[0]]]
    return [_block(text, point, lines, blanks)]


def _block(text: str, point: bool, lines: Mapping[str, Sequence[str]], blanks: Mapping[str, Blank]) -> Block:
    made: list[Piece] = []
    parts = pieces(text)
    for (piece, is_blank), (after, _is_blank) in zip(parts, [*parts[1:], ("", False)], strict=True):
        if not is_blank:
            made.append(Piece(piece))
        elif given := lines.get(piece):
            for number, line in enumerate(given):
                made += [Piece(", ")] if number else []
                words = line.rstrip(".") if after.startswith(".") else line
                made.append(Piece(words, Part.FILLED, link(words)))
        else:
            made.append(Piece(f"[{_(blanks[piece].mark)}]", Part.LEFT))
    return Block(tuple(made), point)
