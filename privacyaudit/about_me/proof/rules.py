"""What may be kept as proof, what must not, and what people who help will ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from privacyaudit.about_me.case import KINDS
from privacyaudit.about_me.rules import NEVER_SAVE, holds
from privacyaudit.i18n import N_, _
from privacyaudit.model import Audience, FileKind, Harm, Location

MOST_PICTURES = 12
"""The most pictures of one entry."""
MOST_BYTES = 50_000_000
"""The most bytes of one picture: a long screenshot may have 40 MB, and it is held in memory while it is kept."""


class Child(StrEnum):
    """Whether somebody under 18 may be shown in a naked or sexual way."""

    NO = "no"
    MAYBE = "maybe"


def pictures_are_possible(child: Child) -> bool:
    """Tell whether any picture may be taken in: none where a child may be in it, not even one that was made up.

    Protection of Children Act 1978 s. 1 and Criminal Justice Act 1988 s. 160; made-up ones count as real ones.
    """
    return child is Child.NO


def before_a_picture() -> str:
    """Return what is said before any picture is taken in."""
    return _(NEVER_SAVE)


def question(what: Harm) -> tuple[str, tuple[tuple[Child, str], ...]]:
    """Return what is asked before any picture is taken in, and the answers with what each means."""
    if holds(KINDS["sexual"], {what}):
        answers = ((Child.NO, _("Yes, I am sure")), (Child.MAYBE, _("No, or I am not sure")))
        return _("Is everybody in it 18 or older?"), answers
    answers = ((Child.NO, _("No")), (Child.MAYBE, _("Yes, or I am not sure")))
    return _("Is there a naked or sexual picture of somebody who may be under 18 in it? Made-up ones count."), answers


def in_place_of_a_picture() -> str:
    """Return what is said where no picture may be taken in."""
    return _(
        "Then the program takes no picture. It keeps your words only: the address, the account, the day, and who "
        "could see it."
    )


# -- words -----------------------------------------------------------------------------------------

_AUDIENCES = {
    Audience.EVERYONE: N_("Everyone, also without signing in"),
    Audience.SIGNED_IN: N_("Everyone who signs in there"),
    Audience.GROUP: N_("Friends, followers or the members of a group"),
    Audience.ONLY_ME: N_("Only me, such as a private message"),
    Audience.UNKNOWN: N_("I do not know"),
}

_KINDS = {
    FileKind.PNG: N_("a PNG picture"),
    FileKind.JPEG: N_("a JPEG picture"),
    FileKind.WEBP: N_("a WebP picture"),
    FileKind.GIF: N_("a GIF picture"),
    FileKind.HEIC: N_("an HEIC picture"),
    FileKind.PDF: N_("a PDF"),
}

_LOCATIONS = {
    Location.FOUND: N_("The file says where it was taken."),
    Location.NONE_FOUND: N_("We found no place in the file where it was taken."),
    Location.UNKNOWN: N_("We could not tell whether the file says where it was taken."),
}


def audience(which: Audience) -> str:
    """Return the words for who could see it."""
    return _(_AUDIENCES[which])


def kind(which: FileKind) -> str:
    """Return the words for a kind of file."""
    return _(_KINDS[which])


def location(which: Location) -> str:
    """Return the words for whether a picture says where it was taken."""
    return _(_LOCATIONS[which])


def size(number: int) -> str:
    """Return a number of bytes as people say it."""
    if number < 100_000:
        return _("{number} KB").format(number=max(1, round(number / 1_000)))
    return _("{number} MB").format(number=f"{number / 1_000_000:.1f}")


_MORE: Mapping[Harm, tuple[str, ...]] = {
    Harm.FAKE_ACCOUNT: (
        N_("The address of the account that pretends to be you, and the address of your own."),
        N_("Your proof that it is you: show that only inside the platform's own form."),
    ),
    Harm.TAKEN_OVER: (N_("The messages that say that your password, e-mail address or number was changed."),),
    Harm.GROUP: (N_("The name of the group, and who showed it to you."),),
    Harm.OWN_PHOTO: (N_("Where your original is, who took the photo, and when."),),
    Harm.ARTICLE: (
        N_("The title, the day and the address of the article, and proof of what is wrong."),
        N_("IPSO takes a complaint within 4 months, or 12 months while the article is online."),
    ),
    Harm.SEARCH_RESULT: (
        N_("The words that you searched for, the address of the page, and the engine."),
        N_("For an AI assistant: your question, and the whole answer."),
    ),
    Harm.COMMENT: (
        N_(
            "If it is untrue and does you serious harm, ask a solicitor soon. You usually have one year to go to court."
        ),
    ),
}
"""What is asked for besides, by what it is. IPSO: Editors' Code. One year: Limitation Act 1980 s. 4A, and in Scotland
Defamation and Malicious Publication (Scotland) Act 2021 s. 32. A platform: its report forms."""


def wanted(what: Harm) -> Iterator[str]:
    """Yield what platforms, the police and people who help usually want to see."""
    yield _("The full address of each page or profile, and the name of the account.")
    yield _("The day and the time at which you saw it, and who could see it.")
    yield from (_(line) for line in _MORE.get(what, ()))
    yield _("What you have done: the day of each report, its number, and the answer.")
    yield _("If you went to the police: the crime number.")
