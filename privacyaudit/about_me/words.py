"""The words for what is out there, who put it there and how a route is taken."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit import labels
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Author, Confidence, Harm, Helper, Proven, Risk, Route, Way

_HARMS = {
    Harm.INTIMATE: N_("A naked or sexual picture or film"),
    Harm.MADE_UP: N_("A made-up (AI) naked or sexual picture or film"),
    Harm.FAKE_ACCOUNT: N_("An account that pretends to be me"),
    Harm.TAKEN_OVER: N_("My account, taken over by somebody"),
    Harm.POST: N_("A post or a story"),
    Harm.COMMENT: N_("A comment or a review"),
    Harm.GROUP: N_("A group or a chat"),
    Harm.FILM: N_("A film or sound recording, also made up"),
    Harm.PICTURE: N_("A picture of me, also made up"),
    Harm.OWN_PHOTO: N_("A photo that I took, used without asking"),
    Harm.CONTACT: N_("My address, number or e-mail"),
    Harm.ARTICLE: N_("A newspaper article or report"),
    Harm.OLD_PAGE: N_("An old page, newsletter or PDF"),
    Harm.OLD_ACCOUNT: N_("My old account"),
    Harm.REGISTER: N_("An entry in a register"),
    Harm.SEARCH_RESULT: N_("A search result or an AI answer"),
}

_AUTHORS = {
    Author.ME: N_("I did"),
    Author.FRIEND: N_("A friend or somebody in my family"),
    Author.PARTNER: N_("A partner or former partner, or somebody who frightens me"),
    Author.COLLEAGUE: N_("A colleague"),
    Author.PARENT: N_("A parent of a pupil"),
    Author.PUPIL: N_("A pupil or former pupil"),
    Author.ORGANISATION: N_("An organisation, such as a school, a paper or a company"),
    Author.STRANGER: N_("A stranger"),
    Author.UNKNOWN: N_("I do not know"),
}

_RISKS = {
    Risk.NONE: N_("No"),
    Risk.DANGER: N_("Somebody may be in danger today, from others or from themselves"),
    Risk.CHILD: N_("Somebody under 18 is seen or named in it"),
    Risk.BOTH: N_("Both"),
}

_WAYS = {
    Way.APP: N_("Where to press: {path}"),
    Way.FORM: N_("The form: {open}"),
    Way.EMAIL: N_("Write to: {write}"),
    Way.LETTER: N_("Send a letter or an e-mail. Ready words: privacyaudit letter {letter}"),
    Way.PHONE: N_("Ring: {call}"),
    Way.POLICE: N_("Ring: {call}"),
    Way.ADVICE: "",
}

_SURE = {
    Confidence.HIGH: N_("We have this from the law, or from the people who run it ({date})."),
    Confidence.MEDIUM: N_(
        "We have this from a copy of the page or from a helpline ({date}). It may look different now."
    ),
    Confidence.LOW: N_("We are not sure of this ({date}). Check it before you rely on it."),
}


def harm(which: Harm) -> str:
    """Return the words for what is out there."""
    return _(_HARMS[which])


def author(which: Author) -> str:
    """Return the words for who put it there."""
    return _(_AUTHORS[which])


def risk(which: Risk) -> str:
    """Return the words for who may come to harm."""
    return _(_RISKS[which])


def sure(proven: Proven) -> str:
    """Say how sure we are of a fact, and how old it is."""
    return _(_SURE[proven.confidence]).format(date=labels.age(proven.newest))


def route(one: Route) -> Iterator[str]:
    """Yield how a route is taken, what to tick and to have ready, when to expect an answer, and what it does not do."""
    if way := _WAYS[one.way]:
        path = " > ".join(_(step) for step in one.menu)
        yield _(way).format(path=path, open=one.open, write=one.write, call=one.call, letter=one.letter)
    if one.way is not Way.PHONE and one.call and one.way is not Way.POLICE:
        yield _("Or ring: {call}").format(call=one.call)
    if one.tick:
        yield _("Choose these words: {words}").format(words=", ".join(f"“{_(word)}”" for word in one.tick))
    elif one.way is Way.APP and one.whose != "mine":
        yield _("We do not know the exact words of the list. Choose the line that is closest to what happened.")
    for need in one.needs:
        yield _("Have ready: {need}").format(need=_(need))
    if one.letter and one.way is not Way.LETTER:
        yield _("Ready words for it: privacyaudit letter {letter}").format(letter=one.letter)
    if one.days and one.whose != "mine":
        yield ngettext("Give it {number} day.", "Give it {number} days.", one.days).format(number=one.days)
    for limit in one.limits:
        yield _(limit)
    yield sure(one)


def helper(one: Helper) -> str:
    """Say who people who help are for, and how and when to reach them."""
    ways = [
        one.call and _("Ring {call}.").format(call=one.call),
        one.hours and _("When: {hours}.").format(hours=_(one.hours)),
        one.write and _("Write to {write}.").format(write=one.write),
        one.open,
    ]
    return " ".join([f"{_(one.name)}:", _(one.summary), *(way for way in ways if way)])


def limits() -> tuple[str, ...]:
    """Return what is said once, after any plan: what it cannot do."""
    return (
        _("Nobody can promise that something comes down, and nothing removes the copies that others have saved."),
        _("This is not legal advice. The program looks up nothing, fetches nothing and sends nothing."),
        _("Nobody has tried these forms and addresses on the live sites for us yet. They may look different."),
    )
