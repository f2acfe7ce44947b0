"""Where something about a person can be, the ways to get it down there, and the people who help."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import CheckId, Data, Host, Id, Line, Link, PartError, Plain
from privacyaudit.model.source import Source, as_sure_as, newest
from privacyaudit.model.vocabulary import Confidence


class Harm(StrEnum):
    """What is out there, in the order in which a person is asked."""

    INTIMATE = "intimate"
    MADE_UP = "made_up"
    FAKE_ACCOUNT = "fake_account"
    TAKEN_OVER = "taken_over"
    POST = "post"
    COMMENT = "comment"
    GROUP = "group"
    FILM = "film"
    PICTURE = "picture"
    OWN_PHOTO = "own_photo"
    CONTACT = "contact"
    ARTICLE = "article"
    OLD_PAGE = "old_page"
    OLD_ACCOUNT = "old_account"
    REGISTER = "register"
    SEARCH_RESULT = "search_result"


class Author(StrEnum):
    """Who put it there. A `PARTNER` is one, a former one, or anybody else who frightens the person."""

    ME = "me"
    FRIEND = "friend"
    PARTNER = "partner"
    COLLEAGUE = "colleague"
    PARENT = "parent"
    PUPIL = "pupil"
    ORGANISATION = "organisation"
    STRANGER = "stranger"
    UNKNOWN = "unknown"


class Risk(StrEnum):
    """Who may come to harm: nobody today, somebody in danger today, a child in what was posted, or both."""

    NONE = "none"
    DANGER = "danger"
    CHILD = "child"
    BOTH = "both"


class Shelf(StrEnum):
    """What kind of place it is, in the order in which a person is asked."""

    NETWORK = "network"
    MESSAGES = "messages"
    SEARCH = "search"
    PRESS = "press"
    WORK = "work"
    PEOPLE_SEARCH = "people_search"
    PUBLIC_REGISTER = "public_register"
    OLD_WEB = "old_web"
    ANYWHERE = "anywhere"


class Way(StrEnum):
    """How a route is taken."""

    APP = "app"
    FORM = "form"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    POLICE = "police"
    ADVICE = "advice"


Email = Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=120)]


Phone = Annotated[str, Field(pattern=r"^[0-9][0-9 ]{1,14}[0-9]$", max_length=16)]


class Proven(Data):
    """A fact for people to act on, where it comes from, and when somebody last saw it there."""

    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    verified: date | None = None

    @model_validator(mode="after")
    def _as_sure_as_its_sources(self) -> Self:
        as_sure_as(self.sources, self.confidence)
        return self

    @property
    def newest(self) -> str:
        """Return the newest date on it: a year, a month or a day, or `undated`."""
        return newest(self.sources, self.verified)


class Place(Data):
    """Somewhere that something about a person can be. `hosts` are its own and those of its forms, where it has any."""

    id: Id
    name: Line
    group: Shelf
    hosts: tuple[Host, ...] = ()


class Route(Proven):
    """One way to get something down, at the places and for the harms that it is for.

    `whose` says what it is for: the person's own post or account, somebody else's, or a picture of a child. A route
    without places is only reached from another one that was refused. `menu` is the way through an app, `open` a page,
    `write` and `call` an address and a number. `tick` lists the words to choose there. `days` is how long to wait
    before the next step; None where nobody says. `limits` say what it does not do, and `refused` lists the routes to
    take next.
    """

    id: CheckId
    title: Line
    places: tuple[Id, ...] = ()
    harms: tuple[Harm, ...] = ()
    whose: Literal["mine", "others", "child"] = "others"
    way: Way
    menu: tuple[Line, ...] = ()
    open: Link | None = None
    write: Email | None = None
    call: Phone | None = None
    needs: tuple[Line, ...] = ()
    tick: tuple[Line, ...] = ()
    days: int | None = Field(default=None, ge=1, le=180)
    limits: tuple[Plain, ...] = Field(min_length=1)
    refused: tuple[CheckId, ...] = ()
    letter: Id | None = None

    @model_validator(mode="after")
    def _can_be_taken(self) -> Self:
        asks = {
            Way.APP: ("menu", self.menu),
            Way.FORM: ("open", self.open),
            Way.EMAIL: ("write", self.write or self.letter),
            Way.LETTER: ("letter", self.letter or self.needs),
            Way.ADVICE: ("needs", self.needs),
            Way.PHONE: ("call", self.call),
            Way.POLICE: ("call", self.call),
        }
        key, value = asks[self.way]
        if not value:
            raise PartError(N_("way is {way}, so the key {key!r} is missing"), "way", way=self.way.value, key=key)
        if bool(self.places) != bool(self.harms):
            raise PartError(N_("places and harms belong together: write both or neither"), "id")
        return self


class Helper(Proven):
    """People who help: who they are for, when they answer and how to reach them."""

    id: Id
    name: Line
    summary: Plain
    hours: Line | None = None
    open: Link | None = None
    write: Email | None = None
    call: Phone | None = None


class Routes(Data):
    """One YAML file of places, the routes there, and people who help."""

    schema_: Literal["1"] = Field(alias="schema")
    places: tuple[Place, ...] = ()
    routes: tuple[Route, ...] = ()
    helpers: tuple[Helper, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for kind, entries in (("places", self.places), ("routes", self.routes), ("helpers", self.helpers)):
            ids = [entry.id for entry in entries]
            for number, name in enumerate(ids):
                if name in ids[:number]:
                    raise PartError(N_("{name!r} is listed twice"), kind, number, "id", name=name)
        return self
