"""Every sentence a person sees passes through here, so that it can be translated.

Catalogues are gettext `.po` files under `locale/<language>/LC_MESSAGES/privacyaudit.po`; they are read as they are,
so there is no compiled copy that could go stale. English is the language of the source and needs none.
"""

from __future__ import annotations

import codecs
import gettext
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from string import Formatter

from privacyaudit import clock, shipped
from privacyaudit.errors import UsageError

DOMAIN = "privacyaudit"
SOURCE_LANGUAGE = "en"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE_LANGUAGE
_wrong: dict[str, str] = {}


def wanted_language(arguments: Sequence[str] = ()) -> str:
    """Return the language that the command line or the environment asks for, English where there are no words for it.

    An unknown one on the command line is left for the command to refuse.
    """
    for index, argument in enumerate(arguments):
        following = arguments[index + 1] if argument == "--lang" and index + 1 < len(arguments) else ""
        wanted = following or (argument.removeprefix("--lang=") if argument.startswith("--lang=") else "")
        if wanted in languages():
            return wanted
    for variable in ("PRIVACYAUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            language = value.split(".")[0].split("@")[0]
            for candidate in (language, language.split("_")[0]):
                if candidate in languages():
                    return candidate
            return SOURCE_LANGUAGE
    return SOURCE_LANGUAGE


def use(language: str) -> None:
    """Speak this language from now on. Raises UsageError for one without a catalogue.

    Where its catalogue cannot be used, English is spoken, and `trouble` says so.
    """
    global _current, _language
    if language not in languages():
        raise UsageError(
            _("There is no translation for “{language}” yet.").format(language=language),
            _("Choose one of: {languages}.").format(languages=", ".join(languages())),
        )
    found = gettext.NullTranslations() if language == SOURCE_LANGUAGE else _catalogue(language)
    _current = found or gettext.NullTranslations()
    _language = language if found else SOURCE_LANGUAGE


def trouble(language: str) -> str:
    """Say what is wrong with the words for a language; nothing where they can be used."""
    return _wrong.get(language, "")


def language() -> str:
    """Return the language spoken now, such as `en` or `cy`."""
    return _language


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be chosen, English first."""
    found = shipped.folder("locale").glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    return (SOURCE_LANGUAGE, *sorted(path.parts[-3] for path in found))


def _(message: str) -> str:
    """Return a sentence in the current language."""
    return _current.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a sentence that goes with a number."""
    return _current.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark a sentence for translation that is looked up later."""
    return message


def day(when: date) -> str:
    """Write a date out, such as 22 November 2026; in a language whose months Babel does not know, 2026-11-22.

    Of a moment it writes the person's day.
    """
    if isinstance(when, datetime):
        when = clock.day(when)
    if _language == SOURCE_LANGUAGE:
        return f"{when.day} {month(when)}"
    return _written(when, "long", _language) or f"{when:%Y-%m-%d}"


def month(when: date) -> str:
    """Write a month out, such as August 2026; in a language whose months Babel does not know, 2026-08."""
    if _language == SOURCE_LANGUAGE:
        return f"{_MONTHS[when.month - 1]} {when.year}"
    return _written(when, "MMMM y", _language) or f"{when:%Y-%m}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in English, so that an English report need not load Babel."""


@cache
def _written(when: date, form: str, language: str) -> str | None:
    """Return a date as a language writes it; cached, because hundreds of findings share a few dates."""
    from babel.core import UnknownLocaleError
    from babel.dates import format_date

    try:
        return str(format_date(when, form, locale=language))
    except (UnknownLocaleError, ValueError):
        return None


def keeps_placeholders(wanted: Sequence[str], said: Iterable[str]) -> bool:
    """Tell whether a translation asks for what its sentence is given, and for nothing else.

    `wanted` is the sentence, or its singular and plural, `said` the translation or its forms. A form that goes with a
    number may leave a placeholder out; one with a brace or a percent sign too many would stop the program.
    """
    given = frozenset[object]().union(*map(_placeholders, wanted))
    return all(asked <= given if len(wanted) > 1 else asked == given for asked in map(_placeholders, said))


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Return the forms of a sentence that goes with a number, and the one form of any other, as Babel holds them."""
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> frozenset[object]:
    percent = re.findall(r"%\(\w+\)\w|%%|%", text)
    try:
        braces = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return frozenset([*percent, "a brace that has no other"])
    return frozenset([*percent, *braces])


class _Catalogue(gettext.NullTranslations):
    """A catalogue in memory: what is said for each sentence, in its forms, and which form goes with a number."""

    def __init__(self, said: Mapping[str, tuple[str, ...]], form_for: Callable[[int], int]) -> None:
        super().__init__()
        self._said = said
        self._form_for = form_for

    def gettext(self, message: str) -> str:
        said = self._said.get(message, ("",))
        return (said[0] or message) if len(said) == 1 else self.ngettext(message, message, 1)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        said = dict(enumerate(self._said.get(msgid1, ())))
        return said.get(self._form_for(n)) or super().ngettext(msgid1, msgid2, n)


_NUMBERS_TRIED = 200
"""Rules for plural forms look at the last two digits of a number."""


@cache
def _catalogue(language: str) -> _Catalogue | None:
    """Read a catalogue; None for one that cannot be used, of which `trouble` is kept.

    A translation that does not keep its placeholders is left out, and English is said instead.
    """
    from babel.messages.pofile import PoFileError, read_po

    source = shipped.folder("locale") / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    try:
        read = read_po(io.BytesIO(source.read_bytes().removeprefix(codecs.BOM_UTF8)), abort_invalid=True)
        form_for = gettext.c2py(read.plural_expr)
        for number in range(_NUMBERS_TRIED):
            form_for(number)
    except (PoFileError, ArithmeticError, LookupError, OSError, ValueError) as error:
        _wrong[language] = f"{source}: {' '.join(str(error).split())}"
        return None
    said = {}
    for message in read:
        wanted, given = forms(message.id), forms(message.string or "")
        if wanted[0] and not message.fuzzy and keeps_placeholders(wanted, given):
            said[wanted[0]] = given
    return _Catalogue(said, form_for)
