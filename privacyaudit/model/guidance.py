"""The guides that practitioners are held to, and who a person is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    Field,
)

from privacyaudit.model.base import (
    Data,
    Id,
    Line,
)
from privacyaudit.model.vocabulary import (
    Area,
)


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
