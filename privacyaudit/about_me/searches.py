"""What a person types about themselves becomes the searches worth doing. Pure: nothing is opened, sent or kept.

Words stand in no `repr`, no error and no sentence of an error, so that no log and no traceback can show them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from urllib.parse import quote

from privacyaudit import shipped
from privacyaudit.catalogue import faults, strictyaml
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import CONTROL, Search, Searches, Word, host_of
from privacyaudit.model.search import PLACE, QUERY

ASKED = tuple(word for word in Word if word is not Word.CALLED)
LONGEST = 200
MOST_OF_A_KIND = 3
SHORT = 10
MINUTES_EACH = 1
MOST_NAMES = 3
MOST_DIGITS = 15
FEWEST_DIGITS = 6

_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
_QUOTES = re.compile('["“”„«»]')
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")
_USER = re.compile(r"[^\s/\\?#]+")


# -- what is typed ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What a person typed about themselves, by kind, each once and as it is searched for."""

    of: Mapping[Word, tuple[str, ...]] = field(repr=False)

    def __bool__(self) -> bool:
        """Tell whether there is anything to search for: a town or a place of work alone finds nobody."""
        return any(self.of.get(word) for word in ASKED if word not in (Word.TOWN, Word.WORK))

    def values(self, word: Word) -> tuple[str, ...]:
        """Return the values of a kind; those of `called` are the names and then the former names."""
        if word is Word.CALLED:
            return tuple(dict.fromkeys((*self.values(Word.NAME), *self.values(Word.FORMER))))
        return self.of.get(word, ())


def typed(kind: Word, line: str) -> tuple[str, ...]:
    """Return what is in a line, with commas between values, each once. Raises UsageError, which repeats none of it."""
    values = [value for part in re.split("[,\u060c;]", line) if (value := _plain(part))]
    if len(values) > MOST_OF_A_KIND:
        raise UsageError(
            _("There are more than {number} in this line.").format(number=MOST_OF_A_KIND),
            _("Type the {number} that people are most likely to use.").format(number=MOST_OF_A_KIND),
        )
    return tuple({_same(value): value for value in reversed([_checked(kind, value) for value in values])}.values())[
        ::-1
    ]


def _plain(text: str) -> str:
    """Return a text with plain apostrophes and hyphens, single spaces and no quotes."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).translate(_HYPHENS)
    return " ".join(_QUOTES.sub(" ", plain).split())


def _same(text: str) -> str:
    """Return what tells two values apart: capital letters do not."""
    return text.casefold()


WRONG: Mapping[Word, str] = {
    Word.EMAIL: N_("This is not an e-mail address. Type it like name@example.org."),
    Word.PHONE: N_("This is not a phone number. Type only its digits, with spaces or a + if you like."),
    Word.USER: N_("This is not a user name. Type the name alone, without a web address and without spaces."),
}


def _checked(kind: Word, value: str) -> str:
    """Return a value as it is searched for. Raises UsageError."""
    if len(value) > LONGEST:
        raise UsageError(
            _("This is longer than {number} characters.").format(number=LONGEST), _("Type a shorter form of it.")
        )
    if CONTROL.search(value):
        raise UsageError(_("There is a hidden character in this line."), _("Type it again instead of pasting it."))
    if kind is Word.USER:
        value = value.removeprefix("@")
    fits = {
        Word.EMAIL: lambda: bool(_EMAIL.fullmatch(value)),
        Word.PHONE: lambda: bool(_PHONE.fullmatch(value)) and FEWEST_DIGITS <= len(_digits(value)) <= MOST_DIGITS,
        Word.USER: lambda: bool(_USER.fullmatch(value)) and any(letter.isalnum() for letter in value),
    }
    if kind in fits and not fits[kind]():
        raise UsageError(_(WRONG[kind]))
    if "://" in value or not any(letter.isalnum() for letter in value):
        raise UsageError(_("There is nothing in this line that can be searched for."), _("Type words, no web address."))
    return value


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def spellings(number: str) -> tuple[str, ...]:
    """Return the ways in which people write a phone number: as it was typed, run together, and with +44 or with 0."""
    known = " ".join(re.sub(r"[()./-]", " ", number.replace("(0)", " ")).split())
    if known.startswith("00"):
        known = "+" + known[2:].lstrip()
    if known.startswith("+44"):
        home = "0" + known[3:].strip().removeprefix("0")
    elif known.startswith("0"):
        home = known
    else:
        return tuple(dict.fromkeys((known, known.replace(" ", ""))))
    abroad = "+44 " + home.removeprefix("0").strip()
    return tuple(dict.fromkeys((home, home.replace(" ", ""), abroad, abroad.replace(" ", ""))))


# -- the searches ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """A search with the person's words in it: what is searched for, and the address, which may be None."""

    search: Search
    query: str = field(repr=False)
    address: str | None = field(repr=False)

    @property
    def sends_words(self) -> bool:
        """Tell whether opening the address sends the words, rather than a page on which to type them."""
        return self.search.address is not None and QUERY in self.search.address

    @property
    def host(self) -> str:
        """Return the host that the address leads to."""
        return host_of(self.address or "")


def plan(words: Words, searches: Sequence[Search]) -> list[Planned]:
    """Return the searches for which the words are there, in order, each query at each place once."""
    planned: dict[tuple[str, str], Planned] = {}
    for search in searches:
        for query in _queries(search.query, words):
            address = search.address and search.address.replace(QUERY, quote(query, safe=""))
            planned.setdefault((search.address or search.id, _same(query)), Planned(search, query, address))
    return list(planned.values())


def short(planned: Sequence[Planned]) -> list[Planned]:
    """Return the ten that usually find most, in order: the first search for up to three names, all others once."""
    taken: Counter[str] = Counter()
    found = []
    for one in planned:
        taken[one.search.id] += 1
        if taken[one.search.id] <= (MOST_NAMES if one.search is planned[0].search else 1):
            found.append(one)
    return found[:SHORT]


def _queries(template: str, words: Words) -> Iterator[str]:
    """Yield a query with each combination of the words that it has places for; none where a kind is missing."""
    kinds = list(dict.fromkeys(PLACE.findall(template)))
    for values in product(*(words.values(Word(kind)) for kind in kinds)):
        filled = dict(zip(kinds, values, strict=True))
        if len({_same(value) for value in values}) == len(values) and not _steps_up(template, values):
            yield PLACE.sub(lambda place, filled=filled: _filled(place[1], filled[place[1]]), template)  # type: ignore[misc]


def _filled(kind: str, value: str) -> str:
    return " OR ".join(f'"{one}"' for one in spellings(value)) if kind == Word.PHONE else value


def _steps_up(template: str, values: Sequence[str]) -> bool:
    """Tell whether a query is nothing but dots: in a path, they would lead to another page."""
    return PLACE.fullmatch(template) is not None and not values[0].strip(".")


# -- the file --------------------------------------------------------------------------------------


def path() -> Path:
    """Return the file of searches that came with the program."""
    return shipped.folder("checklists") / "about_me" / "searches.yaml"


def every() -> tuple[Search, ...]:
    """Return the searches that came with the program. Raises ChecklistError."""
    return _every(shipped.stamp(path().parent))


@lru_cache(maxsize=2)
def _every(stamp: shipped.Stamp) -> tuple[Search, ...]:
    del stamp
    return read(path()).searches


def read(file: Path) -> Searches:
    """Read a file of searches. Raises ChecklistError with file, line and what to do."""
    return faults.validate(Searches, strictyaml.read(file), file)
