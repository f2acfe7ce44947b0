"""Every kind of thing in the program, as data: frozen, typed, unknown keys refused.

Read this first. A *check* is a question whose answers (*options*) already carry their *verdict*.
Readers turn a check into *observations*, the judge turns those into one *finding*, and an
*audit record* holds the findings. Nothing here reads a file, opens a page or prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    NonNegativeInt,
    field_validator,
    model_validator,
)

from privacyaudit.i18n import N_

SITE = "{site}"
USER = "{user}"
LOOPBACK = ("127.0.0.1", "localhost")


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
    NOT_SIGNED_IN = "not_signed_in"
    PAGE_MOVED = "page_moved"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    UNLISTED_VALUE = "unlisted_value"
    UNLISTED_LANGUAGE = "unlisted_language"
    BLOCKED_BY_GUARD = "blocked_by_guard"
    CHALLENGE = "challenge"
    SITE_ERROR = "site_error"
    OTHER_ACCOUNT = "other_account"
    UNREACHABLE = "unreachable"
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

    High is the vendor's docs or source, medium public code or a recorded page, low is from memory.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Group(StrEnum):
    """The shelf on which a platform stands when the person is asked what they use."""

    SOCIAL = "social"
    MESSAGING = "messaging"
    VIDEO = "video"
    PUBLISHING = "publishing"
    ACCOUNTS = "accounts"
    MARKET = "market"
    DATING = "dating"
    PRACTICE = "practice"
    DEMO = "demo"


_TAG = re.compile(r"<[A-Za-z/!?]")
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that cannot be seen and change what is seen: control, direction, line separators, half characters."""

_HOST = r"[a-z0-9.-]+(:[0-9]{1,5})?"


class PartError(ValueError):
    """A fault in one part of something: the keys and indexes that lead to that part, and what is wrong there.

    `message` is the English sentence and `values` what belongs into its {placeholders}; `checklist` translates it.
    """

    def __init__(self, message: str, *place: str | int, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.place = place
        self.values = values


def _plain(text: str) -> str:
    if _TAG.search(text):
        raise PartError(N_("no HTML here: write plain words"))
    if CONTROL.search(text):
        raise PartError(N_("a control character stands in this text: remove it"))
    if not text.strip():
        raise PartError(N_("this text is empty"))
    return text


def _line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PartError(N_("this must be one line, without a line break or tab"))
    return _plain(text)


def _link(url: str) -> str:
    if CONTROL.search(url) or re.search(r"[\s\"'<>\\]", url):
        raise PartError(
            N_("{url!r} is not a web address: it has a space, a quote, a bracket or a hidden character"), url=url
        )
    if "{" in url.removeprefix(SITE):
        raise PartError(
            N_("{url!r} may have {site} at its beginning only, and no other word in braces"), url=url, site=SITE
        )
    if url == SITE or url.startswith((SITE + "/", SITE + "#")):
        return url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise PartError(N_("{url!r} has a host or a port that cannot be right"), url=url) from None
    if "@" in parts.netloc:
        raise PartError(N_("{url!r} has a user name or password in it: remove it"), url=url)
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and parts.hostname not in LOOPBACK):
        raise PartError(N_("{url!r} must begin with https://"), url=url)
    if not re.fullmatch(_HOST, parts.netloc.lower()) or port == 0:
        raise PartError(N_("{url!r} has no host name of plain letters (write xn--… for others)"), url=url)
    return url


def _lookup(url: str) -> str:
    if url.count(USER) > 1 or USER in host_of(url):
        raise PartError(N_("{url!r} may have {user} once, and not in the host"), url=url, user=USER)
    _link(url.replace(USER, "name"))
    return url


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise PartError(N_("{text!r} is not a regular expression"), text=text) from None
    return text


def _origin(url: str) -> str:
    if url.startswith(SITE) or url.removesuffix("/").lower() != origin_of(url):
        raise PartError(N_("{url!r} must be an address without a path, like https://en.wikipedia.org"), url=url)
    return origin_of(url)


def _day(seen: str) -> str:
    try:
        date.fromisoformat(seen if len(seen) > len("2026-08") else f"{seen}-01")
    except ValueError:
        raise PartError(N_("there is no day {day}"), day=seen) from None
    return seen


Plain = Annotated[str, Field(max_length=1200), AfterValidator(_plain)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Link = Annotated[str, Field(max_length=500), AfterValidator(_link)]
Origin = Annotated[Link, AfterValidator(_origin)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
CheckId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*\.[a-z0-9][a-z0-9_-]*$", max_length=120)]
Host = Annotated[str, Field(pattern=rf"^(\{{site\}}|{_HOST})$", max_length=120)]
PathPattern = Annotated[str, Field(pattern=r"^/[^\s?#]+$", max_length=200)]
SettledVerdict = Literal[Verdict.PASS, Verdict.FAIL, Verdict.CHOICE, Verdict.NOT_APPLICABLE]


def host_of(url: str) -> str:
    """Return `host` (or `host:port` where the address names one) of a web address, `{site}` for a templated one."""
    if url.startswith(SITE):
        return SITE
    return urlsplit(url).netloc.lower()


def origin_of(url: str) -> str:
    """Return scheme, host and port of a web address, without a trailing slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Data(BaseModel):
    """The base of all: cannot be changed after it was made, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# -- how to find a control on a page ---------------------------------------------------------------


class Named(Data):
    """An accessible role and the names (one per wording or language) it may carry."""

    role: Id
    name: tuple[Line, ...] = Field(min_length=1)


class Disclosure(Named):
    """A button that unfolds a part of the page; the only thing a probe may press."""

    role: Literal["button"] = "button"


class Find(Data):
    """Where a control is: by form name or id, by role and name, or by the text of the row it stands in.

    `name_starts` is for controls whose accessible name carries the value after a fixed beginning.
    Source of the shapes: design section 5.
    """

    field: Annotated[str, Field(pattern=r"^[^\s\"'\\<>]{1,120}$")] | None = None
    role: Id | None = None
    name: tuple[Line, ...] = ()
    name_starts: tuple[Line, ...] = ()
    within: Named | None = None
    near: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.field is None) == (self.role is None):
            raise PartError(N_("find needs either field or role, and not both"))
        if self.field and (self.name or self.name_starts or self.near):
            raise PartError(N_("find by field takes no name, name_starts or near"))
        if self.role and not (self.name or self.name_starts or self.near):
            raise PartError(N_("find by role needs name, name_starts or near"))
        if self.name and self.name_starts:
            raise PartError(N_("find takes name or name_starts, not both"))
        if self.name and self.near:
            raise PartError(N_("find takes name or near, not both: write two probes, which must then agree"))
        return self


class Take(StrEnum):
    """What is read from the control that was found."""

    CHECKED = "checked"
    SELECTED = "selected"
    PRESSED = "pressed"
    TEXT = "text"
    VALUE = "value"
    COUNT = "count"
    NAME_REST = "name_rest"


class Range(Data):
    """A number read from a page, from `at_least` to `at_most` (both included), means `option`."""

    option: Id
    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise PartError(N_("a range needs at_least or at_most"))
        return self

    def holds(self, number: int) -> bool:
        """Tell whether a number lies in this range."""
        return (self.at_least is None or number >= self.at_least) and (self.at_most is None or number <= self.at_most)


class Absent(Data):
    """What it means when the control or key is not there at all, and the page that says so."""

    option: Id
    source: Link


Means = dict[Annotated[str, Field(max_length=200)], Id] | tuple[Range, ...]


class WebProbe(Data):
    """Read one control of one settings page.

    `languages` are those in which its words hold, where they are not all of the platform's.
    """

    kind: Literal["web"]
    open: Link
    languages: tuple[Id, ...] = ()
    expand: Disclosure | None = None
    find: Find
    take: Take
    means: Means
    absent: Absent | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.take is Take.NAME_REST and not self.find.name_starts:
            raise PartError(N_("take: name_rest needs find.name_starts"))
        if self.take is Take.COUNT and isinstance(self.means, dict):
            raise PartError(N_("take: count needs means as a list of at_least and at_most"))
        if self.take is not Take.COUNT and not isinstance(self.means, dict):
            raise PartError(N_("means as a list of ranges goes with take: count"))
        if self.take in (Take.CHECKED, Take.PRESSED) and set(self.means) - {"true", "false"}:
            raise PartError(N_('take: {take} gives "true" or "false": means has another word'), take=self.take)
        if self.absent and self.take is Take.COUNT:
            raise PartError(N_("a count has no absent: a count of 0 is not proof"))
        return self


class JsonProbe(Data):
    """Read one value from a reply that the settings page itself asked for with GET; nothing is requested by us.

    `reply` is the path of the address of that reply (a * stands for one part between slashes), `path` a JMESPath
    expression into it.
    """

    kind: Literal["json"]
    open: Link
    reply: Annotated[str, Field(pattern=r"^/[^\s]*$", max_length=200)]
    host: Host | None = None
    path: Line
    means: Means
    absent: Absent | None = None


Probe = Annotated[WebProbe | JsonProbe, Field(discriminator="kind")]


# -- what a stranger sees --------------------------------------------------------------------------


class Lookup(Data):
    """A public address that answers anybody with JSON, and where in it one value stands.

    `{user}` in `get` is the name that the person typed. `path` is a JMESPath expression into
    `{reply: what came, user: the name in small letters}`.
    """

    get: Annotated[str, Field(max_length=500), AfterValidator(_lookup)]
    path: Annotated[str, Field(max_length=500), AfterValidator(_line)]


class OutsideAbsent(Absent):
    """What it means that a value is not there, as long as `when` (JMESPath, as in `path`) is true of the same reply."""

    when: Annotated[str, Field(max_length=500), AfterValidator(_line)]


class OutsideProbe(Lookup):
    """Read one value that anybody can read without signing in."""

    means: Means
    absent: OutsideAbsent | None = None


class Outside(Data):
    """How to look at a platform from outside: what a name there looks like, and how to tell that it is somebody's.

    `written` is a regular expression that a whole name fits. The value of `known` must be the name itself, with capital
    and small letters alike, and blanks and underscores alike; without that, nothing is told.
    """

    ask: Line
    written: Annotated[str, Field(max_length=200), AfterValidator(_pattern)]
    known: Lookup | None = None


# -- checklists ------------------------------------------------------------------------------------


class Source(Data):
    """Where a fact comes from and the month in which it was seen there."""

    url: Link
    seen: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])(-[0-9]{2})?$"), AfterValidator(_day)]


class Where(Data):
    """How to get to the setting on each device: an address and the menus to go through."""

    web: Link | None = None
    menu: tuple[Line, ...] = ()
    ios: tuple[Line, ...] | None = None
    android: tuple[Line, ...] | None = None


class Option(Data):
    """One possible answer, its label in the platform's own words, and its verdict (by role where it differs)."""

    id: Id
    label: Line
    former: tuple[Line, ...] = ()
    verdict: SettledVerdict | dict[Id, SettledVerdict]

    @field_validator("verdict")
    @classmethod
    def _has_default(
        cls, verdict: SettledVerdict | dict[str, SettledVerdict]
    ) -> SettledVerdict | dict[str, SettledVerdict]:
        if isinstance(verdict, dict) and "default" not in verdict:
            raise PartError(N_("a verdict by role needs default"))
        return verdict

    def verdict_for(self, role: str) -> Verdict:
        """Return the verdict for a role, or the default where the role has none of its own."""
        if isinstance(self.verdict, dict):
            return Verdict(self.verdict.get(role, self.verdict["default"]))
        return Verdict(self.verdict)


class Check(Data):
    """One question about one setting or habit, with its answers and what to do about them.

    `recheck` is for how many months an answer counts; where it is left out, the area and the severity say (`due`).
    """

    id: CheckId
    aliases: tuple[CheckId, ...] = ()
    revision: int = Field(default=1, ge=1)
    title: Line
    area: Area
    severity: Severity
    essential: bool = False
    minutes: float = Field(default=1, gt=0, le=30)
    recheck: int | None = Field(default=None, ge=1, le=24)
    question: Line
    why: Plain
    guidance: tuple[Id | Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = ()
    where: Where = Where()
    options: tuple[Option, ...] = Field(min_length=2)
    default: Id | None = None
    fix: tuple[Line, ...] = Field(min_length=1)
    caution: Plain | None = None
    sources: tuple[Source, ...] = ()
    confidence: Confidence
    verified: date | None = None
    probes: tuple[Probe, ...] = ()
    outside: tuple[OutsideProbe, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [option.id for option in self.options]
        for number, option_id in enumerate(ids):
            if option_id in ids[:number]:
                raise PartError(N_("option {option!r} is listed twice"), "options", number, option=option_id)
        if self.default is not None and self.default not in ids:
            raise PartError(
                N_("default {option!r} is not one of the options {options}"),
                "default",
                option=self.default,
                options=", ".join(ids),
            )
        kinds: dict[str, Sequence[WebProbe | JsonProbe | OutsideProbe]] = {
            "probes": self.probes,
            "outside": self.outside,
        }
        for kind, probes in kinds.items():
            for number, probe in enumerate(probes):
                named = set(probe.means.values()) if isinstance(probe.means, dict) else {r.option for r in probe.means}
                if probe.absent:
                    named.add(probe.absent.option)
                if strange := sorted(named - set(ids)):
                    raise PartError(
                        N_("probe {number} names option {option!r}, which is not in the list of options"),
                        *(kind, number),
                        number=number + 1,
                        option=strange[0],
                    )
        if not self.sources and self.confidence is not Confidence.LOW:
            raise PartError(N_("a check without a source has confidence: low"))
        return self

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Site(Data):
    """A platform without one address: what to ask the person, and the usual answer."""

    ask: Line
    default: Origin | None = None


class Form(Data):
    """The fields of a sign-in form that the program may type into, and nothing else.

    `origin` is where the form really stands, when that is not where `sign_in.open` begins.
    `locked` are words with which the site says that it will take no more tries for now.
    """

    origin: Link | None = None
    user: Find
    user_submit: Find | None = None
    password: Find
    submit: Find
    code: Find | None = None
    code_submit: Find | None = None
    locked: tuple[Line, ...] = ()


class SignIn(Data):
    """Where a person signs in, which further hosts that needs, and the form for those who want help."""

    open: Link
    hosts: tuple[Host, ...] = ()
    form: Form | None = None


class Who(Data):
    """Where each settings page says whose account it shows; compared in memory, and kept nowhere."""

    find: Find
    take: Literal[Take.TEXT, Take.VALUE, Take.NAME_REST]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.take is Take.NAME_REST and not self.find.name_starts:
            raise PartError(N_("take: name_rest needs find.name_starts"))
        return self


class SignedIn(Data):
    """How to tell that somebody is signed in: a page, and what only they can see on it.

    `on_every_page` is something that each settings page shows to people who are signed in; `who` tells them apart.
    """

    open: Link
    find: Find
    on_every_page: Find | None = None
    who: Who | None = None


class SignOut(Data):
    """The page on which one button signs out; whether it ends other sessions too is for the notice to say."""

    open: Link
    press: Named


class Links(Data):
    """Pages that a report points to: export your data, close the account, report an impostor, other sessions."""

    export: Link | None = None
    close: Link | None = None
    report: Link | None = None
    sessions: Link | None = None


class Platform(Data):
    """A service with settings, or a place of practice such as everyday habits.

    `noise` lists paths to which its pages send counting and keep-alive messages: refusing those hides no setting.
    `dangerous` lists beginnings of paths that sign out, delete, revoke or show secrets (a * stands for one part between
    slashes): they are refused beside those that are refused everywhere.
    """

    id: Id
    name: Line
    group: Group
    hosts: tuple[Host, ...] = ()
    help_hosts: tuple[Host, ...] = ()
    site: Site | None = None
    sign_in: SignIn | None = None
    signed_in: SignedIn | None = None
    sign_out: SignOut | None = None
    outside: Outside | None = None
    notice: Plain
    by_hand_because: Plain | None = None
    languages: tuple[Id, ...] = ("en",)
    noise: tuple[Annotated[str, Field(pattern=r"^/[^\s]+$")], ...] = ()
    dangerous: tuple[PathPattern, ...] = ()
    two_factor: tuple[Line, ...] = ()
    links: Links = Links()
    limits: tuple[Plain, ...] = ()
    sensitive: bool = False


class Checklist(Data):
    """One YAML file: a platform and its checks."""

    schema_: Literal["1"] = Field(alias="schema")
    platform: Platform
    checks: tuple[Check, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known: set[str] = set()
        for number, check in enumerate(self.checks):
            for name in (check.id, *check.aliases):
                if name in known:
                    raise PartError(N_("check {check!r} is listed twice"), "checks", number, "id", check=name)
                known.add(name)
            if check.id.split(".")[0] != self.platform.id:
                raise PartError(
                    N_("check {check!r} must begin with {beginning!r}"),
                    *("checks", number, "id"),
                    check=check.id,
                    beginning=f"{self.platform.id}.",
                )
            self._readable(check, number)
            self._visible(check, number)
        entry = self.platform
        if entry.signed_in:
            self._covered(entry.signed_in.open, entry.hosts, "platform", "signed_in", "open")
        if entry.sign_out:
            self._covered(entry.sign_out.open, entry.hosts, "platform", "sign_out", "open")
        if entry.sign_in:
            hosts = (*entry.hosts, *entry.sign_in.hosts)
            self._covered(entry.sign_in.open, hosts, "platform", "sign_in", "open")
            if entry.sign_in.form and entry.sign_in.form.origin:
                self._covered(entry.sign_in.form.origin, hosts, "platform", "sign_in", "form", "origin")
        if entry.outside and entry.outside.known:
            self._covered(entry.outside.known.get, entry.hosts, "platform", "outside", "known", "get")
        uses_site = SITE in self.model_dump_json(by_alias=True)
        if uses_site and entry.site is None:
            raise PartError(N_("{site} is used, but platform.site does not say what to ask"), "platform", site=SITE)
        return self

    def _readable(self, check: Check, number: int) -> None:
        signed_in = self.platform.signed_in
        for index, probe in enumerate(check.probes):
            place = ("checks", number, "probes", index)
            if signed_in is None:
                raise PartError(
                    N_("check {check!r} has a probe: platform.signed_in must say how to tell a sign-in"),
                    *place,
                    check=check.id,
                )
            self._covered(probe.open, self.platform.hosts, *place, "open")
            if probe.absent and not signed_in.on_every_page:
                raise PartError(
                    N_("check {check!r} gives absence a meaning: signed_in.on_every_page must prove the sign-in"),
                    *(*place, "absent"),
                    check=check.id,
                )

    def _visible(self, check: Check, number: int) -> None:
        for index, probe in enumerate(check.outside):
            place = ("checks", number, "outside", index)
            if self.platform.outside is None:
                raise PartError(
                    N_("check {check!r} looks from outside: platform.outside must say what a name looks like"),
                    *place,
                    check=check.id,
                )
            self._covered(probe.get, self.platform.hosts, *place, "get")
            if probe.absent and self.platform.outside.known is None:
                raise PartError(
                    N_("check {check!r} gives absence a meaning: platform.outside.known must prove the name"),
                    *(*place, "absent"),
                    check=check.id,
                )

    @staticmethod
    def _covered(url: str, hosts: Iterable[str], *place: str | int) -> None:
        if host_of(url) not in hosts:
            raise PartError(N_("{host} is not in the list of hosts"), *place, host=host_of(url))

    @property
    def weight(self) -> int:
        """Return how many of the checks matter a lot: the more, the sooner a platform is asked."""
        return sum(check.severity is Severity.HIGH for check in self.checks)

    def check(self, check_id: str) -> Check | None:
        """Return the check with this id or alias, or None."""
        return next((c for c in self.checks if check_id == c.id or check_id in c.aliases), None)


class Clause(Data):
    """One clause of a guide, in our words, and what kind of thing answers it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    text: Line
    area: Area | Literal["all"]
    wants: tuple[Literal["check", "prompt", "feature"], ...] = Field(min_length=1)
    answers: tuple[Line, ...] = ()


class Guidance(Data):
    """A published guide as a list of clauses."""

    schema_: Literal["1"] = Field(alias="schema")
    id: Id
    title: Line
    publisher: Line
    published: Line
    audience: Line
    clauses: tuple[Clause, ...] = Field(min_length=1)


class Role(Data):
    """Who the person is; a verdict may differ by role. `remind` is the usual number of months between two audits."""

    id: Id
    name: Line
    summary: Line
    checklists: tuple[Id, ...] = ()
    signposts: tuple[Line, ...] = ()
    remind: int = Field(default=3, ge=1, le=12)


class Roles(Data):
    """The file of roles; the first is the one used when none is chosen."""

    schema_: Literal["1"] = Field(alias="schema")
    roles: tuple[Role, ...] = Field(min_length=1)


# -- what an audit finds ---------------------------------------------------------------------------

ReaderName = Literal["web", "outside", "ask", "answers"]


class Observation(Data):
    """What one reader found for one check: an option id, or a reason why not, and when (UTC)."""

    reader: ReaderName
    probe: int = 0
    option: Id | None = None
    reason: Reason | None = None
    at: datetime

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.option is None) == (self.reason is None):
            raise ValueError("an observation holds either an option or a reason")
        return self


class Flag(StrEnum):
    """Something a reader of the finding should know beside the verdict."""

    PAGE_OVER_PERSON = "page_over_person"
    LOW_CONFIDENCE = "low_confidence"
    OLD_FACTS = "old_facts"


class Earlier(Data):
    """An answer that does not count any more, and the day (UTC) on which it was given."""

    option: Id
    on: date


class Finding(Data):
    """The one row per check: its verdict, the answer or the reason, and how it was found.

    `until` is the last day of an accepted risk, `planned` the day by which the person wants to change it. `earlier` is
    the answer that an unknown one had before.
    """

    check: CheckId
    revision: int
    verdict: Verdict
    option: Id | None = None
    reason: Reason | None = None
    until: date | None = None
    planned: date | None = None
    earlier: Earlier | None = None
    flags: tuple[Flag, ...] = ()
    observations: tuple[Observation, ...] = ()

    @model_validator(mode="after")
    def _honest(self) -> Self:
        if self.verdict is Verdict.UNKNOWN and self.reason is None:
            raise ValueError("an unknown finding says why")
        if self.verdict is not Verdict.UNKNOWN and self.option is None:
            raise ValueError("a finding that is not unknown names its option")
        if self.planned is not None and self.verdict is not Verdict.FAIL:
            raise ValueError("only what is to change can be planned")
        return self


class Decision(Data):
    """What a person decided about one answer that is to change: to keep it until a day, or to change it by a day.

    `because` is for the person alone: it is kept in the encrypted history and in no record. `at` is UTC.
    """

    kind: Literal["accept", "plan"]
    check: CheckId
    revision: int
    option: Id
    site: Origin | None = None
    until: date
    because: Annotated[str, Field(max_length=200)] = ""
    at: datetime


class SignedOut(StrEnum):
    """What became of the program's own session on a platform."""

    NOT_USED = "not_used"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    LEFT_TO_YOU = "left_to_you"


class Refusals(Data):
    """What the guard refused while reading: how many requests, and the hosts they were for."""

    count: int = 0
    hosts: tuple[Annotated[str, Field(max_length=253)], ...] = ()


class PlatformRecord(Data):
    """One platform of an audit: which checklist was used, where, and how the browser session ended."""

    platform: Id
    site: Origin | None = None
    checklist_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    origin: Literal["built-in", "own"]
    browser: bool = False
    refused: Refusals = Refusals()
    signed_out: SignedOut = SignedOut.NOT_USED


class AuditRecord(Data):
    """One audit: findings and how they came about; no page text, no account name, no free text.

    Times are UTC. `summary` counts the findings by verdict, every verdict present.
    """

    schema_: Literal["1"] = Field(default="1", alias="schema")
    tool: Literal["privacyaudit"] = "privacyaudit"
    version: Annotated[str, Field(max_length=40)]
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    started: datetime
    finished: datetime
    role: Id
    quick: bool = False
    areas: tuple[Area, ...] = ()
    stopped: bool = False
    demo: bool = False
    summary: dict[Verdict, int]
    platforms: tuple[PlatformRecord, ...]
    findings: tuple[Finding, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.summary != tally(self.findings):
            raise ValueError("the summary does not match the findings")
        if twice := _twice([finding.check for finding in self.findings]):
            raise ValueError(f"check {twice!r} has two findings")
        return self


class Count(Data):
    """How one audit came out: when it finished (UTC) and its findings by verdict."""

    finished: datetime
    summary: dict[Verdict, NonNegativeInt]


class WrittenRecord(AuditRecord):
    """A record as it stands in the folder of a report: with the record that the report compares it with.

    `over_time` are the counts of this audit and of those before it that a report shows, the oldest first. `comparison`
    is worked out from the two records whenever a report is written, and is not read back.
    """

    before: AuditRecord | None = None
    over_time: tuple[Count, ...] = ()
    comparison: JsonValue = None

    @property
    def record(self) -> AuditRecord:
        """Return the record alone."""
        return AuditRecord.model_validate(self.model_dump(include=set(AuditRecord.model_fields), by_alias=True))


def tally(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """Count findings by verdict; every verdict is a key, also those with 0."""
    counts: Mapping[Verdict, int] = Counter(finding.verdict for finding in findings)
    return {verdict: counts.get(verdict, 0) for verdict in Verdict}


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)


def has_address(link: str | None) -> bool:
    """Tell whether a link can be opened, which one that still says {site} cannot."""
    return link is not None and SITE not in link


def platform_of(check_id: str) -> str:
    """Return the platform whose name a check's id begins with."""
    return check_id.split(".")[0]


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
