"""The guided walkthrough, screen by screen: what is asked next, and what a reply means.

How a question looks is the business of the prompter that is handed in (`cli/prompts/` has the two of them).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from privacyaudit import effort
from privacyaudit.clock import now
from privacyaudit.errors import Stopped
from privacyaudit.i18n import _
from privacyaudit.judge import by_page, heard
from privacyaudit.model import Check, Device, Observation, Option, ReaderName, Reason, Verdict
from privacyaudit.over_time.known import Last
from privacyaudit.plan import Item
from privacyaudit.readers.questions import Change, Choice, Move, Prompter, Question, Still, Visit
from privacyaudit.walk import Stop, aim, stops

_T = TypeVar("_T")
Found = Mapping[str, Sequence[Observation]]
Made = tuple[str, Observation]


@dataclass(frozen=True)
class AskReader:
    """Ask the person each check that has no answer yet, screen by screen, for a role.

    `last` is what an audit before knew, by check: screens with something to ask again come first. Of the answers that
    still count, the person is asked once for each screen whether all is still so. `offered` holds what the person said
    of each setting that is to change, by check, with the answer that it had; each is noted as soon as it is said.
    """

    prompter: Prompter
    role: str
    last: Mapping[str, Last] = field(default_factory=dict)
    clock: Callable[[], datetime] = now
    device: Device | None = None
    offered: dict[str, tuple[str, Choice]] = field(default_factory=dict)
    note: Callable[[str, str, Choice], None] = lambda _check, _option, _choice: None
    name: ReaderName = "ask"

    def read(self, items: Sequence[Item], observations: Found) -> Iterator[Made]:
        """Yield an observation per reply; going back and answering again yields a later one for the same check.

        *Back* goes one question back, also to one that was answered in an earlier run, and at the first question stays
        there. A reply to a question that was gone back to leads on to the next question without a reply, so nothing
        else is asked again. *Skip* on a question that has a reply keeps that reply. *All of these are so* and *looks
        different* reply to what has no reply yet on the screen. When a screen is left, what is to change there is
        offered to be changed now. Each observation must be in `observations` before the next one is asked for. Raises
        Stopped when the person quits, or when Ctrl-C or the end of the input stops the walkthrough.
        """
        try:
            yield from _Walk(self, items, observations).through()
        except (KeyboardInterrupt, EOFError) as error:
            raise stopped_by_person() from error

    def counts(self, check: Check) -> bool:
        """Tell whether the answer of an audit before still counts."""
        known = self.last.get(check.id)
        return known is not None and known.why is None


class _Walk:
    """One way through: the screens with something to ask, and then those where all still counts."""

    def __init__(self, reader: AskReader, items: Sequence[Item], observations: Found) -> None:
        self._reader = reader
        self._observations = observations
        still = [item for item in items if reader.counts(item.check) and not observations.get(item.check.id)]
        names = {item.check.id for item in still}
        self._due = stops([item for item in items if item.check.id not in names], reader.role)
        self._still = {stop.name: stop for stop in stops(still, reader.role)}
        order = dict.fromkeys((*(stop.name for stop in self._due), *self._still))
        self._numbers = {name: number for number, name in enumerate(order, 1)}

    def through(self) -> Iterator[Made]:
        """Yield what is replied, from the first screen to the last."""
        yield from self._walk(self._due)
        for name in tuple(self._still):
            yield from self._keep(name)

    def _walk(self, way: Sequence[Stop]) -> Iterator[Made]:
        places = [(stop, item) for stop in way for item in stop.items]
        at = self._next(places, 0)
        here: Stop | None = None
        for stop in (stop for stop in way if all(map(self._has_reply, stop.items)) and self._wrong(stop)):
            self._reader.prompter.arrive(self._visit(stop))
            if (yield from self._change(stop)):
                at, here = places.index((stop, stop.items[-1])), stop
                break
        while at < len(places):
            stop, item = places[at]
            visit = self._visit(stop)
            if stop is not here:
                self._reader.prompter.arrive(visit)
                here = stop
            reply = self._ask(self._question(visit, item, first=at == 0))
            if reply is Move.BACK:
                at = max(0, at - 1)
                continue
            yield from self._replied(stop, item, reply)
            at = self._next(places, at if reply is Move.ALL_SO else at + 1)
            if at == len(places) or places[at][0] is not stop:
                if (yield from self._change(stop)):
                    at = places.index((stop, stop.items[-1]))
                else:
                    yield from self._keep(stop.name)

    def _next(self, places: Sequence[tuple[Stop, Item]], at: int) -> int:
        return next((n for n in range(at, len(places)) if not self._has_reply(places[n][1])), len(places))

    def _ask(self, question: Question) -> str | Move:
        return _or_quit(self._reader.prompter.ask(question))

    def _replied(self, stop: Stop, item: Item, reply: str | Move) -> Iterator[Made]:
        if reply is Move.ALL_SO:
            yield from ((one.check.id, self._option(one.check, so)) for one, so in self._open_aims(stop))
        elif reply is Move.LOOKS_DIFFERENT:
            for one in stop.items:
                if not self._has_reply(one):
                    yield one.check.id, self._reason(Reason.LOOKS_DIFFERENT)
        elif reply is Move.DONT_KNOW:
            yield item.check.id, self._reason(Reason.DONT_KNOW)
        elif reply is Move.SKIP:
            if not self._has_reply(item):
                yield item.check.id, self._reason(Reason.SKIPPED)
        else:
            yield item.check.id, self._option(item.check, str(reply))

    def _open_aims(self, stop: Stop) -> list[tuple[Item, str]]:
        """Return what has no reply yet on a screen, each with how it should be."""
        aims = [(item, aim(item.check, stop.role)) for item in stop.items if not self._has_reply(item)]
        return [(item, option.id) for item, option in aims if option]

    # -- when a screen is left ---------------------------------------------------------------------

    def _change(self, stop: Stop) -> Generator[Made, None, bool]:
        """Offer to change what is to change on a screen; return whether the person wants back to its questions."""
        wrong = self._wrong(stop)
        visit = self._visit(stop)
        for number, (check, found, should_be) in enumerate(wrong, 1):
            change = Change(visit, check, found, should_be, number, len(wrong))
            choice = _or_quit(self._reader.prompter.change(change))
            if choice is Move.BACK:
                return True
            if choice is Choice.CHANGED:
                self._reader.offered.pop(check.id, None)
                yield check.id, self._option(check, should_be.id, changed_from=found.id)
            elif isinstance(choice, Choice):
                self._reader.offered[check.id] = (found.id, choice)
                self._reader.note(check.id, found.id, choice)
        return False

    def _wrong(self, stop: Stop) -> list[tuple[Check, Option, Option]]:
        return [one for one in map(self._to_change, stop.items) if one]

    def _to_change(self, item: Item) -> tuple[Check, Option, Option] | None:
        """Return a check that is to change, how it is and how it should be, unless that was offered already."""
        check = item.check
        option = check.option(self._reply(item) or "")
        should_be = aim(check, self._reader.role)
        if option is None or should_be is None or option.verdict_for(self._reader.role) is not Verdict.FAIL:
            return None
        said_of, _choice = self._reader.offered.get(check.id, ("", None))
        return None if said_of == option.id else (check, option, should_be)

    def _keep(self, name: tuple[str, str]) -> Iterator[Made]:
        """Ask once whether what still counts on a screen is still so, and one by one where it may not be."""
        stop = self._still.pop(name, None)
        if stop:
            lasts = [(item.check, self._reader.last[item.check.id]) for item in stop.items]
            if not self._reader.prompter.still(Still(self._visit(stop), lasts)):
                yield from self._walk([stop])

    # -- what is shown -----------------------------------------------------------------------------

    def _visit(self, stop: Stop) -> Visit:
        replies = {item.check.id: reply for item in stop.items if (reply := self._reply(item))}
        number = self._numbers[stop.name]
        minutes = effort.minutes(self._seconds_left(number))
        return Visit(stop, number, len(self._numbers), minutes, self._reader.device, replies)

    def _seconds_left(self, number: int) -> float:
        due = (stop.left(lambda item: not self._has_reply(item)) for stop in self._from(self._due, number))
        still = (effort.keeping(*(_(one.check.question) for one in stop.items)) for stop in self._still.values())
        return sum(due) + sum(still)

    def _from(self, way: Iterable[Stop], number: int) -> Iterator[Stop]:
        return (stop for stop in way if self._numbers[stop.name] >= number)

    def _question(self, visit: Visit, item: Item, *, first: bool) -> Question:
        observed = self._observations.get(item.check.id, ())
        trouble = [o.reason for o in by_page(observed) if o.reason]
        return Question(
            visit,
            item.check,
            moves=tuple(move for move in Move if self._can(move, visit.stop, first=first)),
            earlier=next((o.option or o.reason for o in reversed(observed) if o.reader == "ask"), None),
            trouble=trouble[0] if trouble else None,
            last=self._reader.last.get(item.check.id),
            from_file=next((o.option for o in observed if o.reader == "answers"), None)
            if _disputed(observed)
            else None,
        )

    def _can(self, move: Move, stop: Stop, *, first: bool) -> bool:
        if move is Move.ALL_SO:
            return len(self._open_aims(stop)) > 1
        if move is Move.LOOKS_DIFFERENT:
            return stop.screen.has_way and not all(map(self._has_reply, stop.items))
        return move is not Move.BACK or not first

    # -- what is known -----------------------------------------------------------------------------

    def _replies(self, item: Item) -> list[Observation]:
        observed = self._observations.get(item.check.id, ())
        return [] if _disputed(observed) else [o for o in heard(observed) if o.reader == self._reader.name]

    def _has_reply(self, item: Item) -> bool:
        return bool(self._replies(item))

    def _reply(self, item: Item) -> str | None:
        return next((o.option or o.reason for o in reversed(self._replies(item))), None)

    def _option(self, check: Check, option: str, changed_from: str | None = None) -> Observation:
        """Return an answer; one that is given again stays one that was changed today."""
        known = [o for o in self._observations.get(check.id, ()) if o.reader == "ask" and o.option == option]
        changed_from = changed_from or next((o.changed_from for o in known), None)
        return Observation(reader=self._reader.name, option=option, changed_from=changed_from, at=self._reader.clock())

    def _reason(self, reason: Reason) -> Observation:
        return Observation(reader=self._reader.name, reason=reason, at=self._reader.clock())


def _disputed(observations: Sequence[Observation]) -> bool:
    """Tell whether an answers file says something else than the person did before it was read."""
    return len({o.option for o in heard(observations) if o.option is not None}) > 1


def _or_quit(reply: _T) -> _T:
    if reply is Move.QUIT:
        raise stopped_by_person()
    return reply


def stopped_by_person() -> Stopped:
    """Return the Stopped of a person who quit, pressed Ctrl-C or closed the input."""
    return Stopped(_("Stopped. Every answer you gave is kept."))
