"""What to leave alone, what to keep and who to tell: the sentences for a case, in the order in which they are said."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.about_me import words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.places import Atlas
from privacyaudit.i18n import N_, _
from privacyaudit.model import Author, Harm

_THEN_101 = N_("If it is not this minute, but there are threats or blackmail, ring 101 and ask for a crime number.")
NEVER_SAVE = N_(
    "Never save, copy or forward a sexual picture of somebody under 18, not even as proof. That is an offence. Pass on "
    "the address only."
)


def in_danger(case: Case, atlas: Atlas) -> Iterator[str]:
    """Yield what comes before any form, for somebody in danger or a child."""
    helpers = []
    if case.danger:
        yield _("If somebody is in danger now, ring 999. Do it before you read on.")
        yield _(_THEN_101)
        helpers += ["emergency", "police"]
    if case.child:
        yield _("Tell your designated safeguarding lead, or the child's school, today. Do not wait for a form.")
        helpers.append("safeguarding")
    if case.child and case.sexual:
        yield _(NEVER_SAVE)
        helpers += ["iwf", "report-remove"]
    yield from (words.helper(atlas.helpers[name]) for name in helpers)


def not_to_do(case: Case) -> Iterator[str]:
    """Yield what to leave alone."""
    if case.child and not case.sexual:
        yield _("Do not forward it or show it around, because a child can be seen in it.")
    if case.pupils_side:
        yield _("Do not write to the pupil or the parent yourself. Your head or safeguarding lead does that.")
    elif case.on_paper:
        yield _("Do not pay a company to remove it. What it can do, you can do for free.")
        yield _("Do not use your work address, and do not send a copy of your passport by e-mail.")
    if case.harm is Harm.ARTICLE or case.harm is Harm.COMMENT:
        yield _("Do not answer in public, and do not ask others to. It brings more people to it.")
    elif case.near:
        yield _("Do not answer in public. Do not delete anything before you have proof.")
    elif not case.on_paper:
        yield _("Do not reply, and do not ask anybody to. Do not delete anything before you have proof.")
    if case.work:
        yield _(
            "If somebody has complained about you, do not say anything about it in writing before you ask your union."
        )


def proof(case: Case) -> Iterator[str]:
    """Yield what to write down, and what to keep."""
    yield _("Write down the full address of each page or profile, the day and the time, and who can see it.")
    if case.harm is Harm.TAKEN_OVER:
        yield _("Keep the messages that say that your password, e-mail address or number was changed.")
    else:
        yield _("Take a picture of the screen that shows the name of the account, the date and the words.")
    yield _("Keep it where only you can see it, not on a work computer.")
    yield _("The program can keep it encrypted, with pictures. Type: privacyaudit proof")
    if case.harm in (Harm.FAKE_ACCOUNT, Harm.GROUP, Harm.POST, Harm.COMMENT, Harm.FILM):
        yield _("Do not make a false account to see more. Ask somebody who can see it to show you.")


def tell(case: Case, atlas: Atlas) -> Iterator[str]:
    """Yield who to tell, when and why; nothing where nobody has to know."""
    names: list[str] = []
    if case.work or case.pupils_side:
        names += ["employer", "union", "posh"]
        yield _("Tell your head, manager or monitoring officer today, before they hear it from somebody else.")
        yield _("Say what it is, where it is, and what you have done so far. You do not have to show it.")
    if case.child or case.author is Author.PUPIL:
        names.append("safeguarding")
    if case.harm is Harm.TAKEN_OVER:
        yield _("Tell your friends and groups by another way that the messages are not from you.")
        names += ["fraud", "cyber"]
    if case.harm is Harm.FAKE_ACCOUNT and not case.work:
        yield _("Tell your friends and contacts which account is yours, and ask them to report the other one.")
    if case.harm is Harm.CONTACT and case.author in (Author.STRANGER, Author.UNKNOWN):
        yield _("If somebody uses it to frighten you, ring the police on 101.")
        names.append("stalking")
    if case.work and not case.on_paper:
        names.append("education-support")
    if case.sexual:
        names = [name for name in names if name in ("employer", "union")]
    yield from (words.helper(atlas.helpers[name]) for name in dict.fromkeys(names))
