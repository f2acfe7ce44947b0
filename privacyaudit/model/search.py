"""A search that people do for their own name, and what may be kept of having done it."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, NonNegativeInt, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import CheckId, Data, Id, Line, PartError, address_with
from privacyaudit.model.source import Source, as_sure_as
from privacyaudit.model.vocabulary import Confidence, Severity

PLACE = re.compile(r"\{([^{}]*)\}")
QUERY = "{query}"


class Word(StrEnum):
    """What a person may type about themselves; `called` stands for names and former names."""

    NAME = "name"
    FORMER = "former"
    NICKNAME = "nickname"
    USER = "user"
    TOWN = "town"
    WORK = "work"
    PHONE = "phone"
    EMAIL = "email"
    CALLED = "called"


class Found(StrEnum):
    """What somebody may find in a search, hardest first."""

    OTHERS = "others"
    CHANGE = "change"
    FINE = "fine"
    NOT_ME = "not_me"
    NOTHING = "nothing"


def words_in(text: str) -> tuple[Word, ...]:
    """Return the kinds of word that a query has places for, each once. Raises PartError for a place of no kind."""
    found = tuple(dict.fromkeys(PLACE.findall(text)))
    for name in found:
        if name not in set(Word):
            raise PartError(N_("{name!r} is not one of the words: {names}"), name=name, names=", ".join(Word))
    return tuple(Word(name) for name in found)


def _query(text: str) -> str:
    words_in(text)
    if set("{}") & set(PLACE.sub("", text)) or text.count('"') % 2:
        raise PartError(N_("{text!r} has a quote or a brace without its other half"), text=text)
    return text


def _address(url: str) -> str:
    return address_with(QUERY, url)


class Search(Data):
    """One search: what it finds, which words it needs and where it is typed.

    In `query`, {called} and the other kinds of word stand for what the person types; {called} stands for names and
    former names. In `address` stands {query}, or nothing where the person types the words there. `change` is the check
    that says what to do about a find of one's own. Only what is from memory (confidence low) may have no source.
    """

    id: Id
    title: Line
    finds: Line
    look: Line
    query: Annotated[str, Field(max_length=200), AfterValidator(_query)]
    address: Annotated[str, Field(max_length=500), AfterValidator(_address)] | None = None
    device: Literal["any", "computer", "phone"] = "any"
    sign_in: bool = False
    harm: Severity
    change: CheckId
    sources: tuple[Source, ...] = ()
    confidence: Confidence

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.sources and self.confidence is not Confidence.LOW:
            raise PartError(N_("only what is from memory (confidence: low) may have no source"), "sources")
        as_sure_as(self.sources, self.confidence)
        return self

    @property
    def words(self) -> tuple[Word, ...]:
        """Return the kinds of word it needs."""
        return words_in(self.query)


class Searches(Data):
    """The file of searches, in the order of what usually finds most."""

    schema_: Literal["1"] = Field(alias="schema")
    searches: tuple[Search, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        seen: set[str] = set()
        for number, search in enumerate(self.searches):
            if search.id in seen:
                raise PartError(N_("the id {id} is used twice"), "searches", number, "id", id=search.id)
            seen.add(search.id)
        return self


class Looked(Data):
    """What is kept of a search: its id, the day, and how many there were of each kind; no words, no addresses."""

    search: Id
    on: date
    found: dict[Found, NonNegativeInt]
