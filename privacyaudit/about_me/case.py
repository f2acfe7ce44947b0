"""What a person says about something that is out there: nothing in it names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privacyaudit.model import Author, Harm, Risk

KINDS: Mapping[str, frozenset[str]] = {
    "sexual": frozenset({Harm.INTIMATE, Harm.MADE_UP}),
    "mine": frozenset({Harm.TAKEN_OVER, Harm.OLD_ACCOUNT, Author.ME}),
    "on_paper": frozenset(
        {Harm.ARTICLE, Harm.OLD_PAGE, Harm.REGISTER, Harm.SEARCH_RESULT, Harm.CONTACT, Harm.OLD_ACCOUNT}
    ),
    "pupils_side": frozenset({Author.PARENT, Author.PUPIL}),
    "near": frozenset({Author.FRIEND, Author.COLLEAGUE}),
    "child": frozenset({Risk.CHILD, Risk.BOTH}),
    "danger": frozenset({Risk.DANGER, Risk.BOTH}),
}
"""What else a case is called, and one of which makes it so.

`mine` can be removed by the person. `on_paper` is a page or an entry that an organisation keeps, and not what people
say to each other. `pupils_side` are those to whom one does not write oneself, `near` those who can be asked.
"""


@dataclass(frozen=True)
class Case:
    """What is out there, where, who put it there, whether it is about school or work, and who may come to harm."""

    harm: Harm
    place: str
    author: Author = Author.UNKNOWN
    work: bool = False
    risk: Risk = Risk.NONE

    @property
    def facts(self) -> frozenset[str]:
        """Return what holds of it, as the words of the rules: what it is, who put it there, and its kinds."""
        said = {self.harm.value, self.author.value, self.risk.value}
        kinds = {kind for kind, words in KINDS.items() if words & said}
        return frozenset((said - set(Risk)) | kinds | ({"work"} if self.work else set()))
