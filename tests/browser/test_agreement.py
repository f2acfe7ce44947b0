"""Several probes of one check, from the page to the finding: they must agree, or the person is asked."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.clock import now
from privacyaudit.model import Checklist, Finding, Reason, Verdict
from privacyaudit.plan import Part, Plan
from privacyaudit.readers.web import WebReader
from tests.support.person import Quiet
from tests.support.settings_page import BOX, HEAD, JSON, SWITCH, checklist, page, switch
from tests.support.site import Page, Reply, Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

GERMAN = SWITCH | {"find": {"role": "switch", "name": ["Privates Profil"]}, "languages": ["de"]}


def audited(made: Checklist, tmp_path: Any) -> Finding:
    """Run a whole audit of one check with nobody there to ask."""
    entry = made.platform.model_copy(update={"sign_in": None})
    made = made.model_copy(update={"platform": entry})
    loaded = Loaded(made, tmp_path / "small.yaml", "0" * 64, "own", None)  # type: ignore[arg-type]
    what = Plan("everyone", (Part(loaded, made, None),))
    notes = journal.Journal(None, journal.Header(started=now(), role="everyone", platforms=("small",)))
    record, stopped = run(what, [WebReader(Quiet(), headless=True)], notes)
    assert stopped is None
    [finding] = record.findings
    return finding


def ticked(on: bool) -> str:
    return f'<input type="checkbox" name="box"{" checked" if on else ""}>'


def reply(hidden: str) -> Reply:
    return Reply(f'{{"privacy": {{"hidden": {hidden}}}}}', kind="application/json")


ASK = "<script>fetch('/api').then((reply) => reply.text())</script>"
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Page], Verdict, Reason | None]] = {
    "both say yes": ([BOX, JSON], {"/page": page(ticked(True) + ASK), "/api": reply("true")}, Verdict.PASS, None),
    "both say no": ([BOX, JSON], {"/page": page(ticked(False) + ASK), "/api": reply("false")}, Verdict.FAIL, None),
    "one says yes and one no": (
        [BOX, JSON],
        {"/page": page(ticked(True) + ASK), "/api": reply("false")},
        Verdict.UNKNOWN,
        Reason.AMBIGUOUS,
    ),
    "one says yes and one a value that is not listed": (
        [BOX, JSON],
        {"/page": page(ticked(True) + ASK), "/api": reply('"partly"')},
        Verdict.UNKNOWN,
        Reason.UNLISTED_VALUE,
    ),
    "one says yes and one is not there": (
        [BOX, JSON],
        {"/page": page(ticked(True)), "/api": reply("false")},
        Verdict.PASS,
        None,
    ),
    "one of two languages": (
        [SWITCH, GERMAN],
        {"/page": page(switch("Privates Profil", "false"), "de")},
        Verdict.FAIL,
        None,
    ),
    "neither language": (
        [SWITCH, GERMAN],
        {"/page": page(switch("Proffil preifat", "true"), "cy")},
        Verdict.UNKNOWN,
        Reason.UNLISTED_LANGUAGE,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_probes_of_one_check_must_agree(case: str, site: Site, tmp_path: Any) -> None:
    probes, pages, verdict, reason = CASES[case]
    site.pages |= {"/home": Reply(HEAD), **pages}
    finding = audited(checklist(site, *probes), tmp_path)
    assert (finding.verdict, finding.reason) == (verdict, reason)
    assert len(finding.observations) == len(probes)
