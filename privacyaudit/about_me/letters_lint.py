"""What could be better in a letter that can be used."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.about_me.letters import Loaded
from privacyaudit.catalogue import readability, strictyaml
from privacyaudit.catalogue.lint import words
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import _
from privacyaudit.model.letter import pieces

HARDEST = 8.0
MOST_WORDS = 250
"""What fits on one page with the blanks filled."""


def is_letter(path: Path) -> bool:
    """Tell whether a file is a letter, and not a checklist; one that cannot be read is not."""
    try:
        data = strictyaml.read(path).data
    except ChecklistError:
        return False
    return isinstance(data, dict) and "letter" in data


def remarks_on(loaded: Loaded, *, strict: bool) -> list[str]:
    """Return what could be better in a letter: one sentence each, with file and line.

    With `strict`, how it reads is measured too. Raises MissingExtra.
    """
    return [*words(loaded.path, loaded.text), *_length(loaded), *(_hard_to_read(loaded) if strict else [])]


def _length(loaded: Loaded) -> list[str]:
    words = sum(len(text.split()) for _point, text in loaded.letter.blocks)
    if words <= MOST_WORDS:
        return []
    said = _("the letter has {words} words. More than {most} do not fit on one page.")
    return [at(loaded.path, loaded.text.line(("letter",)), said.format(words=words, most=MOST_WORDS))]


def _hard_to_read(loaded: Loaded) -> list[str]:
    one = loaded.letter
    said = (*one.achieves, *one.cannot_achieve, *one.before_sending, one.answer_by, *one.when_refused)
    parts = {
        "letter": tuple(
            "".join("it" if blank else piece for piece, blank in pieces(text)) for _point, text in one.blocks
        ),
        "achieves": (*said, *(ground.text for ground in one.grounds)),
    }
    return [
        at(
            loaded.path,
            loaded.text.line((key,)),
            _("this part is hard to read (grade {grade:.1f}, but the limit is {most:.0f}).").format(
                grade=measured, most=HARDEST
            ),
        )
        for key, texts in parts.items()
        if (measured := readability.grade(*texts)) > HARDEST
    ]
