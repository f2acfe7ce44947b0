"""The first hour after an intimate or made-up picture: one card, which needs no account and no other step."""

from __future__ import annotations

from dataclasses import dataclass

from privacyaudit.about_me import words
from privacyaudit.about_me.places import Atlas
from privacyaudit.i18n import N_, _


@dataclass(frozen=True)
class Card:
    """What to do in the first hour, in order, and who helps."""

    title: str
    lines: tuple[str, ...]
    helpers: tuple[str, ...]


_GROWN_UP = (
    N_("This is not your fault. Sit down with somebody you trust, or ring the helpline below."),
    N_("Do not answer, do not pay, and do not send anything more."),
    N_("Do not delete anything yet. Write down the address, the name of the account, the day and the time."),
    N_("Take a picture of the screen with the name of the account. Keep it to yourself, and do not forward it."),
    N_("Go to stopncii.org with the picture on your own device. Only a fingerprint of it leaves the device."),
    N_("Press “Report” beside the picture. Choose the line about a nude or sexual picture without consent."),
    N_("If somebody threatens you or asks for money, ring the police on 101. If you are in danger, ring 999."),
    N_("If pupils or parents may see it, tell your head or manager today. You do not have to show it to anyone."),
    N_(
        "A law of April 2026 is to make sites take reported intimate pictures down within 48 hours. We could not check "
        "that it is in force yet."
    ),
)

_CHILD = (
    N_("Do not open it again. Do not save, copy, photograph or forward it, not even as proof: that is an offence."),
    N_("Write down in words only: the address, the name of the account, the day and the time."),
    N_("Tell your designated safeguarding lead now. If there is nobody, ring 101. If a child is in danger, ring 999."),
    N_("Do not ask the young person to show it or send it. Do not promise to keep it secret."),
    N_("Sit beside the young person while they use Report Remove. If they are over 18 by now, use Take It Down."),
    N_("If you only found it: give its address to the Internet Watch Foundation, never the picture."),
    N_("Then press “Report” in the app, if you can do that without opening the picture."),
    N_("Tell the young person that it is not their fault, and that you will stay with them."),
)


def first_hour(atlas: Atlas, *, child: bool) -> Card:
    """Return the card: for a grown-up, or for a picture in which somebody is under 18."""
    names = ("safeguarding", "report-remove", "take-it-down", "iwf", "police", "posh") if child else _FOR_GROWN_UPS
    title = _("The first hour: somebody under 18 is in the picture") if child else _("The first hour")
    lines = _CHILD if child else _GROWN_UP
    return Card(title, tuple(_(line) for line in lines), tuple(words.helper(atlas.helpers[name]) for name in names))


_FOR_GROWN_UPS = ("intimate-images", "stopncii", "police", "posh", "education-support")
