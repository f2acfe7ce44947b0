"""Where a fact comes from, and how old it is: when a page was written, which is not when somebody read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import Data, Link, PartError
from privacyaudit.model.vocabulary import Confidence

UNDATED = "undated"
"""What stands for the date of a page that has none."""

_MONTH_OR_DAY = "20[0-9]{2}-(0[1-9]|1[0-2])(-[0-9]{2})?"


def _exists(text: str, key: str = "") -> str:
    try:
        if text != UNDATED:
            date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        raise PartError(N_("the day {day} does not exist"), *filter(None, [key]), day=text) from None
    return text


MonthOrDay = Annotated[str, Field(pattern=rf"^{_MONTH_OR_DAY}$"), AfterValidator(_exists)]


Dated = Annotated[
    str,
    Field(pattern=rf"^({UNDATED}|20[0-9]{{2}}|{_MONTH_OR_DAY})$", json_schema_extra={"type": ["string", "integer"]}),
    AfterValidator(_exists),
]
"""A year, a month, a day or `undated`. Editors take a year for a number."""


def last_day(text: str) -> date:
    """Return the last day (the 28th of a month) that a year, a month or a day may mean."""
    year, month, day = [int(part) for part in text.split("-")] + [12, 28][text.count("-") :]
    return date(year, month, day)


class Source(Data):
    """Where a fact comes from: when that page was written or recorded, and when we read it."""

    url: Link
    page: Dated
    read: MonthOrDay

    @model_validator(mode="before")
    @classmethod
    def _seen(cls, data: Any) -> Any:
        """Read the one date of older files as both: it was the month in which somebody saw the fact there."""
        if not isinstance(data, dict) or "seen" not in data:
            return data
        if "page" in data or "read" in data:
            raise PartError(N_("“page” and “read” replace “seen”: remove “seen”"), "seen")
        seen = data["seen"]
        if not isinstance(seen, str) or not re.fullmatch(_MONTH_OR_DAY, seen):
            raise PartError(N_("write a month or a day, such as 2026-11 or 2026-11-30"), "seen")
        rest = {key: value for key, value in data.items() if key != "seen"}
        return rest | {"page": _exists(seen, "seen"), "read": seen}

    @model_validator(mode="after")
    def _written_first(self) -> Self:
        if self.dated and self.page[: len(self.read)] > self.read[: len(self.page)]:
            raise PartError(
                N_("a page that was read in {read} cannot be dated {page}"), "page", page=self.page, read=self.read
            )
        return self

    @property
    def dated(self) -> bool:
        """Tell whether we know when the page was written or recorded."""
        return self.page != UNDATED


def as_sure_as(sources: Iterable[Source], confidence: Confidence) -> None:
    """Raise PartError where confidence is high, and no source has a date."""
    if confidence is Confidence.HIGH and not any(source.dated for source in sources):
        raise PartError(N_("none of the sources has a date, so confidence cannot be high: write medium"), "confidence")


def newest(sources: Iterable[Source], verified: date | None) -> str:
    """Return the newest date of some sources and of a look at the live site, `undated`, or "" where there are none."""
    known = list(sources)
    dates = [source.page for source in known if source.dated] + ([verified.isoformat()] if verified else [])
    return max(dates, default=UNDATED if known else "")
