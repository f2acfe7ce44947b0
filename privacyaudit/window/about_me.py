"""What the window keeps of the wing “about me”: steps that were taken, and proof, both in the encrypted history.

A picture is in memory until its entry is kept, or is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from privacyaudit import i18n
from privacyaudit.about_me import asking, follow_up, ladder, places, words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.follow_up import Doable
from privacyaudit.about_me.proof import answers, rules, sheet, taking
from privacyaudit.about_me.proof.entries import Seen, Taken
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, UsageError, on_a_page
from privacyaudit.i18n import _
from privacyaudit.model import Audience, Entry, Harm, Outcome
from privacyaudit.over_time import history, proof_export
from privacyaudit.over_time.history import History
from privacyaudit.over_time.proof_shelf import MOST, too_large
from privacyaudit.over_time.step_shelf import Open
from privacyaudit.report.formats import pdf
from privacyaudit.report.formats.proof import Which, archive, page_with_pictures
from privacyaudit.window import wishes
from privacyaudit.window.app import Download, Power
from privacyaudit.window.past import Past

_ZIPS = {Which.ORIGINALS: "proof.zip", Which.COPIES: "proof-copies.zip"}


@dataclass
class AboutMe:
    """Steps and proof. `past` returns what opens the history, and `may_keep` whether anything may be kept here.

    `pictures` wait for the entry that they are for, each by a number that none had before, so that an entry never gets
    those of another tab; none is taken in before `child` says that there is no child in it.
    """

    past: Callable[[], Past]
    may_keep: Callable[[], bool]
    pictures: dict[int, Taken] = field(default_factory=dict, repr=False)
    child: rules.Child = rules.Child.MAYBE
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def reads(self) -> Mapping[str, Callable[[], Any]]:
        """Return what the page can look at, by name."""
        return {"kept": self.told, "kept-steps": self.told_of_steps}

    def does(self) -> Mapping[str, Power]:
        """Return what the page can do, by name."""
        return {
            "kept-begin": wishes.taking(wishes.OpenWith, self.begin),
            "kept-unlock": wishes.taking(wishes.Secret, self.unlock),
            "step-choices": wishes.taking(wishes.CaseOf, lambda case: {"choices": _choices(doable(case))}),
            "step-done": wishes.taking(wishes.StepDone, self.done),
            "step-came": wishes.taking(wishes.StepCame, self.came),
            "proof-look": wishes.taking(wishes.SeenThere, self.look),
            "proof-child": wishes.taking(wishes.ChildIn, self.child_in),
            "proof-drop": wishes.taking(wishes.DropPictures, self.leave_out),
            "proof-keep": wishes.taking(wishes.SeenThere, self.keep),
            "proof-delete": wishes.taking(wishes.DeleteProof, self.delete),
        }

    def takes(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Return what takes a file in, by name."""
        return {"proof-picture": self.picture}

    def pages(self) -> Mapping[str, Callable[[], Download | None]]:
        """Return what can be saved, by name."""
        return {
            **{name: partial(self.zip, which) for which, name in _ZIPS.items()},
            "proof.pdf": self.pdf,
        }

    def drop(self) -> dict[str, Any]:
        """Forget the pictures that wait."""
        self.pictures, self.child = {}, rules.Child.MAYBE
        return {}

    def leave_out(self, wish: wishes.DropPictures) -> dict[str, Any]:
        """Forget one of the pictures that wait, or all of them."""
        if wish.picture is None:
            return self.drop()
        self.pictures.pop(wish.picture, None)
        return {}

    # -- the history -------------------------------------------------------------------------------

    def told(self) -> dict[str, Any]:
        """Return everything that is kept, in words; or why it cannot be shown."""
        return self._told(lambda kept: _steps(kept) | _proof(kept))

    def told_of_steps(self) -> dict[str, Any]:
        """Return the steps that are kept, without looking through all pictures; or why they cannot be shown."""
        return self._told(_steps)

    def _told(self, look: Callable[[History], dict[str, Any]]) -> dict[str, Any]:
        said: dict[str, Any] = {"there": history.exists(), "may_keep": self.may_keep(), "locked": ""}
        if not said["there"]:
            return said | _asked()
        try:
            with self._opened() as kept:
                return said | _asked() | look(kept)
        except AuditError as error:
            return said | {"locked": on_a_page(error)}

    def begin(self, wish: wishes.OpenWith) -> dict[str, Any]:
        """Begin the encrypted history. Raises UsageError where nothing may be kept, and AuditError."""
        if not self.may_keep():
            raise UsageError(_("Nothing is saved on this computer now, so no history was begun."))
        self.past().begin_empty(wish.passphrase)
        return self.told()

    def unlock(self, wish: wishes.Secret) -> dict[str, Any]:
        """Open the history with its passphrase. Raises AuditError."""
        self.past().unlock(wish.passphrase)
        return self.told()

    def _need_keeping(self) -> None:
        if not self.may_keep():
            raise UsageError(
                _("“Save my answers” is not ticked, so nothing was kept."),
                _("Tick it on the first screen, and then try again here."),
            )

    @contextmanager
    def _opened(self) -> Iterator[History]:
        with History.still_there(self.past().need()) as kept:
            yield kept

    # -- steps -------------------------------------------------------------------------------------

    def done(self, wish: wishes.StepDone) -> dict[str, Any]:
        """Keep a step that was taken, in place of the one that led to it. Raises UsageError and AuditError."""
        self._need_keeping()
        day = follow_up.day_done(wish.day)
        with self._opened() as kept:
            before = _numbered(kept, wish.instead_of) if wish.instead_of is not None else None
            case = follow_up.case_of(before.taken) if before else case_of(wish.case)
            rungs = _following(before) if before else doable(wish.case)
            chosen = next((one for one in rungs if one.step == wish.step), None)
            if chosen is None:
                raise _not_there()
            made = follow_up.taken(chosen, case, day)
            if before:
                kept.steps.put(before.number, made)
            else:
                kept.steps.keep(made)
        return {"said": _("This step is kept, without names. Look again on {day}.").format(day=i18n.day(made.due))}

    def came(self, wish: wishes.StepCame) -> dict[str, Any]:
        """Keep what came of a step, and return what follows. Raises UsageError and AuditError."""
        with self._opened() as kept:
            one = _numbered(kept, wish.number)
            found = follow_up.after(one.taken, wish.outcome, places.atlas(), today())
            if found.kept is None:
                kept.steps.remove(one.number)
            else:
                kept.steps.put(one.number, found.kept)
        return {"lines": list(found.lines), "next": _choices(found.next)}

    # -- proof -------------------------------------------------------------------------------------

    def look(self, wish: wishes.SeenThere) -> dict[str, Any]:
        """Look at what was typed before pictures are asked for. Raises UsageError."""
        self._seen(wish)
        question, choices = rules.question(wish.what)
        return {
            "before": rules.before_a_picture(),
            "question": question,
            "choices": [[choice, _(label)] for choice, label in choices],
        }

    def child_in(self, wish: wishes.ChildIn) -> dict[str, Any]:
        """Say whether pictures may be taken in, and if not, what to do instead."""
        self.pictures, self.child = {}, wish.child
        possible = rules.pictures_are_possible(wish.child)
        return {"possible": possible, "said": "" if possible else rules.in_place_of_a_picture()}

    def picture(self, raw: bytes) -> dict[str, Any]:
        """Take a picture in, for the entry that is kept next. Raises UsageError."""
        if not rules.pictures_are_possible(self.child):
            raise UsageError(_("The program takes no picture before you have said who may be in it."))
        if len(self.pictures) >= rules.MOST_PICTURES:
            raise UsageError(
                _("One entry has at most {number} pictures. Make another entry for more.").format(
                    number=rules.MOST_PICTURES
                )
            )
        if len(raw) + sum(len(one.raw) for one in self.pictures.values()) > MOST:
            raise too_large()
        taken = taking.take(raw)
        number = next(self._numbers)
        self.pictures[number] = taken
        broken = [] if taking.can_be_shown(taken) else [taking.broken()]
        return {"picture": number, "said": [taking.what_it_is(taken), *broken, *taking.where(taken)]}

    def keep(self, wish: wishes.SeenThere) -> dict[str, Any]:
        """Keep what was seen as the next entry. Raises UsageError and AuditError; nothing is lost then."""
        self._need_keeping()
        seen = self._seen(wish)
        with self._opened() as kept:
            made = kept.proof.keep(seen)
        self.drop()
        return {"number": made.number, "pictures": len(made.pictures), "wanted": list(rules.wanted(made.what))}

    def delete(self, wish: wishes.DeleteProof) -> dict[str, Any]:
        """Delete one entry, or all. Raises UsageError and AuditError."""
        with self._opened() as kept:
            if wish.number is None:
                kept.proof.delete_all()
            else:
                kept.proof.delete(wish.number)
        return self.told()

    def _seen(self, wish: wishes.SeenThere) -> Seen:
        if not self.pictures.keys() >= set(wish.pictures):
            raise UsageError(
                _("The pictures that you chose are gone: another tab of this page has begun an entry."),
                _("Go back one screen and choose them again."),
            )
        when = answers.moment(wish.day, wish.time)
        pages = answers.addresses(wish.addresses)
        return Seen(
            wish.what,
            when,
            when.tzname() or "",
            wish.audience,
            pages,
            answers.where(pages, wish.place),
            answers.line(wish.account),
            answers.line(wish.note),
            tuple(self.pictures[number] for number in dict.fromkeys(wish.pictures)),
        )

    def zip(self, which: Which) -> Download:
        """Return all proof as a ZIP. Raises UsageError where there is none, and AuditError."""
        with self._opened() as kept:
            made = archive(proof_export.sheet(kept.proof), kept.proof.all(), kept.proof.picture, which)
        return Download(_ZIPS[which], "application/zip", made)

    def pdf(self) -> Download:
        """Return all proof as a PDF. Raises UsageError where there is none, BrowserStartError and AuditError."""
        pdf.need_browser()
        with self._opened() as kept:
            page = page_with_pictures(proof_export.sheet(kept.proof), kept.proof.picture)
        return Download("proof.pdf", "application/pdf", pdf.print_pdf(page))


def case_of(case: wishes.CaseOf | None) -> Case | None:
    """Return what the page says is out there; None for nothing."""
    return Case(case.harm, case.place, case.author, case.work, case.risk) if case else None


def doable(case: wishes.CaseOf | None) -> tuple[Doable, ...]:
    """Return what can be done of the plan for a case. Raises UsageError for a place that is not there."""
    found, atlas = case_of(case), places.atlas()
    if found is None or found.place not in atlas.places:
        raise _not_there()
    return follow_up.doable(ladder.plan(found, atlas, today()))


def _following(before: Open) -> tuple[Doable, ...]:
    return follow_up.after(before.taken, before.taken.outcome or Outcome.NOTHING, places.atlas(), today()).next


def _numbered(kept: History, number: int) -> Open:
    one = next((one for one in kept.steps.all() if one.number == number), None)
    if one is None:
        raise _not_there()
    return one


def _not_there() -> UsageError:
    return UsageError(_("This step is not there any more."), _("Load the page again. What was saved is still there."))


def _choices(some: tuple[Doable, ...]) -> list[dict[str, Any]]:
    return [{"step": one.step, "title": one.title, "lines": list(one.lines)} for one in some]


def _steps(kept: History) -> dict[str, Any]:
    return {"steps": [_step(one) for one in kept.steps.all()]}


def _proof(kept: History) -> dict[str, Any]:
    changed = kept.proof.changed()
    return {
        "entries": [_entry(one) for one in kept.proof.entries()],
        "deleted": [one.number for one in kept.proof.all() if one.deleted],
        "wrong": sheet.not_as_kept(changed) if changed else "",
    }


def _step(one: Open) -> dict[str, Any]:
    due = i18n.day(one.taken.due)
    return {
        "number": one.number,
        "question": follow_up.question(one.taken, places.atlas()),
        "answers": [[outcome, _(label)] for outcome, label in follow_up.answers(one.taken).items()],
        "due": _("This is due.") if one.taken.due <= today() else _("Look again on {day}.").format(day=due),
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": sheet.title(one),
        "facts": [[label, list(values)] for label, values in sheet.facts(one)],
        "pictures": [list(sheet.about(picture, {})) for picture in one.pictures],
    }


def _asked() -> dict[str, Any]:
    return {
        "no_proof": [_(line) for line in asking.NO_PROOF],
        "audiences": [[one, rules.audience(one)] for one in Audience],
        "harms": [[one, words.harm(one)] for one in Harm],
    }
