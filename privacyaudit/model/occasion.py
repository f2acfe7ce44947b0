"""A short walk for an occasion in somebody's life: at most twelve tasks in order, made of what there is already."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import CheckId, Data, Id, Line, PartError, Plain
from privacyaudit.model.route import Proven
from privacyaudit.model.vocabulary import Area

MOST_TASKS = 12

Days = Annotated[int, Field(ge=0, le=180)]


class EachService(Data):
    """What to look at in each service of the person: some of its checks, or a page that its checklist links to.

    `checks` names them; a rule by `areas` takes the `most` that matter most.
    """

    areas: tuple[Area, ...] = ()
    most: int = Field(default=2, ge=1, le=3)
    checks: tuple[CheckId, ...] = ()
    link: Literal["export", "close"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if [bool(self.areas), bool(self.checks), bool(self.link)].count(True) != 1:
            raise PartError(N_("write one of these: areas, checks, link"))
        return self


class Task(Data):
    """One thing to do, and what leads there: a check, searches, a route, a letter, or the person's services.

    `minutes` is for all of it, or for each service. `day` is in how many days it should be done, and where it `waits`,
    not before. `again` is after how many days to look again; where it is left out, the route or the letter says.
    """

    title: Line
    why: Plain
    minutes: int = Field(ge=1, le=30)
    day: Days
    waits: bool = False
    again: Days | None = None
    check: CheckId | None = None
    searches: tuple[Id, ...] = ()
    route: CheckId | None = None
    letter: Id | None = None
    services: EachService | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        ways = (self.check, self.searches, self.route, self.letter, self.services)
        if [bool(way) for way in ways].count(True) != 1:
            raise PartError(N_("write one of these: check, searches, route, letter, services"), "title")
        return self


class Occasion(Proven):
    """One occasion: what it is about, which services are asked about, whom to turn to first, and the tasks."""

    id: Id
    title: Line
    about: tuple[Plain, ...] = Field(min_length=1)
    ask: Line
    helpers: tuple[Id, ...] = ()
    tasks: tuple[Task, ...] = Field(min_length=1, max_length=MOST_TASKS)


class Occasions(Data):
    """The file of occasions, in the order in which they are offered."""

    schema_: Literal["1"] = Field(alias="schema")
    occasions: tuple[Occasion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.id for one in self.occasions]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                raise PartError(N_("the id {id} is used twice"), "occasions", number, "id", id=name)
        return self
