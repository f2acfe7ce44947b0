"""Every sentence a person sees passes through here, so that it can be translated.

Catalogues are gettext `.po` files under `locale/<language>/LC_MESSAGES/privacyaudit.po`; they are read as they are,
so there is no compiled copy that could go stale. English is the language of the source and needs none.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from datetime import date
from functools import cache

from privacyaudit.errors import UsageError

DOMAIN = "privacyaudit"
SOURCE_LANGUAGE = "en"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE_LANGUAGE


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
    """Speak this language from now on. Raises UsageError for one without a catalogue."""
    global _current, _language
    if language not in languages():
        raise UsageError(
            _("There are no words for the language “{language}” yet.").format(language=language),
            _("Choose one of: {languages}.").format(languages=", ".join(languages())),
        )
    _current = gettext.NullTranslations() if language == SOURCE_LANGUAGE else _catalogue(language)
    _language = language


def language() -> str:
    """Return the language spoken now, such as `en` or `cy`."""
    return _language


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be chosen, English first."""
    from privacyaudit import places

    found = places.data("locale").glob(f"*/LC_MESSAGES/{DOMAIN}.po")
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
    """Write a date out, such as 22 November 2026."""
    from babel.dates import format_date

    return str(format_date(when, "long", locale="en_GB" if _language == SOURCE_LANGUAGE else _language))


def month(when: date) -> str:
    """Write a month out, such as August 2026."""
    from babel.dates import format_date

    return str(format_date(when, "MMMM y", locale="en_GB" if _language == SOURCE_LANGUAGE else _language))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    from privacyaudit import places

    source = places.data("locale") / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
