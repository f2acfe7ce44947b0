"""The words for verdicts, areas, reasons and flags: one table each, looked up when they are shown."""

from __future__ import annotations

from datetime import date

from privacyaudit import i18n
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import (
    UNDATED,
    Area,
    Confidence,
    Flag,
    Group,
    Only,
    Platform,
    Reason,
    Severity,
    SignedOut,
    Verdict,
    Why,
)

_VERDICTS = {
    Verdict.FAIL: ("▲", N_("To change")),
    Verdict.CHOICE: ("◆", N_("Your choice")),
    Verdict.UNKNOWN: ("?", N_("Could not tell")),
    Verdict.ACCEPTED: ("◷", N_("Accepted")),
    Verdict.PASS: ("✓", N_("Fine")),
    Verdict.NOT_APPLICABLE: ("–", N_("Does not apply")),
}

NOT_REACHED_SHAPE = "…"

_AREAS = {
    Area.TAGGING: N_("Tagging and mentions"),
    Area.VISIBILITY: N_("Who can see what"),
    Area.CONTACT: N_("Who can reach you"),
    Area.LOGOUT: N_("Logging out"),
    Area.PASSWORDS: N_("Passwords and signing in"),
    Area.DEVICES: N_("Devices"),
    Area.APPS: N_("Connected apps"),
    Area.LOCATION: N_("Location"),
    Area.IDENTITY: N_("How you appear"),
    Area.ADS: N_("Ads and tracking"),
    Area.CONDUCT: N_("What you post"),
    Area.WORK_ACCOUNT: N_("Work accounts"),
}

_SEVERITIES = {
    Severity.HIGH: N_("matters a lot"),
    Severity.MEDIUM: N_("matters"),
    Severity.LOW: N_("matters a little"),
}

_CONFIDENCES = {
    Confidence.HIGH: N_("from the makers' own pages or source code"),
    Confidence.MEDIUM: N_("from public code, or from an archived or undated page"),
    Confidence.LOW: N_("from memory, so your screen may look different"),
}

_ONLY = {
    Only.PAID: N_("Only people who pay have this setting."),
    Only.ELSEWHERE: N_("Not everybody in the UK has this setting."),
}

_GROUPS = {
    Group.SOCIAL: N_("Social networks"),
    Group.MESSAGING: N_("Messages"),
    Group.VIDEO: N_("Video"),
    Group.PUBLISHING: N_("Blogs, wikis and forums"),
    Group.ACCOUNTS: N_("Accounts and e-mail"),
    Group.ASSISTANTS: N_("AI assistants"),
    Group.GAMES: N_("Games"),
    Group.MARKET: N_("Buying and selling"),
    Group.DATING: N_("Dating"),
    Group.PRACTICE: N_("Everyday habits"),
    Group.DEMO: N_("Pretend sites"),
}

_REASONS = {
    Reason.SKIPPED: (
        N_("This question was not answered."),
        N_("Answer it when you have a minute."),
    ),
    Reason.LOOKS_DIFFERENT: (
        N_("The screen looked different from what we describe."),
        N_("Look for the setting under another name, and please tell us what you see."),
    ),
    Reason.DONT_KNOW: (
        N_("You were not sure."),
        N_("Open the setting and look again, or ask somebody to look with you."),
    ),
    Reason.NOT_SIGNED_IN: (
        N_("The site did not show that you were signed in."),
        N_("Sign in and look for yourself, or run the audit again."),
    ),
    Reason.PAGE_MOVED: (
        N_("The page is not where we expected it."),
        N_("Go through the menus instead, and look for yourself."),
    ),
    Reason.NOT_FOUND: (
        N_("We opened the page but did not find the setting on it."),
        N_("Open the page and look for yourself. Its wording may have changed."),
    ),
    Reason.AMBIGUOUS: (
        N_("The page gave more than one answer."),
        N_("Open the page and see which answer is true."),
    ),
    Reason.UNLISTED_VALUE: (
        N_("The page showed a value that we do not recognise."),
        N_("Open the page and look for yourself. Please tell us what it offers now."),
    ),
    Reason.READ_WRONG: (
        N_("What we read did not match what you saw."),
        N_("Open the page and look for yourself. Please tell us what it shows."),
    ),
    Reason.UNLISTED_LANGUAGE: (
        N_("The page was in a language that this checklist does not cover."),
        N_("Open the page and look for yourself."),
    ),
    Reason.NOT_READY: (
        N_("The page was not ready: it was still loading, it was offline, or something covered it."),
        N_("Open the page in your own browser, close what covers it, and look for yourself."),
    ),
    Reason.NOT_SHOWN: (
        N_("What we found may not be what a person sees on the page."),
        N_("Open the page and look for yourself."),
    ),
    Reason.UNSAVED: (
        N_("The page showed a change that had not been saved."),
        N_("Open the page again and look for yourself."),
    ),
    Reason.BLOCKED_BY_GUARD: (
        N_("The page needed something that the program does not allow."),
        N_("Open the page in your own browser and look for yourself."),
    ),
    Reason.CHALLENGE: (
        N_("The site first asked for something else, such as a puzzle or a code."),
        N_("Open the page in your own browser and look for yourself."),
    ),
    Reason.SITE_ERROR: (
        N_("The site answered with an error."),
        N_("Try again later, or look for yourself."),
    ),
    Reason.OTHER_ACCOUNT: (
        N_("The page did not show that it belongs to the account that we started with."),
        N_("Open the page, look at the name on it, and answer for the account that you are checking."),
    ),
    Reason.UNREACHABLE: (
        N_("The site could not be reached, or the connection to it was not safe."),
        N_("Check your connection. If your own browser warns you about this site, do not continue."),
    ),
    Reason.NEEDS_PROXY: (
        N_("This network needs a proxy, and the program could not get through it."),
        N_("Look for yourself in your own browser and answer by hand, or use another network, such as your phone's."),
    ),
    Reason.OPENED_TRAFFIC: (
        N_(
            "This computer does not trust the site's certificate. This can happen on school and council "
            "networks that inspect encrypted traffic."
        ),
        N_(
            "Do not sign in on this network: somebody may be able to read what you type. Look on another network, "
            "such as your phone's, and answer by hand."
        ),
    ),
    Reason.NO_BROWSER: (
        N_("The program could not use a browser for this."),
        N_("Look for yourself and answer by hand."),
    ),
    Reason.APP_ONLY: (
        N_("This setting is only in the phone app."),
        N_("Open the app and look there."),
    ),
    Reason.NEEDS_PASSWORD: (
        N_("The site asked for your password again before it would show this page."),
        N_("Open the page in your own browser and look for yourself."),
    ),
    Reason.TIMED_OUT: (
        N_("The page did not answer in time."),
        N_("Try again later, or look for yourself."),
    ),
    Reason.STOPPED: (
        N_("The audit stopped before this question."),
        N_("Continue the audit where you left off."),
    ),
    Reason.EXPIRED: (
        N_("Your last answer is too old to count."),
        N_("Look again, and answer the question again."),
    ),
}

_WHYS = {
    Why.EXPIRED: N_("That answer is too old to count."),
    Why.TO_CHANGE: N_("It needed changing then."),
    Why.PLANNED: N_("You planned to change it by now."),
    Why.UNKNOWN: N_("We could not tell last time."),
    Why.CHANGED: N_("This check has changed since we asked you, so we are asking again."),
    Why.ACCEPTED_UNTIL: N_("You accepted this risk for a while, and that time is over."),
    Why.NEW: N_("Earlier audits did not ask this."),
}

_FLAGS = {
    Flag.PAGE_OVER_PERSON: N_("Your answer was different, but the report uses what the page itself showed."),
    Flag.READ_WRONG: N_(
        "What we read did not match what you saw, so your own answer counts. Please tell us what you see."
    ),
    Flag.LOW_CONFIDENCE: N_("These instructions are from memory and may not match what you see."),
    Flag.OLD_FACTS: N_(
        "These instructions are over two and a half years old or undated, and may not match what you see."
    ),
}

_SIGNED_OUT = {
    SignedOut.NOT_USED: N_("The program did not use a browser session."),
    SignedOut.CONFIRMED: N_("Signed out: confirmed. The site no longer accepts the session that the program used."),
    SignedOut.NOT_CONFIRMED: N_(
        "Signed out: not confirmed. Open the list of your sessions and end the one from this audit."
    ),
    SignedOut.LEFT_TO_YOU: N_(
        "Not signed out: do this yourself. Open the list of your sessions and end the one from this audit."
    ),
}


def age(written: str) -> str:
    """Return the date of a page in words: a year, a month or a day, or that it has none."""
    if written == UNDATED:
        return _("undated")
    if written.count("-") == 1:
        return i18n.month(date.fromisoformat(f"{written}-01"))
    return i18n.day(date.fromisoformat(written)) if written.count("-") else written


def verdict(which: Verdict) -> str:
    """Return the word for a verdict."""
    return _(_VERDICTS[which][1])


def shape(which: Verdict) -> str:
    """Return the sign that stands beside the word for a verdict."""
    return _VERDICTS[which][0]


def not_reached() -> str:
    """Return the word for what a stopped audit did not come to, which stands where a verdict would."""
    return _("Not reached yet")


def area(which: Area) -> str:
    """Return the name of an area."""
    return _(_AREAS[which])


def severity(which: Severity) -> str:
    """Return the words for a severity."""
    return _(_SEVERITIES[which])


def only(which: Only) -> str:
    """Say who has a setting that not everybody has."""
    return _(_ONLY[which])


def confidence(which: Confidence) -> str:
    """Return the words for how good a source is."""
    return _(_CONFIDENCES[which])


def group(which: Group) -> str:
    """Return the name of a group of platforms."""
    return _(_GROUPS[which])


def reason(which: Reason) -> str:
    """Return the sentence that says why something could not be told."""
    return _(_REASONS[which][0])


def next_step(which: Reason) -> str:
    """Return the sentence that says what to do about a reason."""
    return _(_REASONS[which][1])


def why(which: Why) -> str:
    """Return the sentence that says why a check is asked again."""
    return _(_WHYS[which])


def why_count(which: Why, number: int) -> str:
    """Return the words for how many checks are asked again for one reason."""
    sentences = {
        Why.EXPIRED: ngettext("{number} answer is too old", "{number} answers are too old", number),
        Why.TO_CHANGE: ngettext("{number} needed changing", "{number} needed changing", number),
        Why.PLANNED: ngettext("you planned to change {number} by now", "you planned to change {number} by now", number),
        Why.UNKNOWN: ngettext("we could not tell about {number}", "we could not tell about {number}", number),
        Why.CHANGED: ngettext("{number} has changed", "{number} have changed", number),
        Why.ACCEPTED_UNTIL: ngettext("{number} is no longer accepted", "{number} are no longer accepted", number),
        Why.NEW: ngettext("{number} is new", "{number} are new", number),
    }
    return sentences[which].format(number=number)


def flag(which: Flag) -> str:
    """Return the sentence for a flag."""
    return _(_FLAGS[which])


def signed_out(which: SignedOut) -> str:
    """Return the sentence on what became of the program's own session."""
    return _(_SIGNED_OUT[which])


def by_hand(platform: Platform) -> str:
    """Return why a platform is answered by hand, beginning with its name; empty where it is not."""
    if not platform.by_hand_because:
        return ""
    return _("{name}: {why}").format(name=_(platform.name), why=_(platform.by_hand_because))
