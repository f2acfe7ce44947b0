"""A letter that a person sends themselves: its words, its blanks, what it can do, and the law it rests on."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import Data, Id, Line, PartError, Plain
from privacyaudit.model.source import UNDATED, Source
from privacyaudit.model.vocabulary import Confidence

TODAY = "today"
"""The blank that the program fills: the day on which the letter is written."""

POINT = "- "
"""What a point of a list begins with."""

_BLANK = re.compile(r"\{([a-z_]*)\}")
BlankId = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]


class Fills(StrEnum):
    """What goes into a blank: a line, the private address of a person, or the addresses of one or more pages."""

    LINE = "line"
    PRIVATE = "private"
    ADDRESS = "address"
    ADDRESSES = "addresses"


class Wording(Data):
    """One of the sentences from which a blank is filled, and the words by which a person chooses it."""

    id: Id
    label: Line
    text: Plain


class Blank(Data):
    """A gap in letters: `ask` is the question to a person, `mark` names the gap that nobody filled."""

    id: BlankId
    ask: Line
    mark: Line
    fills: Fills = Fills.LINE
    choices: tuple[Wording, ...] = ()

    @property
    def many(self) -> bool:
        """Tell whether more than one line may go into it."""
        return self.fills is Fills.ADDRESSES


class Blanks(Data):
    """All blanks that letters may have, in the order in which they are asked."""

    schema_: Literal["1"] = Field(alias="schema")
    blanks: Annotated[tuple[Blank, ...], Field(min_length=1)]


class Ground(Data):
    """A rule on which a letter rests, where it is written, and how sure we are of it."""

    text: Plain
    confidence: Confidence
    source: Source

    @model_validator(mode="after")
    def _sure_of_the_date(self) -> Self:
        if self.confidence is Confidence.HIGH and self.source.page == UNDATED:
            raise PartError(N_("the source has no date, so confidence cannot be high: write medium"), "confidence")
        return self


class Kind(StrEnum):
    """How a letter is sent: by post or e-mail, as a short message, in the fields of a form, or handed to somebody."""

    LETTER = "letter"
    MESSAGE = "message"
    FORM = "form"
    NOTE = "note"


class Group(StrEnum):
    """What a letter is about, in the order in which letters are listed."""

    PEOPLE = "people"
    WEBSITES = "websites"
    SEARCHES = "searches"
    REGISTERS = "registers"
    DATA = "data"
    CONTACT = "contact"


class Letter(Data):
    """A letter with blanks such as `{pages}`. An empty line ends a paragraph; a paragraph that begins with a dash is
    a point of a list.
    """

    schema_: Literal["1"] = Field(alias="schema")
    id: Id
    kind: Kind
    group: Group
    title: Line
    addressee: Line
    achieves: Annotated[tuple[Plain, ...], Field(min_length=1)]
    cannot_achieve: Annotated[tuple[Plain, ...], Field(min_length=1)]
    before_sending: tuple[Plain, ...] = ()
    answer_by: Plain
    days: Annotated[int, Field(ge=1, le=400)] | None = None
    when_refused: Annotated[tuple[Plain, ...], Field(min_length=1)]
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    subject: Line | None = None
    letter: Annotated[str, Field(max_length=6000)]

    @property
    def blocks(self) -> tuple[tuple[bool, str], ...]:
        """Return the paragraphs of its text, each with whether it is a point of a list."""
        return tuple((part.startswith(POINT), part.removeprefix(POINT)) for part in paragraphs(self.letter))

    @property
    def named(self) -> frozenset[str]:
        """Return the ids of its blanks."""
        return frozenset(_BLANK.findall(self.letter)) | frozenset(_BLANK.findall(self.subject or ""))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a letter's text, each as one line; a dash begins one too."""
    parts = re.split(r"\n\s*\n|\n(?=- )", text.strip())
    return [" ".join(part.split()) for part in parts]


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return a paragraph in its pieces, each with whether it is the id of a blank rather than words."""
    return [(piece, bool(number % 2)) for number, piece in enumerate(_BLANK.split(text)) if piece or number % 2]
