"""How a reader finds an answer: on a settings page, in a reply to it, or from outside."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    model_validator,
)

from privacyaudit.i18n import N_
from privacyaudit.model.base import (
    Data,
    Host,
    Id,
    Line,
    Link,
    Page,
    PartError,
    lookup_address,
    one_line,
    regular_expression,
)
from privacyaudit.model.reply_path import plain_keys, reply_condition, reply_path

ReplyPath = Annotated[str, Field(max_length=500), AfterValidator(one_line), AfterValidator(reply_path)]
Condition = Annotated[str, Field(max_length=500), AfterValidator(one_line), AfterValidator(reply_condition)]
Asked = Annotated[str, Field(pattern=r"^/[^\s]*$", max_length=200)]
"""The path of an address that a page asks for; a * stands for one part between slashes."""


class Named(Data):
    """An accessible role and the names (one per wording or language) it may carry."""

    role: Id
    name: tuple[Line, ...] = Field(min_length=1)


class Disclosure(Named):
    """A button that unfolds a part of the page; the only thing a probe may press."""

    role: Literal["button"] = "button"


class Find(Data):
    """Where a control is: by form name or id, by role and name, or by the text of the row it stands in.

    `name_starts` is for controls whose accessible name carries the value after a fixed beginning. `text` is for whole
    sentences that a page shows, and a role with nothing but `within` for things that are counted.
    """

    field: Annotated[str, Field(pattern=r"^[^\s\"'\\<>]{1,120}$")] | None = None
    role: Id | None = None
    name: tuple[Line, ...] = ()
    name_starts: tuple[Line, ...] = ()
    within: Named | None = None
    near: tuple[Line, ...] = ()
    text: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.text and (self.field or self.role or self.name or self.name_starts or self.near):
            raise PartError(N_("find by text works only with within"))
        if not self.text and (self.field is None) == (self.role is None):
            raise PartError(N_("find needs either field or role, and not both"))
        if self.field and (self.name or self.name_starts or self.near):
            raise PartError(N_("find by field does not work with name, name_starts or near"))
        if self.role and not (self.name or self.name_starts or self.near or self.within):
            raise PartError(N_("find by role needs name, name_starts or near"))
        if self.name and self.name_starts:
            raise PartError(N_("find takes name or name_starts, not both"))
        if self.name and self.near:
            raise PartError(N_("find takes name or near, not both: write two probes, and both must then agree"))
        return self

    @property
    def all_of_a_role(self) -> bool:
        """Tell whether everything with a role is meant, whatever it is called."""
        return bool(self.role) and not (self.name or self.name_starts or self.near)


def one_control(find: Find) -> Find:
    """Return a find that names one control. Raises PartError."""
    if find.text:
        raise PartError(N_("find by text works only in probes: name a control here"))
    if find.all_of_a_role:
        raise PartError(N_("find by role alone works only with take: count. Add name, name_starts or near"))
    return find


Control = Annotated[Find, AfterValidator(one_control)]


class Take(StrEnum):
    """What is read from the control that was found."""

    CHECKED = "checked"
    SELECTED = "selected"
    PRESSED = "pressed"
    TEXT = "text"
    VALUE = "value"
    FILLED = "filled"
    COUNT = "count"
    NAME_REST = "name_rest"


class Range(Data):
    """A number read from a page, from `at_least` (or 0) to `at_most` (both included), means `option`.

    Nothing that is counted is less than 0: such a number stands for something that we do not know.
    """

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
        return (self.at_least or 0) <= number and (self.at_most is None or number <= self.at_most)


class Absent(Data):
    """What it means when the control or key is not there at all, and the page that says so."""

    option: Id
    source: Link


Means = dict[Annotated[str, Field(max_length=200)], Id] | tuple[Range, ...]


def _open_may_be_the_screens(schema: dict[str, Any]) -> None:
    schema["required"].remove("open")


class WebProbe(Data):
    """Read one control of one settings page.

    A file may leave out `open`, and then it is the address of the check's screen. `languages` are those in which its
    words hold, where they are not all of the platform's. `alone` says that an empty box is empty, whatever words are
    beside it.
    """

    model_config = ConfigDict(json_schema_extra=_open_may_be_the_screens)

    kind: Literal["web"]
    open: Page
    languages: tuple[Id, ...] = ()
    expand: Disclosure | None = None
    find: Find
    take: Take
    means: Means
    absent: Absent | None = None
    alone: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.alone and self.take not in (Take.VALUE, Take.FILLED):
            raise PartError(N_("alone works only with take: value or take: filled"), "alone")
        if self.take is Take.NAME_REST and not self.find.name_starts:
            raise PartError(N_("take: name_rest needs find.name_starts"))
        if self.take is Take.COUNT and isinstance(self.means, dict):
            raise PartError(N_("take: count needs means as a list of at_least and at_most"))
        if self.take is not Take.COUNT and not isinstance(self.means, dict):
            raise PartError(N_("means as a list of ranges works only with take: count"))
        if self.take in (Take.CHECKED, Take.PRESSED, Take.FILLED) and set(self.means) - {"true", "false"}:
            raise PartError(N_('take: {take} allows only "true" and "false" in means'), take=self.take)
        if self.absent and self.take is Take.COUNT:
            raise PartError(N_("a count cannot have absent: a count of 0 proves nothing"))
        if self.find.all_of_a_role and self.take is not Take.COUNT:
            raise PartError(N_("find by role alone works only with take: count. Add name, name_starts or near"), "find")
        if self.find.text:
            self._a_sentence()
        return self

    def _a_sentence(self) -> None:
        if self.take is not Take.TEXT:
            raise PartError(N_("find by text works only with take: text"), "take")
        if set(self.find.text) != set(self.means):
            raise PartError(N_("find.text and means must list the same sentences"), "means")
        if self.absent:
            raise PartError(N_("a sentence cannot have absent: if it is not shown, that proves nothing"), "absent")


class JsonProbe(Data):
    """Read one value from a reply that the settings page itself asked for with GET; nothing is requested by us.

    `reply` is the path of the address of that reply (a * stands for one part between slashes), `path` a JMESPath
    expression into it. `or_path` are those for other shapes that the same reply may have. `open` may be left out as in
    a `WebProbe`.
    """

    model_config = ConfigDict(json_schema_extra=_open_may_be_the_screens)

    kind: Literal["json"]
    open: Page
    reply: Asked
    host: Host | None = None
    path: ReplyPath
    or_path: tuple[ReplyPath, ...] = ()
    means: Means
    absent: Absent | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.absent and (self.or_path or not plain_keys(self.path)):
            raise PartError(
                N_(
                    "absent needs one path of plain keys, such as security.method: the reply must have all but the last"
                ),
                "absent",
            )
        return self

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths for all shapes of the reply."""
        return (self.path, *self.or_path)


Probe = Annotated[WebProbe | JsonProbe, Field(discriminator="kind")]


class Lookup(Data):
    """A public address that answers anybody with JSON, and where in it one value stands.

    `{user}` in `get` is the name that the person typed. `path` is a JMESPath expression into
    `{reply: what came, user: the name in small letters}`.
    """

    get: Annotated[str, Field(max_length=500), AfterValidator(lookup_address)]
    path: ReplyPath


class Known(Lookup):
    """How to tell that a name is somebody's; an account of which a path in `unless` is true counts as none."""

    unless: tuple[ReplyPath, ...] = ()


class OutsideAbsent(Absent):
    """What it means that a value is not there, as long as `when` (JMESPath, as in `path`) is true of the same reply."""

    when: Condition


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
    written: Annotated[str, Field(max_length=200), AfterValidator(regular_expression)]
    known: Known | None = None
