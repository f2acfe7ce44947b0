"""What the page may say to the program: the shape of each wish. What has another shape is refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError

from privacyaudit.about_me.proof.rules import MOST_PICTURES, Child
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Audience, Author, CheckId, Data, Harm, Id, Outcome, Risk

MOST_REPLIES = 5_000
LONGEST_FOLDER = 1_000
LONGEST_LINE = 20_000

_Shape = TypeVar("_Shape", bound=Data)


class Begin(Data):
    """What an audit is about, as the page asks it: `time` is quick, full or the id of one service.

    `audit` is the number of the one that goes on as far as the page knows, or 0.
    """

    role: Id
    platforms: tuple[Id, ...] = Field(min_length=1, max_length=500)
    time: str = Field(max_length=100)
    device: Literal["", "ios", "android", "menu"] = ""
    audit: int = 0


class Reply(Data):
    """All that the page has of one check: an answer or why there is none, and what was said of a wrong one.

    `changed` is how it was before the person changed it. `offered` tells that a change was offered, and `left` that it
    is to stay as it is.
    """

    check: CheckId
    option: Id | None = None
    reason: Literal["skipped", "dont_know", "looks_different"] | None = None
    changed: Id | None = None
    offered: bool = False
    left: bool = False


class Replies(Data):
    """Some replies, the newest of each check, and the number of the audit in which they were given."""

    audit: int | None = None
    replies: tuple[Reply, ...] = Field(max_length=MOST_REPLIES)


class Finish(Data):
    """Which audit is to end, by its number; `unkept` where it is to end although the history is locked."""

    audit: int | None = None
    unkept: bool = False


class Keeping(Data):
    """Whether anything is kept of this audit."""

    keeps: bool


class Save(Data):
    """Where to write a report; `agreed` after hearing who else can read what is there."""

    folder: str = Field(max_length=LONGEST_FOLDER)
    agreed: bool = False


class Secret(Data):
    """A passphrase of the history."""

    passphrase: str = Field(max_length=1_000)


class Remember(Data):
    """Whether this is the person's own computer, and whether to keep a history on it; with a passphrase or without."""

    own: bool
    keep: bool
    passphrase: str = Field(default="", max_length=1_000)


class Decide(Data):
    """What the person decides about a check that is to change; `until` is a day such as 2027-02-14."""

    check: CheckId
    kind: Literal["accept", "plan"]
    until: str = Field(max_length=40)
    because: str = Field(default="", max_length=2_000)


class Read(Data):
    """Which services to read, whose notices the person has agreed to."""

    platforms: tuple[Id, ...] = Field(min_length=1, max_length=500)


class SignedIn(Data):
    """Whether the person is signed in, or would rather not."""

    is_in: bool


class Picture(Data):
    """Which picture of a row."""

    picture: str = Field(max_length=100)


class SaidOfScreen(Data):
    """What the person says of what was read on a screen: which checks are wrong, and whether the rest is right."""

    platform: Id
    screen: Id
    wrong: tuple[CheckId, ...] = Field(default=(), max_length=MOST_REPLIES)
    rest: bool = True


class OpenWith(Data):
    """A passphrase that opens what is kept of a clinic; without one the keyring does."""

    passphrase: str = Field(default="", max_length=1_000)


class ContinueClinic(OpenWith):
    """At which address of this computer a clinic that was cut off goes on; its own where that is empty."""

    address: str = Field(default="", max_length=100)


class OpenClinic(ContinueClinic):
    """A new clinic; without an address, only this computer can join. With `memory_only`, its counts are not kept.

    It is for a role, or for everyone, and about some services, or all; about what matters most there, or with
    `everything` about all settings of the services that are named.
    """

    name: str = Field(max_length=1_000)
    role: Id | None = None
    platforms: tuple[Id, ...] = Field(default=(), max_length=500)
    everything: bool = False
    memory_only: bool = False


class CaseOf(Data):
    """What is out there, as the page asked it."""

    harm: Harm
    place: Id
    author: Author = Author.UNKNOWN
    work: bool = False
    risk: Risk = Risk.NONE


class StepDone(Data):
    """Which step somebody took and on which day: one for a case, or the next one after a step that is kept."""

    step: str = Field(max_length=200)
    day: str = Field(default="", max_length=40)
    case: CaseOf | None = None
    instead_of: int | None = None


class StepCame(Data):
    """What came of a step that is kept."""

    number: int
    outcome: Outcome


class SeenThere(Data):
    """What somebody saw, as they typed it, and which pictures are for it; the limits of lines are the terminal's."""

    what: Harm
    audience: Audience
    addresses: tuple[Annotated[str, Field(max_length=LONGEST_LINE)], ...] = Field(default=(), max_length=500)
    place: str = Field(default="", max_length=LONGEST_LINE)
    account: str = Field(default="", max_length=LONGEST_LINE)
    note: str = Field(default="", max_length=LONGEST_LINE)
    day: str = Field(default="", max_length=40)
    time: str = Field(default="", max_length=40)
    pictures: tuple[int, ...] = Field(default=(), max_length=MOST_PICTURES)


class ChildIn(Data):
    """Whether somebody under 18 may be shown in a naked or sexual way."""

    child: Child


class DropPictures(Data):
    """Which picture that waits to leave out, by its number; all, where none is named."""

    picture: int | None = None


class DeleteProof(Data):
    """Which entry to delete; all, where that is said to be none."""

    number: int | None


def read(shape: type[_Shape], wish: Any) -> _Shape:
    """Return a wish in its shape. Raises UsageError."""
    try:
        return shape.model_validate(wish)
    except ValidationError as error:
        raise UsageError(
            _("The page said something that the program does not understand."),
            _("Load the page again. What was saved is still there."),
        ) from error


def taking(shape: type[_Shape], work: Callable[[_Shape], Any]) -> Callable[[Any], Any]:
    """Return a power of the page: what does some work with a wish, once it has its shape."""
    return lambda wish: work(read(shape, wish))
