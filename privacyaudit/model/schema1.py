"""A checklist as it was written before it named its screens: each check said itself where it is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from privacyaudit.model.checklist import BaseCheck, BaseChecklist
from privacyaudit.model.screen import Where


class Check1(BaseCheck):
    """A check of schema 1."""

    where: Where = Where()


class Checklist1(BaseChecklist):
    """A checklist of schema 1."""

    schema_: Literal["1"] = Field(alias="schema")
    checks: tuple[Check1, ...] = Field(min_length=1)
