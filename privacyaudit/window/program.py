"""What the window can do: one thing for each wish of the page, and what is known between two of them.

It runs in one thread, a wish after the other. What goes wrong is raised as the command line's errors are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import AuditError, UsageError, on_a_page
from privacyaudit.i18n import _
from privacyaudit.offline import codes, out_there
from privacyaudit.offline.page import build
from privacyaudit.over_time import history, offer
from privacyaudit.report import turns as handing_over
from privacyaudit.storage import files, folders
from privacyaudit.window import home, outcome, sitting, this_computer, turns, wishes
from privacyaudit.window.about_me import AboutMe
from privacyaudit.window.app import Download, Power
from privacyaudit.window.clinic import Clinics
from privacyaudit.window.desk import Desk
from privacyaudit.window.outcome import Result
from privacyaudit.window.past import Past
from privacyaudit.window.presence import Presence
from privacyaudit.window.sitting import Sitting
from privacyaudit.window.turns import Turns


@dataclass
class Program:
    """The program behind a window.

    `keeps` tells whether answers are saved as they are given, `past` is the history, `unkept` says why nothing can
    be saved on this computer; `forgot` that everything is to be removed at the end too. `audit` counts the audits, so
    that a tab which still shows one that has ended says nothing of the next one. `turns` is there while people take
    turns. `checklists` are the person's own folders, for a clinic, which is a process of its own.
    """

    catalogue: Catalogue
    presence: Presence
    keeps: bool = True
    unkept: str = ""
    past: Past = field(default_factory=Past)
    sitting: Sitting | None = None
    audit: int = 0
    result: Result | None = None
    forgot: bool = False
    checklists: Sequence[Path] = ()
    desk: Desk = field(init=False)
    clinic: Clinics = field(init=False)
    about_me: AboutMe = field(init=False)
    turns: Turns | None = None
    _pages: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk(self.catalogue, lambda: self.sitting)
        self.clinic = Clinics(self.catalogue, self.checklists)
        self.about_me = AboutMe(lambda: self.past, lambda: self.keeps)

    # -- what it shows -----------------------------------------------------------------------------

    def page(self) -> str:
        """Draw the page, with the person's own addresses where an audit goes on that has some."""
        sites = self.sitting.journal.header.sites if self.sitting else {}
        key = tuple(sorted(sites.items()))
        if key not in self._pages:
            self._pages[key] = build(self.catalogue, sites=sites, window=True)
        return self._pages[key]

    def reads(self) -> Mapping[str, Callable[[], Any]]:
        """Return what the page can look at, by name."""
        return turns.guarded(
            {
                "state": self.state,
                "home": self.home,
                **self.desk.reads(),
                **self.clinic.reads(),
                **self.about_me.reads(),
            },
            self._takes_turns,
        )

    def does(self) -> Mapping[str, Power]:
        """Return what the page can do, by name."""
        powers: dict[str, Power] = {
            "here": lambda _wish: {},
            "begin": wishes.taking(wishes.Begin, self.begin),
            "resume": lambda _wish: self.resume(),
            "answer": wishes.taking(wishes.Replies, self.answer),
            "keeping": wishes.taking(wishes.Keeping, self.keep),
            "finish": wishes.taking(wishes.Finish, self.finish),
            "save": wishes.taking(wishes.Save, self.save),
            "unlock": wishes.taking(wishes.Secret, self.unlock),
            "remember": wishes.taking(wishes.Remember, self.remember),
            "decide": wishes.taking(wishes.Decide, self.decide),
            "weekly": wishes.taking(wishes.Keeping, this_computer.weekly),
            "forget": lambda _wish: self.forget(),
            "end": lambda _wish: self.end(),
            **self.desk.does(),
            **self.clinic.does(),
            **self.about_me.does(),
            "take-turns": lambda _wish: self.take_turns(),
            "take-along": wishes.taking(wishes.Save, self.take_along),
            "next-person": lambda _wish: self.next_person(),
            "end-turns": lambda _wish: self.end_turns(),
        }
        return turns.guarded(powers, self._takes_turns)

    def takes(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Return what takes a file in, by name."""
        return turns.guarded(self.about_me.takes(), self._takes_turns)

    def pages(self) -> Mapping[str, Callable[[], str | Download | None]]:
        """Return whole pages and files, by name."""
        drawn: dict[str, Callable[[], str | Download | None]] = {
            "report": lambda: outcome.report_page(self._shown()),
            "plan": lambda: outcome.plan_page(self._shown()),
            "compare": lambda: outcome.compare_page(self._shown(), self.catalogue),
            "codes": self.codes_page,
            "out-there": lambda: out_there.build(self.catalogue, window=True),
            "look-again.ics": lambda: outcome.calendar(self._shown(), self.catalogue),
            **self.clinic.pages(),
            **self.about_me.pages(),
        }
        return turns.guarded(drawn, self._takes_turns)

    def _shown(self) -> Result | None:
        """Return the result of this visit, or else that of the newest report."""
        if self.result is None and not self.turns and (record := outcome.newest_written()):
            return outcome.shown_again(record, self.catalogue)
        return self.result

    def state(self) -> dict[str, Any]:
        """Return where the person is: their session, if an audit goes on, and whether it is saved."""
        return {
            "session": sitting.session(self.sitting) if self.sitting else None,
            "result": self._told() if self.result and self.sitting is None else None,
            "audit": self.audit if self.sitting else 0,
            "keeps": self.keeps,
            "unkept": self.unkept,
            "reading": self.desk.is_shown,
            "written": self._written(),
            "turns": self.turns is not None,
            "clinic": self.clinic.is_open,
        }

    def home(self) -> dict[str, Any]:
        """Return what the first screen says. What cannot be told is said there, and stops nothing."""
        said: dict[str, Any] = {"locked": "", "trouble": [], "due": None, "places": home.places()}
        said["trouble"] += self.desk.left()
        memory = self._tried(said, self.past.memory)
        said["due"] = self._tried(said, lambda: home.due(self.past.secret, self.catalogue) if memory else None)
        said["last"] = home.last(self.result.record if self.result else outcome.newest_written())
        said["unfinished"] = "" if self.sitting else self._tried(said, home.unfinished) or ""
        said["weekly"] = self._tried(said, home.weekly)
        said["history"] = history.exists()
        said["clinic"] = self.clinic.in_short()
        return said

    def _tried(self, said: dict[str, Any], work: Callable[[], Any]) -> Any:
        try:
            return work()
        except AuditError as error:
            if self.past.is_locked and not said["locked"]:
                said["locked"] = on_a_page(error)
            else:
                said["trouble"].append(on_a_page(error))
            return None

    # -- an audit ----------------------------------------------------------------------------------

    def begin(self, wanted: wishes.Begin) -> dict[str, Any]:
        """Begin an audit, or let the one that goes on be about something else; not behind another tab's back."""
        self.desk.need_free()
        if wanted.audit:
            self._going_on(wanted.audit)
        elif self.sitting:
            raise UsageError(
                _("Another tab of this page has begun an audit."), _("Load this page again to continue it here.")
            )
        if self.keeps and self.sitting is None:
            files.try_folder(folders.state())
            files.try_folder(folders.reports())
        before = self.sitting
        new = before is None and self.result is None
        self.sitting = sitting.begin(self.catalogue, wanted, keeps=self.keeps, before=before)
        if before is None:
            self.audit, self.result = self.audit + 1, None
        if self.turns and new:
            self.turns.people += 1
        return self.state()

    def resume(self) -> dict[str, Any]:
        """Go on with the audit that was stopped; what is said from now on is saved only if the person wants that."""
        if self.sitting is None:
            self.sitting = sitting.resume(self.catalogue, keeps=self.keeps)
            self.audit, self.result = self.audit + 1, None
        return self.state()

    def answer(self, said: wishes.Replies) -> dict[str, Any]:
        """Save replies; when this returns, they are on the disk, unless nothing is kept."""
        with self.desk.writing():
            sitting.note(self._going_on(said.audit), said.replies)
        return {"saved": self.keeps}

    def keep(self, wish: wishes.Keeping) -> dict[str, Any]:
        """Save what was answered from now on, and so far; or save nothing, and remove what was saved."""
        self.desk.need_free()
        if wish.keeps and self.unkept:
            raise UsageError(self.unkept)
        if self.sitting and wish.keeps != self.sitting.keeps:
            self.sitting.journal = sitting.kept(self.sitting.journal, keeps=wish.keeps)
        self.keeps = wish.keeps
        return {"keeps": self.keeps, "written": self._written()}

    def _written(self) -> list[str]:
        """Return the files of this visit's report that are there, also where nothing more is saved."""
        return [str(path) for path in self.result.paths if files.there(path)] if self.result else []

    def finish(self, wish: wishes.Finish) -> dict[str, Any]:
        """End the audit, or write down what there is of it, and say how it came out.

        One that is whole does not end while the history is locked, unless the person wants it to: they could not have
        it kept afterwards.
        """
        going_on, trouble = self._going_on(wish.audit), None
        self.desk.end()
        if not sitting.newest(going_on):
            raise UsageError(_("You have not answered anything yet, so there is no report."))
        memory = None
        if self.keeps and not wish.unkept:
            try:
                memory = self.past.memory()
            except AuditError as error:
                if not self.past.is_locked:
                    trouble = error
                elif not going_on.left:
                    return {"locked": on_a_page(error)}
        folder = folders.reports() if self.keeps else None
        made = outcome.finish(going_on, self.catalogue, memory, folder, alone=self.turns is not None)
        self.result = made if made.trouble or trouble is None else outcome.with_trouble(made, trouble)
        if made.whole:
            self.sitting = None
        return self._told()

    def _going_on(self, audit: int | None) -> Sitting:
        if self.sitting is None or audit not in (None, self.audit):
            raise UsageError(
                _("This audit has ended, so nothing more can be answered in it."), _("Load this page again.")
            )
        return self.sitting

    def _told(self) -> dict[str, Any]:
        result = self._result()
        offers = result.whole and self.keeps and not result.kept and offer.to_make()
        folder = "" if self.turns else str(folders.reports())
        return {
            **outcome.told(result, self.catalogue),
            "offers": offers,
            "keeps": self.keeps,
            "folder": folder,
            "codes": codes.available(),
        }

    def _result(self) -> Result:
        shown = self._shown()
        if shown is None:
            raise UsageError(
                _("There is no report to show yet."), _("Finish an audit first. Then the report opens here.")
            )
        return shown

    def save(self, wish: wishes.Save) -> dict[str, Any]:
        """Write the report in a folder that the person names."""
        return outcome.save(self._result(), self.catalogue, wish.folder, agreed=wish.agreed)

    # -- the history -------------------------------------------------------------------------------

    def unlock(self, wish: wishes.Secret) -> dict[str, Any]:
        """Open the history with its passphrase, for as long as the window is open."""
        self.past.unlock(wish.passphrase)
        return self.home()

    def remember(self, wish: wishes.Remember) -> dict[str, Any]:
        """Begin a history with this audit, or do not; the person is asked this once."""
        result = self._result()
        if wish.own and wish.keep:
            self.result = self.past.begin(result, wish.passphrase)
        offer.made()
        return self._told()

    def decide(self, wish: wishes.Decide) -> dict[str, Any]:
        """Accept a risk or plan a change, in the history and in the report."""
        result = self._result()
        made, said = self.past.decide(wish, self.catalogue)
        self.result = outcome.with_decision(result, made, self.catalogue)
        return {**self._told(), "said": said}

    # -- people in turn ----------------------------------------------------------------------------

    def _takes_turns(self) -> bool:
        return self.turns is not None

    def take_turns(self) -> dict[str, Any]:
        """Put away what is the owner's, so that people can take turns of whom nothing is kept. Raises UsageError.

        An audit that goes on is kept in its file; one that is in memory only would be lost, so it has to end first.
        """
        if self.sitting and not self.sitting.keeps and sitting.newest(self.sitting):
            raise UsageError(
                _("An audit is going on, and its answers are not saved."),
                _("Finish it first, or save your answers. Then people can take turns."),
            )
        self.desk.need_free()
        self.clinic.need_none()
        self.desk.end()
        self.about_me.drop()
        if self.sitting:
            self.sitting.journal.release()
        self.turns, self.keeps = Turns(kept=self.keeps), False
        self.sitting, self.result, self.past = None, None, Past()
        return {}

    def next_person(self) -> dict[str, Any]:
        """Forget all of the person who was here."""
        self._turns()
        self.sitting, self.result = None, None
        return {}

    def take_along(self, wish: wishes.Save) -> dict[str, Any]:
        """Write a person's report where they say, such as on a memory stick; nothing notes where that is."""
        self._turns()
        return {"said": handing_over.to_folder(self._result().view, outcome.folder_named(wish.folder))}

    def codes_page(self) -> str | None:
        """Draw codes of a person's report for their phone; None outside of turns, or where none can be drawn."""
        return turns.codes_page(self.result.view) if self.turns and self.result and codes.available() else None

    def end_turns(self) -> dict[str, Any]:
        """Forget the last person, say how many took part, and give the window back to its owner."""
        ended = self._turns()
        self.next_person()
        self.turns, self.keeps = None, ended.kept
        return {"said": handing_over.took_part(ended.people)}

    def _turns(self) -> Turns:
        if self.turns is None:
            raise UsageError(_("Nobody takes turns at this window now."), _("Load the page again."))
        return self.turns

    # -- this computer -----------------------------------------------------------------------------

    def forget(self) -> dict[str, Any]:
        """Remove all that this program wrote, but what was saved in the keyring; return what went and what stayed."""
        self.clinic.leave()
        self.desk.end()
        self.about_me.drop()
        if self.sitting:
            self.sitting.journal.close()
        self.sitting, self.result, self.past, self.forgot = None, None, Past(), True
        return this_computer.forget()

    def end(self) -> dict[str, Any]:
        """End the program, and say what stays."""
        self.clinic.need_none()
        self.presence.end()
        return {"said": _("The program has ended. You can close this page.") + " " + self.what_stays()}

    def what_stays(self) -> str:
        """Say what stays on this computer when the program ends."""
        return this_computer.what_stays(forgot=self.forgot)
