"""What is asked about something that is out there, and for a search for oneself: the same in terminal and page."""

from __future__ import annotations

from collections.abc import Mapping

from privacyaudit.i18n import N_
from privacyaudit.model import Word

QUESTIONS: Mapping[str, str] = {
    "risk": N_("Is anybody in danger today, or is somebody under 18 seen or named in it?"),
    "about": N_("Who is it about?"),
    "harm": N_("What is out there?"),
    "place": N_("Where is it?"),
    "author": N_("Who put it there?"),
    "work": N_("Is it about your school or your work?"),
}
"""In the order in which they are asked."""

ABOUT: Mapping[str, str] = {
    "me": N_("Me, or a child that I look after or work with"),
    "beside": N_("Somebody who sits beside me and wants this"),
    "other": N_("Somebody else"),
}
AT_FIRST = N_("Until you have your steps: do not reply, do not pay, and do not delete anything.")
"""What is right in every case, said after the question about danger."""

NO_PLAN = (
    N_("This program does not look into other people, so it made no plan."),
    N_("Sit down with the person and let them answer. If you worry about a child, tell your safeguarding lead."),
)
"""What is said to somebody who asks about another person, and what to do instead."""

NO_PROOF = (N_("This program does not collect proof about other people, so nothing was kept."), NO_PLAN[1])
"""What is said to somebody who wants to keep proof about another person."""

FOR_WHOM = N_("Who is this search for?")
SEARCHERS: Mapping[str, str] = {
    "me": N_("For me"),
    "beside": N_("For somebody who is beside me and wants this"),
    "other": N_("For somebody else"),
}
NO_SEARCH = (
    N_(
        "The program does not make a list of searches for somebody else. Such a list can be used to follow or"
        " frighten a person, and we cannot tell what it is for."
    ),
    N_("If you help somebody, sit beside them and let them answer. If you worry about somebody, talk to them."),
)
BESIDE = N_("Let them type the words and choose the answers. The program keeps nothing about them.")

WORDS: Mapping[Word, str] = {
    Word.NAME: N_("Your name, as people know you"),
    Word.FORMER: N_("Names that you had before"),
    Word.NICKNAME: N_("Nicknames that people use for you"),
    Word.USER: N_("User names that you use online"),
    Word.TOWN: N_("Your town"),
    Word.WORK: N_("Your school, council or employer"),
    Word.PHONE: N_("Your phone number"),
    Word.EMAIL: N_("Your e-mail address"),
}
NO_WORDS = (
    N_("There is nothing to search for. A town or a workplace alone finds nobody."),
    N_("Type at least a name, a nickname, a user name, a phone number or an e-mail address."),
)
DEVICES: Mapping[str, str] = {
    "phone": N_("This one works best in the app on a phone."),
    "computer": N_("This one works best on a computer."),
}
