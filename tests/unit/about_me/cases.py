"""Twelve things that happen to people who work in schools and councils, in our own words from public reports.

Each says what a person would answer, which step has to come first, where it is reported, and with which letter.
"""

from __future__ import annotations

from typing import NamedTuple

from privacyaudit.about_me.case import Case
from privacyaudit.about_me.rules import Kind
from privacyaudit.model import Author, Harm, Risk


class Story(NamedTuple):
    """What happened, the case that it is, the first step, the route, the letter and words that have to be said."""

    story: str
    case: Case
    first: Kind
    route: str
    letter: str | None
    said: tuple[str, ...]


STORIES = {
    "fake TikTok account": Story(
        "An account with a teacher's name and staff photo posts films that make fun of her. Pupils follow it.",
        Case(Harm.FAKE_ACCOUNT, "tiktok", Author.PUPIL, work=True),
        Kind.NOT,
        "tiktok.fake",
        "fake-account",
        ("Do not write to the pupil or the parent yourself", "0344 381 4772", "“Pretending to be someone”"),
    ),
    "parents' group": Story(
        "In a chat of parents, a named teacher is called unfit. A mother shows him the messages.",
        Case(Harm.GROUP, "whatsapp", Author.PARENT, work=True),
        Kind.NOT,
        "whatsapp.post",
        None,
        ("ask your union before you say or write anything about it", "Tell your head"),
    ),
    "nudified picture": Story(
        "A picture from the school's site was made into a nude one with AI and sent round on Snapchat.",
        Case(Harm.MADE_UP, "snapchat", Author.UNKNOWN, work=True),
        Kind.FIRST_HOUR,
        "snapchat.post",
        None,
        ("stopncii.org", "0345 6000 459", "do not pay", "101"),
    ),
    "old article": Story(
        "A local paper wrote ten years ago that somebody was charged. The case was dropped, and nobody wrote that.",
        Case(Harm.ARTICLE, "local-paper", Author.ORGANISATION),
        Kind.NOT,
        "press.editor",
        "newspaper",
        ("add how it ended", "4 months", "IPSO"),
    ),
    "stolen photo": Story(
        "A photo that a teaching assistant took of herself is the picture of a stranger's profile.",
        Case(Harm.OWN_PHOTO, "instagram", Author.STRANGER),
        Kind.NOT,
        "law.copyright",
        "copyright",
        ("only if you took the photo", "gives your name and address to the other side"),
    ),
    "home address": Story(
        "A people-search site shows a youth worker's home address and the people who live there.",
        Case(Harm.CONTACT, "192com", Author.ORGANISATION),
        Kind.NOT,
        "192com.remove",
        "marketing",
        ("Do not pay a company", "Leave the open register too", "We are not sure of this"),
    ),
    "councillor's register": Story(
        "The council's register of interests shows a councillor's home address. Somebody has written threats.",
        Case(Harm.REGISTER, "council-site", Author.ORGANISATION, work=True, risk=Risk.DANGER),
        Kind.DANGER,
        "council.sensitive",
        "councillor",
        ("999", "The monitoring officer decides", "We could not check"),
    ),
    "old school page": Story(
        "A school that somebody left long ago still shows her photo and her e-mail address.",
        Case(Harm.OLD_PAGE, "school-site", Author.ORGANISATION),
        Kind.NOT,
        "school.object",
        "school-site",
        ("you can take that back", "PDFs, newsletters", "Since 19 June 2026"),
    ),
    "film from class": Story(
        "A pupil filmed a lesson with a phone and put it on TikTok. The teacher and two pupils can be seen.",
        Case(Harm.FILM, "tiktok", Author.PUPIL, work=True, risk=Risk.CHILD),
        Kind.DANGER,
        "tiktok.post",
        None,
        ("designated safeguarding lead", "Do not forward it", "0344 381 4772"),
    ),
    "account taken over": Story(
        "Somebody signed in to a teacher's Instagram, changed the password and asks her friends for money.",
        Case(Harm.TAKEN_OVER, "instagram", Author.STRANGER),
        Kind.OWN,
        "own.back",
        None,
        ("Forgot password", "Tell your friends", "0300 123 2040"),
    ),
    "comment below a paper": Story(
        "Below an article about a school, a reader writes that a named teacher hits children.",
        Case(Harm.COMMENT, "local-paper", Author.STRANGER, work=True),
        Kind.NOT,
        "press.comment",
        "newspaper",
        ("Do not answer in public", "Your union"),
    ),
    "old forum account": Story(
        "Before a job, somebody finds jokes that they wrote in a forum when they were a student.",
        Case(Harm.OLD_ACCOUNT, "forum", Author.ME),
        Kind.OWN,
        "own.close",
        None,
        ("Forgot password", "your posts stay after the account has gone"),
    ),
}
