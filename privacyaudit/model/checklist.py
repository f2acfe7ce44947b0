"""One YAML file as data: a platform, and its checks with their options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    field_validator,
    model_validator,
)

from privacyaudit.i18n import N_
from privacyaudit.model.base import (
    ME,
    SITE,
    CheckId,
    Data,
    Host,
    Id,
    Line,
    Link,
    Origin,
    PartError,
    PathPattern,
    Plain,
    host_of,
    platform_of,
)
from privacyaudit.model.probe import JsonProbe, Outside, OutsideProbe, Probe, WebProbe
from privacyaudit.model.screen import Row, Screen, Where
from privacyaudit.model.signing import Me, SignedIn, SignIn, SignOut
from privacyaudit.model.source import UNDATED, Source, as_sure_as, newest
from privacyaudit.model.vocabulary import (
    Area,
    Confidence,
    Group,
    Only,
    SettledVerdict,
    Severity,
    Verdict,
)


class Option(Data):
    """One possible answer, its label in the platform's own words, and its verdict (by role where it differs).

    `absent` marks the answer of those who do not have a setting that `only` some have.
    """

    id: Id
    label: Line
    former: tuple[Line, ...] = ()
    verdict: SettledVerdict | dict[Id, SettledVerdict]
    absent: bool = False

    @model_validator(mode="after")
    def _fair(self) -> Self:
        verdicts = self.verdict.values() if isinstance(self.verdict, dict) else (self.verdict,)
        if self.absent and Verdict.FAIL in verdicts:
            raise PartError(
                N_("people cannot change a setting that they do not have: write pass, choice or not_applicable here"),
                "verdict",
            )
        return self

    @field_validator("verdict")
    @classmethod
    def _has_default(
        cls, verdict: SettledVerdict | dict[str, SettledVerdict]
    ) -> SettledVerdict | dict[str, SettledVerdict]:
        if isinstance(verdict, dict) and "default" not in verdict:
            raise PartError(N_("a verdict for each role also needs default"))
        return verdict

    def verdict_for(self, role: str) -> Verdict:
        """Return the verdict for a role, or the default where the role has none of its own."""
        if isinstance(self.verdict, dict):
            return Verdict(self.verdict.get(role, self.verdict["default"]))
        return Verdict(self.verdict)


class BaseCheck(Data):
    """One question about one setting or habit, with its answers and what to do about them; all but where it is.

    `recheck` is for how many months an answer counts; where it is left out, the area and the severity say (`due`).
    `only` says that not everybody in the UK has the setting: those who pay, or people elsewhere and some here.
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
    options: tuple[Option, ...] = Field(min_length=2)
    default: Id | None = None
    only: Only | None = None
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
        absent = [number for number, option in enumerate(self.options) if option.absent]
        if self.only and not absent:
            raise PartError(
                N_("only is set: for everybody without the setting, add an option with absent: true"), "only"
            )
        if absent and not self.only:
            raise PartError(
                N_("absent: true works only with only: add only: paid or only: elsewhere to the check"),
                *("options", absent[0], "absent"),
            )
        if not self.sources and self.confidence is not Confidence.LOW:
            raise PartError(N_("a check without a source has confidence: low"))
        as_sure_as(self.sources, self.confidence)
        return self

    @property
    def newest(self) -> str:
        """Return the newest date on what the check says: a year, a month or a day, `undated`, or "" from memory."""
        return newest(self.sources, self.verified)

    @property
    def dated(self) -> bool:
        """Tell whether there is a date on what the check says."""
        return self.newest not in ("", UNDATED)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the id and the aliases, under which records and decisions may have it."""
        return (self.id, *self.aliases)

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Check(BaseCheck):
    """A check, the screen on which it is answered, and its line there where that has a name of its own."""

    screen: Id
    row: Row | None = None


class Site(Data):
    """A platform without one address: what to ask the person, and the usual answer."""

    ask: Line
    default: Origin | None = None


class Links(Data):
    """Pages that a report points to: export your data, close the account, report an impostor, other sessions."""

    export: Link | None = None
    close: Link | None = None
    report: Link | None = None
    sessions: Link | None = None


Noise = Annotated[str, Field(pattern=r"^(?:/[^\s]+|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)$")]
"""The beginning of a path, a host, or all hosts below one (`*.example.com`)."""


class Platform(Data):
    """A service with settings, or a place of practice such as everyday habits.

    `noise` lists paths and hosts to which its pages send counting and keep-alive messages: refusing those hides no
    setting.
    `language` is that of its pages, where they do not say it. `me` is what stands for the person in addresses.
    `dangerous` lists beginnings of paths that sign out, delete, revoke or show secrets (a * stands for one part between
    slashes): they are refused beside those that are refused everywhere.
    `common` says that most adults in the UK use it: the page for phones offers it first.
    """

    id: Id
    name: Line
    group: Group
    common: bool = False
    hosts: tuple[Host, ...] = ()
    help_hosts: tuple[Host, ...] = ()
    site: Site | None = None
    sign_in: SignIn | None = None
    signed_in: SignedIn | None = None
    me: Me | None = None
    sign_out: SignOut | None = None
    outside: Outside | None = None
    notice: Plain
    by_hand_because: Plain | None = None
    languages: tuple[Id, ...] = ("en",)
    language: Id | None = None
    noise: tuple[Noise, ...] = ()
    dangerous: tuple[PathPattern, ...] = ()
    two_factor: tuple[Line, ...] = ()
    links: Links = Links()
    limits: tuple[Plain, ...] = ()
    sensitive: bool = False


class BaseChecklist(Data):
    """One YAML file, of any schema: a platform and its checks."""

    schema_: str = Field(alias="schema")
    platform: Platform
    checks: tuple[BaseCheck, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known: set[str] = set()
        for number, check in enumerate(self.checks):
            for name in check.names:
                if name in known:
                    raise PartError(N_("check {check!r} is listed twice"), "checks", number, "id", check=name)
                known.add(name)
            if platform_of(check.id) != self.platform.id:
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
            for name, said in (("who", entry.signed_in.who), ("me", entry.me)):
                if said and said.host:
                    place = ("signed_in", name) if name == "who" else (name,)
                    self._covered(f"https://{said.host}", entry.hosts, "platform", *place, "host")
        if entry.language and entry.language not in entry.languages:
            raise PartError(
                N_("language {language!r} is not one of languages"), "platform", "language", language=entry.language
            )
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

    def _readable(self, check: BaseCheck, number: int) -> None:
        signed_in = self.platform.signed_in
        for index, probe in enumerate(check.probes):
            place = ("checks", number, "probes", index)
            if signed_in is None:
                raise PartError(
                    N_("check {check!r} has a probe, so platform.signed_in must say how to recognise a sign-in"),
                    *place,
                    check=check.id,
                )
            self._covered(probe.open, self.platform.hosts, *place, "open")
            if ME in probe.open and self.platform.me is None:
                raise PartError(N_("{me} is used, but platform.me does not say where it is"), *(*place, "open"), me=ME)
            if probe.absent and not signed_in.on_every_page:
                raise PartError(
                    N_(
                        "check {check!r} uses absent, so signed_in.on_every_page must say how each page shows a sign-in"
                    ),
                    *(*place, "absent"),
                    check=check.id,
                )

    def _visible(self, check: BaseCheck, number: int) -> None:
        for index, probe in enumerate(check.outside):
            place = ("checks", number, "outside", index)
            if self.platform.outside is None:
                raise PartError(
                    N_("check {check!r} looks from outside, so platform.outside must say what a name looks like"),
                    *place,
                    check=check.id,
                )
            self._covered(probe.get, self.platform.hosts, *place, "get")
            if probe.absent and self.platform.outside.known is None:
                raise PartError(
                    N_("check {check!r} uses absent, so platform.outside.known must say how to see that a name exists"),
                    *(*place, "absent"),
                    check=check.id,
                )

    @staticmethod
    def _covered(url: str, hosts: Iterable[str], *place: str | int) -> None:
        if host_of(url) not in hosts:
            raise PartError(N_("{host} is not in the list of hosts"), *place, host=host_of(url))


class Checklist(BaseChecklist):
    """One YAML file: a platform, its screens, and its checks on them."""

    schema_: Literal["2"] = Field(alias="schema")
    screens: tuple[Screen, ...] = Field(min_length=1)
    checks: tuple[Check, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _open_the_screen(cls, data: Any) -> Any:
        """Give the probes that name no address that of their screen."""
        if not isinstance(data, dict) or not isinstance(data.get("checks"), list):
            return data
        screens = [one for one in _listed(data.get("screens")) if isinstance(one, dict)]
        addresses = {str(one.get("id")): one["web"] for one in screens if one.get("web")}
        return data | {"checks": [_with_address(check, addresses) for check in data["checks"]]}

    @model_validator(mode="after")
    def _on_screens(self) -> Self:
        known = [screen.id for screen in self.screens]
        for number, name in enumerate(known):
            if name in known[:number]:
                raise PartError(N_("screen {screen!r} is listed twice"), "screens", number, "id", screen=name)
        for number, check in enumerate(self.checks):
            if check.screen not in known:
                raise PartError(
                    N_("check {check!r} is on the screen {screen!r}, which is not in screens: {screens}"),
                    *("checks", number, "screen"),
                    check=check.id,
                    screen=check.screen,
                    screens=", ".join(known),
                )
        for number, name in enumerate(known):
            if not any(check.screen == name for check in self.checks):
                raise PartError(
                    N_("no check is on the screen {screen!r}: name it in a check, or take it out"),
                    *("screens", number),
                    screen=name,
                )
        return self

    @property
    def weight(self) -> int:
        """Return how many of the checks matter a lot: the more, the sooner a platform is asked."""
        return sum(check.severity is Severity.HIGH for check in self.checks)

    def check(self, check_id: str) -> Check | None:
        """Return the check with this id or alias, or None."""
        return next((c for c in self.checks if check_id == c.id or check_id in c.aliases), None)

    def screen(self, check: Check) -> Screen:
        """Return the screen on which a check of this checklist is answered."""
        return next(screen for screen in self.screens if screen.id == check.screen)

    def where(self, check: Check) -> Where:
        """Return the way to a check of this checklist on each device, down to its line."""
        return self.screen(check).where(check.row)


def _listed(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _with_address(check: Any, addresses: Mapping[str, Any]) -> Any:
    web = addresses.get(str(check.get("screen"))) if isinstance(check, dict) else None
    if web is None or not isinstance(check.get("probes"), list):
        return check
    return check | {"probes": [{"open": web} | one if isinstance(one, dict) else one for one in check["probes"]]}
