"""The running notes of an audit: each observation is on the disk before the next question is asked.

One JSON line per entry, the first line says what the audit is about. A last line that was cut off (power cut) was
never reported as saved and is dropped; damage anywhere else is refused with a sentence, and the file is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from privacyaudit.errors import RecordError, SaveError, UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Area, Check, CheckId, Data, Device, Id, Observation, Origin, Reason, Refusals, SignedOut
from privacyaudit.storage import files, folders, reading
from privacyaudit.storage.versions import refuse_newer

FILE = "unfinished.jsonl"
LOCK = "unfinished.lock"
LEFT = N_(
    "The program did not change the file. Start a new audit without --resume. The program then keeps this one under "
    "another name."
)
WANTED = reading.FileKind(
    RecordError, 50_000_000, N_("{path} is larger than 50 MB. An unfinished audit is never that large."), LEFT, LEFT
)


class Header(Data):
    """What an unfinished audit is about."""

    kind: Literal["header"] = "header"
    schema_: Literal["1"] = Field(default="1", alias="schema")
    started: datetime
    role: Id
    platforms: tuple[Id, ...]
    sites: dict[Id, Origin] = Field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    quick: bool = False
    device: Device | None = None


class Seen(Data):
    """One observation of one check, and the revision that the check had then."""

    kind: Literal["seen"] = "seen"
    check: CheckId
    revision: int = 1
    observation: Observation

    @property
    def settles(self) -> bool:
        """Tell whether no answer is needed any more: it was read, or the person replied."""
        return self.observation.option is not None or self.observation.reader == "ask"

    def counts_for(self, check: Check) -> bool:
        """Tell whether the check still asks what it asked then, and still has the option."""
        option = self.observation.option
        return self.revision == check.revision and (option is None or check.option(option) is not None)


class Ended(Data):
    """How the browser session on one platform ended."""

    kind: Literal["ended"] = "ended"
    platform: Id
    refused: Refusals
    signed_out: SignedOut


class Offered(Data):
    """What a person said of a setting that is to change, while its screen was open: the answer then, and the choice."""

    kind: Literal["offered"] = "offered"
    check: CheckId
    option: Id
    choice: Literal["later", "leave"]


Noted = Seen | Ended | Offered
Entry = Annotated[Header | Noted, Field(discriminator="kind")]
_ENTRY: TypeAdapter[Header | Noted] = TypeAdapter(Entry)


class Journal:
    """An open journal. Make one with `begin` or `resume`; one without a path is kept in memory only."""

    def __init__(
        self, path: Path | None, header: Header, entries: Iterable[Noted] = (), held: files.Held | None = None
    ) -> None:
        self.path = path
        self._held = held
        self.header = header
        self.entries = list(entries)

    def add(self, entry: Noted) -> None:
        """Save one entry; when this returns, it is on the disk. Raises SaveError."""
        if self.path and not self._is_ours(self.path):
            self._write_again(self.path)
        if self.path:
            files.append(self.path, entry.model_dump_json(by_alias=True))
        self.entries.append(entry)

    def _is_ours(self, path: Path) -> bool:
        """Tell whether what lies there is this journal: somebody may have removed it, or begun another one."""
        try:
            with reading.opened(path) as file:
                return _ENTRY.validate_json(file.readline()) == self.header
        except (FileNotFoundError, ValidationError):
            return False
        except OSError:
            return True  # what is wrong with it shows when it is written or removed

    def _write_again(self, path: Path) -> None:
        """Write all of it again, under a name that is not in use. Raises SaveError."""
        self.path = _free_name(path) if files.there(path) else path
        files.write(self.path, self._text(self.header))

    def _text(self, header: Header) -> str:
        lines = (one.model_dump_json(by_alias=True) for one in (header, *self.entries))
        return "".join(f"{line}\n" for line in lines)

    def turn_to(self, header: Header) -> None:
        """Let this journal be about another audit: what is noted stays. Whole or not at all. Raises SaveError."""
        if self.path:
            files.write(self.path, self._text(header))
        self.header = header

    def release(self) -> None:
        """Let another audit have the journal; what is noted stays where it is."""
        if self._held:
            self._held.release()

    def counting(self, checks: Iterable[Check]) -> list[Seen]:
        """Return what was observed and still counts.

        After one that counts no more, neither does what was noted before it, nor what an answers file said after it.
        Where the person did not see what a page showed, nothing counts that was noted before they said so.
        """
        by_id = {check.id: check for check in checks}
        found: dict[str, list[Seen]] = {}
        lost: set[str] = set()
        for entry in self.entries:
            check = by_id.get(entry.check) if isinstance(entry, Seen) else None
            if not isinstance(entry, Seen) or check is None:
                continue
            if not entry.counts_for(check):
                lost.add(check.id)
                found[check.id] = []
            elif entry.observation.reason is Reason.READ_WRONG:
                found[check.id] = [entry]
            elif check.id not in lost or entry.observation.reader != "answers":
                found.setdefault(check.id, []).append(entry)
        return [entry for entries in found.values() for entry in entries]

    def answered(self, checks: Iterable[Check], given: Mapping[str, str] = MappingProxyType({})) -> set[str]:
        """Return the ids of those checks that need no answer any more: it was read, or the person replied.

        `given` are the answers of a file, check id to option id: one that differs from the person's has to be asked.
        """
        said = {entry.check: entry.observation for entry in self.counting(checks) if entry.settles}
        disputed = {
            name
            for name, option in given.items()
            if name in said and said[name].reader == "ask" and said[name].option not in (None, option)
        }
        return (said.keys() | given.keys()) - disputed

    def rename(self, checks: Iterable[Check]) -> None:
        """Give what is noted the ids that checks have today; two checks that are one now keep the ids they had."""
        today = {name: check.id for check in checks for name in check.names}
        noted = {entry.check for entry in self.entries if not isinstance(entry, Ended)}
        several = Counter(today.get(name) for name in noted)
        new = {name: today[name] for name in noted if name in today and several[today[name]] == 1}
        self.entries = [
            entry if isinstance(entry, Ended) else entry.model_copy(update={"check": new.get(entry.check, entry.check)})
            for entry in self.entries
        ]

    def lost(self, checks: Iterable[Check]) -> list[str]:
        """Return the ids whose answers count no more, because the check is gone or asks something else now."""
        answered = dict.fromkeys(
            entry.check
            for entry in self.entries
            if isinstance(entry, Seen) and entry.settles and entry.observation.reason is not Reason.SKIPPED
        )
        still = self.answered(checks)
        return [name for name in answered if name not in still]

    def offered(self) -> dict[str, Offered]:
        """Return what the person said last of each setting that is to change."""
        return {entry.check: entry for entry in self.entries if isinstance(entry, Offered)}

    def close(self, *, keep: bool = False) -> Path | None:
        """Remove the journal, and no other one, once a report was written from it.

        With `keep` it gets another name instead, which is returned. Raises SaveError.
        """
        aside = None
        if self.path and self._is_ours(self.path):
            if keep:
                aside = set_aside(self.path)
            else:
                files.remove(self.path)
        self.release()
        return aside


def unfinished() -> Path | None:
    """Return the journal of an audit that was stopped, or None."""
    path = folders.state() / FILE
    return path if files.there(path) else None


def begin(header: Header) -> tuple[Journal, Path | None]:
    """Start a journal. An unfinished one is kept under another name, which is returned too.

    Raises SaveError, and UsageError while another audit is going on.
    """
    files.make_folder(folders.state())
    path = folders.state() / FILE
    held = _alone()
    aside = set_aside(path) if files.there(path) else None
    files.write(path, header.model_dump_json(by_alias=True) + "\n")
    return Journal(path, header, held=held), aside


def _alone() -> files.Held | None:
    """Hold the journal for this process; on a full disk there is nothing to hold, and reading goes on without."""
    try:
        held = files.hold(folders.state() / LOCK, again=True)
    except SaveError:
        return None
    if held is None:
        raise UsageError(
            _("Another audit is open on this computer."), _("Finish or stop that audit first, then start again.")
        )
    return held


def set_aside(path: Path) -> Path:
    """Rename a journal so that nothing is lost, and return its new name. Raises SaveError."""
    aside = _free_name(path)
    files.rename(path, aside)
    return aside


def _free_name(path: Path) -> Path:
    number = 1
    while files.there(aside := path.with_name(f"unfinished-{number}.jsonl")):
        number += 1
    return aside


def resume(path: Path) -> Journal:
    """Read a journal back, cutting a torn last line off.

    Raises RecordError when it is damaged, and the file stays as it is; SaveError when the torn line cannot be cut off;
    UsageError while another audit is going on.
    """
    held = _alone()
    try:
        return _read_back(path, held)
    except BaseException:
        if held:
            held.release()
        raise


def _read_back(path: Path, held: files.Held | None) -> Journal:
    raw = reading.read(path, WANTED)
    whole, _sep, cut_off = raw.rpartition(b"\n")
    entries: list[Header | Noted] = []
    refuse_newer(path, whole.partition(b"\n")[0])
    for number, line in enumerate(whole.split(b"\n") if whole else [], 1):
        try:
            entries.append(_ENTRY.validate_json(line))
        except ValidationError as error:
            raise _damaged_at(path, number) from error
        if isinstance(entries[-1], Header) and number > 1:
            raise _damaged_at(path, number)
    if not entries or not isinstance(entries[0], Header):
        raise _damaged(_("The unfinished audit in {path} is damaged. Its first lines are missing.").format(path=path))
    if cut_off:
        files.shorten(path, len(raw) - len(cut_off))
    return Journal(path, entries[0], [entry for entry in entries[1:] if not isinstance(entry, Header)], held)


def _damaged_at(path: Path, line: int) -> RecordError:
    return _damaged(_("The unfinished audit in {path} is damaged at line {line}.").format(path=path, line=line))


def _damaged(what: str) -> RecordError:
    return RecordError(what, _(LEFT))
