"""The words of the program: every value that stands in a list."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal


class Verdict(StrEnum):
    """What an answer means for the person."""

    FAIL = "fail"
    CHOICE = "choice"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    PASS = "pass"  # noqa: S105
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why an answer could not be told."""

    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"
    LOOKS_DIFFERENT = "looks_different"
    NOT_SIGNED_IN = "not_signed_in"
    PAGE_MOVED = "page_moved"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    UNLISTED_VALUE = "unlisted_value"
    UNLISTED_LANGUAGE = "unlisted_language"
    READ_WRONG = "read_wrong"
    NOT_READY = "not_ready"
    NOT_SHOWN = "not_shown"
    UNSAVED = "unsaved"
    BLOCKED_BY_GUARD = "blocked_by_guard"
    CHALLENGE = "challenge"
    SITE_ERROR = "site_error"
    OTHER_ACCOUNT = "other_account"
    UNREACHABLE = "unreachable"
    NEEDS_PROXY = "needs_proxy"
    OPENED_TRAFFIC = "opened_traffic"
    NO_BROWSER = "no_browser"
    APP_ONLY = "app_only"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105
    TIMED_OUT = "timed_out"
    STOPPED = "stopped"
    EXPIRED = "expired"


class Area(StrEnum):
    """The part of private life that a check looks after, in the order of a report."""

    TAGGING = "tagging"
    VISIBILITY = "visibility"
    CONTACT = "contact"
    LOGOUT = "logout"
    PASSWORDS = "passwords"
    DEVICES = "devices"
    APPS = "apps"
    LOCATION = "location"
    IDENTITY = "identity"
    ADS = "ads"
    CONDUCT = "conduct"
    WORK_ACCOUNT = "work_account"


class Severity(StrEnum):
    """How much a wrong setting matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Confidence(StrEnum):
    """How good the source is.

    High is the vendor's docs or source, medium public code or a page that was recorded or has no date, low is memory.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Only(StrEnum):
    """Who has a setting that not everybody in the UK has: those who pay, or people elsewhere and perhaps some here."""

    PAID = "paid"
    ELSEWHERE = "elsewhere"


class Group(StrEnum):
    """The shelf on which a platform stands when the person is asked what they use."""

    SOCIAL = "social"
    MESSAGING = "messaging"
    VIDEO = "video"
    PUBLISHING = "publishing"
    ACCOUNTS = "accounts"
    ASSISTANTS = "assistants"
    GAMES = "games"
    MARKET = "market"
    DATING = "dating"
    PRACTICE = "practice"
    DEMO = "demo"


SettledVerdict = Literal[Verdict.PASS, Verdict.FAIL, Verdict.CHOICE, Verdict.NOT_APPLICABLE]


ReaderName = Literal["web", "outside", "ask", "answers"]


class Flag(StrEnum):
    """Something a reader of the finding should know beside the verdict."""

    PAGE_OVER_PERSON = "page_over_person"
    READ_WRONG = "read_wrong"
    LOW_CONFIDENCE = "low_confidence"
    OLD_FACTS = "old_facts"


class Device(StrEnum):
    """Where a person looks at their settings: in the browser of a computer, or on a phone."""

    BROWSER = "browser"
    IPHONE = "iphone"
    ANDROID = "android"


class SignedOut(StrEnum):
    """What became of the program's own session on a platform."""

    NOT_USED = "not_used"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    LEFT_TO_YOU = "left_to_you"


class Why(StrEnum):
    """Why a check is due, in the order in which those of one severity are listed.

    What is *new* has no answer yet. It is asked in the next audit, but nobody is reminded of it: see `not_asked`.
    """

    EXPIRED = "expired"
    TO_CHANGE = "to_change"
    PLANNED = "planned"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    ACCEPTED_UNTIL = "accepted_until"
    NEW = "new"
