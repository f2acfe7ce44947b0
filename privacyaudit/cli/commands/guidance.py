"""The `guidance` command: each clause of the guides and what answers it."""

from __future__ import annotations

import typer

from privacyaudit import labels
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.guidance import FEATURES, coverage, guides
from privacyaudit.cli.terminal import heading, say
from privacyaudit.i18n import _
from privacyaudit.model import Group, Verdict

HELP = _("Show each clause of the guides and what answers it. Clauses without an answer come first.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def guidance() -> None:
    """Print the coverage of the guides."""
    catalogue = loading.catalogue()
    real = [one.checklist for one in catalogue.loaded.values() if one.checklist.platform.group != Group.DEMO]
    rows = coverage(guides(), real)
    unanswered = [row for row in rows if row.open]
    heading(_("{open} of {all} clauses have no answer yet").format(open=len(unanswered), all=len(rows)))
    for row in rows:
        state = labels.shape(Verdict.UNKNOWN if row.open else Verdict.PASS)
        say(f"{state} {row.clause.id}: {_(row.clause.text)}", rest="  ")
        for feature in row.features:
            say(_(FEATURES[feature]), "dim", first="    ", rest="    ")
        if row.checks:
            say(", ".join(row.checks), "dim", first="    ", rest="    ")
