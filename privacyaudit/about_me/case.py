"""What a person says about something that is out there: nothing in it names them."""

from __future__ import annotations

from dataclasses import dataclass

from privacyaudit.model import Author, Harm, Risk


@dataclass(frozen=True)
class Case:
    """What is out there, where, who put it there, whether it is about school or work, and who may come to harm."""

    harm: Harm
    place: str
    author: Author = Author.UNKNOWN
    work: bool = False
    risk: Risk = Risk.NONE

    @property
    def child(self) -> bool:
        """Tell whether a child is in it."""
        return self.risk in (Risk.CHILD, Risk.BOTH)

    @property
    def danger(self) -> bool:
        """Tell whether somebody is in danger today."""
        return self.risk in (Risk.DANGER, Risk.BOTH)

    @property
    def sexual(self) -> bool:
        """Tell whether it is an intimate or a made-up picture."""
        return self.harm in (Harm.INTIMATE, Harm.MADE_UP)

    @property
    def mine(self) -> bool:
        """Tell whether the person can remove it themselves."""
        return self.harm in (Harm.TAKEN_OVER, Harm.OLD_ACCOUNT) or self.author is Author.ME

    @property
    def on_paper(self) -> bool:
        """Tell whether it is a page or an entry that an organisation keeps, and not what people say to each other."""
        return self.harm in _ON_PAPER

    @property
    def pupils_side(self) -> bool:
        """Tell whether a pupil or a parent put it there, to which one does not write oneself."""
        return self.author in (Author.PARENT, Author.PUPIL)

    @property
    def near(self) -> bool:
        """Tell whether somebody put it there who can be asked."""
        return self.author in (Author.FRIEND, Author.COLLEAGUE)


_ON_PAPER = {
    Harm.ARTICLE,
    Harm.OLD_PAGE,
    Harm.REGISTER,
    Harm.SEARCH_RESULT,
    Harm.CONTACT,
    Harm.OLD_ACCOUNT,
}
