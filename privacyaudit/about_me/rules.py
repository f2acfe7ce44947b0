"""Which sentence is said in which case: one table, from which the terminal and the page make the same steps.

A rule begins with the words that have to hold of a case, with spaces between them: `work`, `!child` for “no child”,
`parent|pupil` for one of the two. The words are those of `Case.facts`, and of its
first route: `own` where the person can remove it, `written` where it is a letter or an e-mail to a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from privacyaudit.i18n import N_


class Kind(StrEnum):
    """What a step is about, in the order in which steps are taken."""

    DANGER = "danger"
    FIRST_HOUR = "first_hour"
    OWN = "own"
    NOT = "not"
    PROOF = "proof"
    TELL = "tell"
    ASK = "ask"
    REPORT = "report"
    LETTER = "letter"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Rule:
    """A sentence, or somebody who helps (by id), and the case that it is for."""

    when: str
    line: str = ""
    helper: str = ""


@dataclass(frozen=True)
class Stage:
    """A step: the case that it is for, its title, what it says, and the letters that go with it (by case).

    Of the titles, the first that fits is its own. One without titles is made from the routes, after what its rules say.
    """

    kind: Kind
    when: str
    titles: tuple[Rule, ...] = ()
    rules: tuple[Rule, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)


def holds(when: str, facts: AbstractSet[str]) -> bool:
    """Tell whether the words of a rule hold of a case."""
    return all(any(_holds(word, facts) for word in words.split("|")) for words in when.split())


def _holds(word: str, facts: AbstractSet[str]) -> bool:
    return (word.removeprefix("!") in facts) != word.startswith("!")


def fitting(rules: Iterable[Rule], facts: AbstractSet[str]) -> Iterator[Rule]:
    """Yield the rules that hold of a case."""
    return (rule for rule in rules if holds(rule.when, facts))


NEVER_SAVE = N_(
    "Never save, copy or forward a sexual picture of somebody under 18, not even as proof. That is an offence. Pass on "
    "the address only."
)

IN_THE_PROGRAM = N_("The program can keep it encrypted, with pictures. Type: privacyaudit proof")
"""What a page does not say, because it cannot do that."""

_DANGER = (
    Rule("danger", N_("If somebody is in danger now, ring 999. Do it before you read on.")),
    Rule(
        "danger",
        N_("If it is not this minute, but there are threats or blackmail, ring 101 and ask for a crime number."),
    ),
    Rule("danger", N_("If you think of ending your life, or somebody may, ring 999, or ring Samaritans at any hour.")),
    Rule("child", N_("Tell your designated safeguarding lead, or the child's school, today. Do not wait for a form.")),
    Rule("child", NEVER_SAVE),
    Rule("danger", helper="emergency"),
    Rule("danger", helper="police"),
    Rule("danger", helper="samaritans"),
    Rule("child !sexual", helper="safeguarding"),
    Rule("child !sexual", helper="iwf"),
)

_FIRST_HOUR = (
    Rule(
        "!child hostile",
        N_(
            "Do not press “Report” or write to anybody yet: they may find out. First ask the police (101) or a "
            "helpline below whether that is safe for you. Use a device that this person cannot see."
        ),
    ),
    *(
        Rule("!child", line)
        for line in (
            N_("If you are in danger, ring 999. If somebody threatens you or asks for money, ring the police on 101."),
            N_("If anybody in it is or may be under 18, save nothing, and use the card for somebody under 18."),
            N_("If somebody only threatens to share it, all of this helps too. Keep what they wrote."),
            N_("This is not your fault. Sit down with somebody you trust, or ring the helpline below."),
            N_("Do not answer, do not pay, and do not send anything more."),
            N_("Do not delete anything yet. Write down the address, the name of the account, the day and the time."),
            N_("Take a picture of the screen with the name of the account, but without the picture itself."),
            N_("Keep your proof to yourself, and do not forward it."),
            N_(
                "Go to stopncii.org, on the device that has the picture. Only a kind of fingerprint of it leaves the "
                "device."
            ),
        )
    ),
    Rule(
        "!child !hostile",
        N_("Press “Report” beside the picture. Choose the line about a naked or sexual picture without consent."),
    ),
    Rule(
        "!child hostile",
        N_(
            "Once you know that it is safe: press “Report” beside the picture, and choose the line about a naked or "
            "sexual picture without consent."
        ),
    ),
    *(
        Rule("!child", line)
        for line in (
            N_(
                "If pupils or parents may see it, tell your head or manager today. You do not have to show it to "
                "anyone."
            ),
            N_(
                "A law of April 2026 says that sites will have to take down reported intimate pictures within 48 "
                "hours. We could not check that this part is in force yet."
            ),
        )
    ),
    *(
        Rule("child", line)
        for line in (
            N_("If a child is in danger now, ring 999."),
            N_(
                "Do not open it again. Do not save, copy, photograph or forward it, not even as proof: that is an "
                "offence."
            ),
            N_("Write down in words only: the address, the name of the account, the day and the time."),
            N_("Tell your designated safeguarding lead now. If there is nobody, ring the police on 101."),
            N_("Do not ask the young person to show it or send it. Do not promise to keep it secret."),
            N_(
                "Tell the young person about Report Remove, face to face, or let the safeguarding lead do that. You "
                "can help them, but never look at the picture."
            ),
            N_("If they are 18 or over by now, they can use Take It Down."),
            N_("If you only found it: give its address to the Internet Watch Foundation, never the picture."),
            N_("Then press “Report” in the app, if you can do that without opening the picture."),
            N_("Say to the young person that it is not their fault, and who will help them. Do not write to them."),
        )
    ),
)

_HELP_IN_THE_FIRST_HOUR = (
    Rule("!child hostile", helper="domestic-abuse"),
    *(
        Rule("!child", helper=one)
        for one in ("intimate-images", "stopncii", "police", "samaritans", "posh", "education-support")
    ),
    *(
        Rule("child", helper=one)
        for one in ("safeguarding", "report-remove", "take-it-down", "iwf", "police", "childline", "posh")
    ),
)

_NOT = (
    Rule(
        "hostile",
        N_(
            "Do not warn the person who does this. Some sites tell them that somebody has complained: before you "
            "report it or write to anybody, ask the police or a helpline below whether that is safe for you."
        ),
    ),
    Rule("hostile", N_("Use a device and an e-mail address that this person cannot see.")),
    Rule("child !sexual", N_("Do not forward it or show it around, because somebody under 18 is in it.")),
    Rule(
        "pupils_side",
        N_("Do not write to the pupil or the parent yourself. Your head or safeguarding lead does that."),
    ),
    Rule("on_paper !pupils_side", N_("Do not pay a company to remove it. You can do most of what it can do.")),
    Rule(
        "on_paper !pupils_side",
        N_("Do not write from your work e-mail, and do not send a copy of your passport by e-mail."),
    ),
    Rule(
        "article|comment",
        N_("Do not answer in public, and do not ask others to. An answer brings more people to it."),
    ),
    Rule("near !on_paper !comment", N_("Do not answer in public.")),
    Rule("!near !on_paper !comment", N_("Do not reply, and do not ask anybody to.")),
    Rule("!on_paper !comment !not_to_be_kept", N_("Do not delete anything before you have proof.")),
    Rule(
        "work",
        N_("If somebody has complained about you, ask your union before you say or write anything about it."),
    ),
)

_PROOF = (
    Rule("", N_("Write down the full address of each page or profile, the day and the time, and who can see it.")),
    Rule("taken_over", N_("Keep the messages that say that your password, e-mail address or number was changed.")),
    Rule("child !taken_over", N_("Take a picture of the screen only if nobody under 18 can be seen in it.")),
    Rule(
        "child !taken_over",
        N_("If a child can be seen, ask your safeguarding lead or the child's school who keeps the proof."),
    ),
    Rule(
        "!child !taken_over",
        N_("Take a picture of the screen that shows the name of the account, the date and the words."),
    ),
    Rule("", N_("Keep your proof where only you can see it, not on a work computer.")),
    Rule("", IN_THE_PROGRAM),
    Rule(
        "fake_account|group|post|comment|film",
        N_("Do not make a false account to see more, and do not ask a pupil to look for you."),
    ),
    Rule(
        "fake_account|group|post|comment|film",
        N_("A grown-up you trust, who can see it, can show it to you."),
    ),
)

_TELL = (
    Rule(
        "for_the_employer",
        N_("Tell your head, manager or monitoring officer today, before they hear it from somebody else."),
    ),
    Rule(
        "for_the_employer",
        N_("Say what it is, where it is, and what you have done so far. You do not have to show it."),
    ),
    Rule("for_the_employer not_to_be_kept", N_("Do not show it to anybody, and do not send it.")),
    Rule(
        "for_the_employer colleague|unknown",
        N_("If your head or manager may have put it there, tell your union, or the governors, instead."),
    ),
    Rule(
        "contact !me",
        N_(
            "If you are a councillor, your monitoring officer can keep your home address out of the public register. "
            "Ready words: privacyaudit letter councillor"
        ),
    ),
    Rule("work me", N_("Ask your union first if and how to tell your employer.")),
    Rule("taken_over", N_("Tell your friends and groups by another way that the messages are not from you.")),
    Rule(
        "fake_account !work !hostile",
        N_("Tell your friends and contacts which account is yours, and ask them to report the other one."),
    ),
    Rule(
        "hostile|contact hostile|stranger|unknown|friend",
        N_("If somebody frightens you with it, ring the police on 101. In danger, ring 999."),
    ),
    Rule("for_the_employer", helper="employer"),
    Rule("for_the_employer|work for_the_employer|me", helper="union"),
    Rule("for_the_employer !sexual !article", helper="posh"),
    Rule("pupil !child", helper="safeguarding"),
    Rule("taken_over", helper="fraud"),
    Rule("taken_over", helper="cyber"),
    Rule("hostile|contact hostile|stranger|unknown|friend", helper="stalking"),
    Rule("partner|danger partner|friend|unknown", helper="domestic-abuse"),
    Rule("work !on_paper !sexual", helper="education-support"),
)

_ASK = (
    Rule("", N_("If this person frightens, bullies or controls you, do not write to them. Go to the next step.")),
    Rule(
        "", N_("Most people take it down when you ask. Send a short, kind, private message. Leave the law out of it.")
    ),
    Rule(
        "", N_("Say which post you mean, what you would like (take it down, untag me, or only friends), and by when.")
    ),
    Rule("post|picture|film", N_("If you are tagged in it, you can usually take the tag off yourself.")),
    Rule("", N_("Wait a week, and remind them once. Then report it.")),
)

_ALL_OF_MINE = (
    Rule(
        "taken_over hostile",
        N_(
            "Before you change anything: keep proof, and use a device that this person cannot reach. When you sign "
            "them out, they may notice."
        ),
    ),
)

_REPORT = (Rule("not_to_be_kept", N_("Do this only if you can do it without opening the picture.")),)

FIRST_HOUR = Stage(
    Kind.FIRST_HOUR,
    "sexual",
    (
        Rule("child", N_("The first hour: somebody under 18 is in the picture")),
        Rule("", N_("The first hour")),
    ),
    (*_FIRST_HOUR, *_HELP_IN_THE_FIRST_HOUR),
)

DANGER = Stage(
    Kind.DANGER,
    "danger|child",
    (
        Rule("danger", N_("Somebody may be in danger: do this first")),
        Rule("", N_("A child is in it: do this first")),
    ),
    _DANGER,
)

STAGES = (
    DANGER,
    FIRST_HOUR,
    Stage(Kind.OWN, "own", rules=_ALL_OF_MINE),
    Stage(Kind.NOT, "!own !sexual|work|pupils_side|hostile", (Rule("", N_("What not to do")),), _NOT),
    Stage(Kind.PROOF, "!sexual !me !old_account", (Rule("", N_("Keep proof")),), _PROOF),
    Stage(Kind.TELL, "", (Rule("", N_("Tell people who can help")),), _TELL, {"pupils_side": "head-note"}),
    Stage(
        Kind.ASK,
        "near !sexual !hostile !own post|comment|picture|film|own_photo|old_page",
        (Rule("", N_("Ask them to take it down")),),
        _ASK,
        {"friend": "friend", "colleague": "colleague"},
    ),
    Stage(Kind.REPORT, "!own !not_to_be_kept|!written", rules=_REPORT),
    Stage(Kind.FOLLOW_UP, ""),
)
"""The steps in their order; one whose rules say nothing in a case is left out."""
