"""The `probe` command, for people who write checklists: what each probe finds on its page, and why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privacyaudit import labels
from privacyaudit.browser import snapshot
from privacyaudit.cli import terminal
from privacyaudit.cli.dialogs import browser
from privacyaudit.cli.options import (
    ChecklistsOption,
    FillOption,
    HeadlessOption,
    NumberedQuestionsOption,
    PlatformArgument,
    SiteOption,
)
from privacyaudit.cli.parsing import catalogue_with, reading_named
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import fail, heading, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import JsonProbe, Reason
from privacyaudit.plan import plan
from privacyaudit.readers import Outcome
from privacyaudit.readers import probe as reading
from privacyaudit.readers.probe import meaning
from privacyaudit.storage import files

if TYPE_CHECKING:
    from privacyaudit.browser.snapshot import Listed
    from privacyaudit.model import Checklist, Probe
    from privacyaudit.readers.web import Found

HELP = _(
    "Read the settings pages of one platform and say, probe by probe, what was found and why not. Writes no report. "
    "With --save, the structure of each page is kept too, without the words on it. For people who write checklists."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_STEPS = {
    "reply": N_("replies at this address: {number}"),
    "within": N_("parts of the page to look in: {number}"),
    "expand": N_("buttons to unfold: {number}"),
    "role": N_("with this role on the page: {number}"),
    "find": N_("that fit: {number}"),
}


@app.command(help=HELP)
def probe(
    platform: PlatformArgument,
    site: SiteOption = None,
    headless: HeadlessOption = False,
    fill: FillOption = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help=_("Keep the structure of each page in this folder."))
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Ask nothing; only where the notice was agreed to before."))
    ] = False,
    plain: NumberedQuestionsOption = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Read the pages of one platform as an audit does, and print what came of each probe."""
    how = reading_named(browser=True, headless=headless, fill=fill)
    catalogue = catalogue_with(checklists)
    loaded = catalogue.checklist(platform)
    if not any(check.probes for check in loaded.checklist.checks):
        raise UsageError(
            _("{name} has no probes: every check is answered by hand.").format(name=_(loaded.checklist.platform.name)),
            _(loaded.checklist.platform.by_hand_because or N_("docs/add-a-platform.md says how to write one.")),
        )
    of = plan([loaded], catalogue.role(None).id, {platform: site} if site else {})
    showing = Showing(loaded.checklist, save)
    reader = browser.reader(of, how, at_terminal(plain=plain, asks=not no_input), look=showing.page)
    for _name, made in reader.read(of.items, {}):
        if isinstance(made, Outcome):
            terminal.say()
            terminal.say(labels.signed_out(made.signed_out))
            if made.refused.hosts:
                terminal.say(
                    _("Refused while reading: {number}, to {hosts}").format(
                        number=made.refused.count, hosts=", ".join(made.refused.hosts)
                    )
                )
    showing.finish()


class Showing:
    """Prints what the probes of each page found and keeps the structure of the page, if there is a folder for it.

    `checklist` is as it was written, with {site} in it, so that no address of a person's own gets into the folder.
    """

    def __init__(self, checklist: Checklist, folder: Path | None) -> None:
        self._checklist = checklist
        self._folder = folder
        self._pages: list[dict[str, Any]] = []
        self._told = 0
        self._tried = 0

    def page(self, found: Found) -> None:
        """Tell about one page while it is open."""
        heading(found.page)
        for number in range(len(found.probes)):
            self._probe(found, number)
        if self._folder and found.probes:
            self._keep(found, self._folder)

    def _probe(self, found: Found, number: int) -> None:
        from playwright.sync_api import Error

        item, index, one = found.probes[number]
        answer = found.answers[number]
        self._tried += 1
        name = f"{item.check.id} {index + 1}"
        if not isinstance(answer, Reason):
            self._told += 1
            say(f"✓ {name}: {answer}")
            return
        say(f"? {name}: {answer}. {labels.reason(answer)}")
        say(_described(one), "dim", first="    ", rest="    ")
        try:
            steps = reading.matched(found.visit, one)
        except Error:
            return
        counts = "; ".join(_(_STEPS[step]).format(number=count) for step, count in steps)
        say(counts, "dim", first="    ", rest="    ")

    def _keep(self, found: Found, folder: Path) -> None:
        from playwright.sync_api import Error

        bound = found.probes[0][0].checklist
        listed: Listed = snapshot.Listed.of(bound)
        name = f"page-{len(self._pages) + 1}"
        try:
            replies = self._replies(found, folder, name)
            made = snapshot.of_page(found.visit.page, listed, [path for _file, path in replies])
        except Error:
            fail(_("The structure of this page could not be kept."))
            return
        files.write(folder / f"{name}.html", made)
        entry = {
            "file": f"{name}.html",
            "open": self._as_written(found.probes[0][0].check.id, found.probes[0][1]).open,
            "replies": [{"file": file, "path": path} for file, path in replies],
            "probes": [
                {"check": item.check.id, "probe": index + 1, "answer": str(answer)}
                for (item, index, _one), answer in zip(found.probes, found.answers, strict=True)
            ],
        }
        self._pages.append(entry)

    def _replies(self, found: Found, folder: Path, name: str) -> list[tuple[str, str]]:
        """Keep the structure of the replies that probes listen to, as far as it still gives the same answers."""
        import json

        kept: list[tuple[str, str]] = []
        by_path: dict[str, list[JsonProbe]] = {}
        for _item, _index, one in found.probes:
            if isinstance(one, JsonProbe):
                by_path.setdefault(one.reply, []).append(one)
        for path, probes in by_path.items():
            raw = _reply(found, probes[0])
            made = snapshot.of_reply(raw, probes)
            if raw is not None and all(_value(raw, one) == _value(made, one) for one in probes):
                file = f"{name}-reply-{len(kept) + 1}.json"
                files.write(folder / file, json.dumps(made, indent=2) + "\n")
                kept.append((file, path.replace("*", snapshot.PLACEHOLDER)))
        return kept

    def _as_written(self, check: str, index: int) -> Probe:
        found = self._checklist.check(check)
        assert found is not None
        return found.probes[index]

    def finish(self) -> None:
        """Write the list of what was kept, and say how many probes were told."""
        import json

        say()
        say(
            ngettext("{told} of {number} probe told.", "{told} of {number} probes told.", self._tried).format(
                told=self._told, number=self._tried
            )
        )
        if self._folder and self._pages:
            content = {"platform": self._checklist.platform.id, "pages": self._pages}
            files.write(self._folder / "pages.json", json.dumps(content, indent=2) + "\n")
            say(
                _(
                    "Kept in {folder}: what the pages are built of, and how the settings stand. Look at it first."
                ).format(folder=self._folder)
            )


def _described(one: Probe) -> str:
    """Return a probe as one line of the checklist says it, without the page and the meanings."""
    left_out = {"kind", "open", "means", "absent", "languages"}
    told = one.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
    return ", ".join(f"{key}: {value}" for key, value in told.items())


def _reply(found: Found, one: JsonProbe) -> Any:
    """Return the last reply that a probe listens to, or None."""
    import json
    from urllib.parse import urlsplit

    from playwright.sync_api import Error

    replies = found.visit.replies(one.host or urlsplit(one.open).netloc, one.reply) or []
    try:
        return json.loads(replies[-1].body()) if replies else None
    except (Error, ValueError, RecursionError):
        return None


def _value(reply: Any, one: JsonProbe) -> Any:
    """Return what a probe finds in a reply: the option that it means, or that there is none."""
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        value = jmespath.search(one.path, reply)
    except JMESPathError:
        return None
    return None if value is None else meaning(value, one.means)
