"""What a person says about something that is out there: nothing in it names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privacyaudit.about_me.rules import holds
from privacyaudit.model import Author, Harm, Risk

KINDS: Mapping[str, str] = {
    "sexual": "intimate|made_up",
    "mine": "taken_over|old_account|me",
    "on_paper": "article|old_page|register|search_result|old_account|contact !contact|organisation|unknown|me",
    "pupils_side": "parent|pupil",
    "near": "friend|colleague",
    "child": "child|both",
    "danger": "danger|both",
    "hostile": "partner|danger !mine|taken_over",
    "not_to_be_kept": "child sexual",
    "for_the_employer": "!me pupils_side|work pupils_side|article|!on_paper",
}
"""What else a case is called, each with the words of a rule that make it so; a later one may use those before it.

`mine` can be removed by the person. `on_paper` is a page or an entry that an organisation keeps, and not what people
say to each other. `pupils_side` are those to whom one does not write oneself, `near` those who can be asked. In a case
that is `hostile`, somebody may come to harm when the one who put it there hears of a complaint. `not_to_be_kept` is
what nobody may save or look for. `for_the_employer` is what the employer should hear of today: not of a page that an
organisation keeps, but of an article; and not of what the person put there, where the union is asked first.
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
        facts = {self.harm.value, self.author.value, self.risk.value, *(["work"] if self.work else [])}
        for kind, when in KINDS.items():
            if holds(when, facts):
                facts.add(kind)
        return frozenset(facts - {Risk.NONE, Risk.BOTH})
