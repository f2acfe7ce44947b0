"""The `lint` command: tell whether checklists can be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.about_me import letters, occasions, places, routes_lint, searches
from privacyaudit.about_me.letters_lint import is_letter, remarks_on
from privacyaudit.about_me.occasions_lint import Ids, occasions_lint
from privacyaudit.about_me.searches_lint import searches_lint
from privacyaudit.catalogue import loading, readability, strictyaml, upgrading
from privacyaudit.catalogue.lint import cannot_notice, could_be_better
from privacyaudit.cli.terminal import draw, say
from privacyaudit.errors import ChecklistError, SaveError, UsageError
from privacyaudit.i18n import _, ngettext

HELP = _("Check whether the program can use a checklist, and see what you could improve.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def lint(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help=_("Checklists, or folders with checklists."))
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Measure reading ease too, and exit with 1 if anything could be better."))
    ] = False,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help=_("Update older files first, without losing anything in them."))
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help=_("Print the JSON Schema for editors instead."))] = False,
) -> None:
    """Check checklists."""
    if schema:
        draw(loading.json_schema().rstrip())
        return
    if not files:
        raise UsageError(_("Name at least one checklist file."), _("For example: privacyaudit lint mine.yaml"))
    roles = loading.roles()
    clauses = loading.clause_ids()
    remarks: list[str] = []
    notes: list[str] = []
    worst = 0
    told: set[str] = set()
    for path in [inner for file in files for inner in (loading.files(file) if file.is_dir() else [file])]:
        try:
            if places.holds_routes(path):
                remarks += _of_routes(path, strict=strict)
                continue
            if path.name == searches.path().name:
                remarks += _of_searches(path)
                continue
            if path.name == occasions.path().name:
                remarks += _of_occasions(path)
                continue
            if is_letter(path):
                remarks += _of_letter(path, strict=strict)
                continue
            if upgrade:
                say(_upgraded(path))
            one = replace(loading.load(path), text=strictyaml.read(path))
            loading.check_references(one, roles, clauses)
        except (ChecklistError, SaveError) as error:
            worst = max(worst, error.exit_code)
            if error.what not in told:  # files that need each other meet the same fault
                say(error.what, "red")
                say(error.advice)
            told.add(error.what)
            continue
        remarks += could_be_better(one)
        if strict:
            remarks += readability.remarks(one)
        notes += cannot_notice(one)
        say(
            _("{path}: the program can use this ({number} checks).").format(path=path, number=len(one.checklist.checks))
        )
    for remark in (*remarks, *notes):
        say(remark)
    if worst or (strict and remarks):
        raise typer.Exit(worst or 1)


def _of_routes(path: Path, *, strict: bool) -> list[str]:
    """Say that routes can be used, and return what could be better in them. Raises ChecklistError and MissingExtra."""
    one = places.load(path)
    remarks = routes_lint.could_be_better(one, routes_lint.known_with(one), strict=strict)
    content = one.content
    said = _("{path}: the program can use this ({places} places, {routes} routes, {helpers} who help).")
    say(said.format(path=path, places=len(content.places), routes=len(content.routes), helpers=len(content.helpers)))
    return remarks


def _of_searches(path: Path) -> list[str]:
    """Say that searches can be used, and return what could be better in them. Raises ChecklistError."""
    remarks = searches_lint(path, _names_of_checks())
    say(_("{path}: the program can use these searches.").format(path=path))
    return remarks


def _of_occasions(path: Path) -> list[str]:
    """Say that occasions can be used, and return what could be better in them. Raises ChecklistError."""
    atlas = places.atlas()
    ids = Ids(
        _names_of_checks(),
        {one.id for one in searches.every()},
        atlas.routes,
        {one.id for one in letters.letters()},
        atlas.helpers,
    )
    remarks = occasions_lint(path, ids)
    say(_("{path}: the program can use these lists of tasks.").format(path=path))
    return remarks


def _names_of_checks() -> set[str]:
    every = loading.catalogue().loaded.values()
    return {name for one in every for check in one.checklist.checks for name in check.names}


def _of_letter(path: Path, *, strict: bool) -> list[str]:
    """Say that a letter can be used, and return what could be better in it. Raises ChecklistError and MissingExtra."""
    one = letters.load(path)
    say(_("{path}: the program can use this letter.").format(path=path))
    return remarks_on(one, strict=strict)


def _upgraded(path: Path) -> str:
    """Bring a file up to date, and say what was done. Raises ChecklistError and SaveError."""
    done = upgrading.upgrade(path)
    if done is None:
        return _("{path}: this is already up to date, so nothing was changed.").format(path=path)
    sources = ngettext(
        "{number} source now has “page” and “read”. If its page has a different date, correct it.",
        "{number} sources now have “page” and “read”. If their pages have different dates, correct them.",
        done.sources,
    ).format(number=done.sources)
    if not done.checks:
        return f"{path}: {sources}"
    checks = ngettext("{number} check is", "{number} checks are", done.checks).format(number=done.checks)
    screens = ngettext("{number} screen", "{number} screens", done.screens).format(number=done.screens)
    said = _("{path}: this file now has schema 2. {checks} on {screens}. Check the titles of the screens.")
    placed = said.format(path=path, checks=checks, screens=screens)
    return f"{placed} {sources}" if done.sources else placed
