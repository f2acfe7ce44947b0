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
from tests.support.settings_page import BOX, HEAD, JSON, SWITCH, checklist_of, page, switch
from tests.support.site import Page, Reply, Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

GERMAN = SWITCH | {"find": {"role": "switch", "name": ["Privates Profil"]}, "languages": ["de"]}


def audited(made: Checklist, tmp_path: Any) -> dict[str, Finding]:
    """Run a whole audit with nobody there to ask; the finding of each check by its id."""
    entry = made.platform.model_copy(update={"sign_in": None})
    made = made.model_copy(update={"platform": entry})
    loaded = Loaded(made, tmp_path / "small.yaml", "0" * 64, "own", None)  # type: ignore[arg-type]
    what = Plan("everyone", (Part(loaded, made, None),))
    notes = journal.Journal(None, journal.Header(started=now(), role="everyone", platforms=("small",)))
    record, stopped = run(what, [WebReader(Quiet(), headless=True)], notes)
    assert stopped is None
    return {finding.check: finding for finding in record.findings}


def ticked(on: bool) -> str:
    return f'<input type="checkbox" name="box"{" checked" if on else ""}>'


def reply(hidden: str) -> Reply:
    return Reply(f'{{"privacy": {{"hidden": {hidden}}}}}', kind="application/json")


ASK = "<script>fetch(location.pathname + '/api').then((reply) => reply.text())</script>"
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


def test_probes_of_one_check_must_agree(site: Site, tmp_path: Any) -> None:
    """Each case is a check with a page and a reply of its own."""
    names = {case.replace(" ", "-"): case for case in CASES}
    checks: dict[str, list[dict[str, Any]]] = {}
    site.pages["/home"] = Reply(HEAD)
    for name, case in names.items():
        probes, pages, _verdict, _reason = CASES[case]
        own = {"open": f"{site.origin}/{name}"}
        checks[name] = [probe | own | ({"reply": f"/{name}/api"} if "reply" in probe else {}) for probe in probes]
        for path, shown in pages.items():
            site.pages[path.replace("/page", f"/{name}").replace("/api", f"/{name}/api")] = shown
    found = audited(checklist_of(site, checks), tmp_path)
    told = {case: found[f"small.{name}"] for name, case in names.items()}
    assert {case: (one.verdict, one.reason) for case, one in told.items()} == {
        case: (verdict, reason) for case, (_probes, _pages, verdict, reason) in CASES.items()
    }
    assert {case: len(one.observations) for case, one in told.items()} == {
        case: len(probes) for case, (probes, *_rest) in CASES.items()
    }
