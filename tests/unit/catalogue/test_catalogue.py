"""The data that ships with the program keeps its own rules: sources, dates, words, clauses and what answers them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter

from privacyaudit import model, shipped
from privacyaudit.catalogue import guidance, lint, loading, sites, strictyaml
from privacyaudit.model import Area, Check, Checklist, Confidence, Group, Probe

NEWEST_MONTH = "2026-11"
DOCS = Path(__file__).parents[3] / "docs" / "mend" / "add-a-platform.md"
ROLES = ["everyone", "teacher", "school_staff", "youth_worker", "council_officer", "councillor", "union_rep"]

# fmt: off
EWC = [
    "ewc-2.1-standards", "ewc-2.1-tone", "ewc-2.1-misuse", "ewc-2.1-endorse", "ewc-2.1-mentioned",
    "ewc-2.1-indirect", "ewc-2.1-law", "ewc-2.2-wider", "ewc-2.2-defaults", "ewc-2.2-no-guarantee",
    "ewc-2.2-others-share", "ewc-2.2-traceable", "ewc-2.2-location", "ewc-2.2-sum", "ewc-4.1-policy",
    "ewc-4.1-understand", "ewc-4.2-persona", "ewc-4.2-identity", "ewc-4.2-boundaries", "ewc-4.2-private-contact",
    "ewc-4.2-requests", "ewc-4.2-settings", "ewc-4.2-tagging", "ewc-4.2-photos-of-you", "ewc-4.2-no-discuss",
    "ewc-4.2-logout", "ewc-4.3-searched", "ewc-4.3-curious", "ewc-4.3-photo-settings", "ewc-4.3-reevaluate",
    "ewc-4.3-removal", "ewc-4.3-passwords", "ewc-4.3-devices", "ewc-4.3-concerns", "ewc-4.4-before-post",
]
# fmt: on

# fmt: off
COUNCIL = [
    "council-2.2-outside", "council-3.1-terms", "council-3.1-privacy-tools", "council-3.1-nonpublic",
    "council-3.1-conversations", "council-3.1-work", "council-3.1-befriend", "council-3.1-moaning",
    "council-3.1-reputation", "council-3.1-attack", "council-3.1-colleagues", "council-3.1-copyright",
    "council-3.1-logoff", "council-3.1-forgot", "council-3.2-existing", "council-3.2-approval",
    "council-3.2-moderator", "council-3.2-upkeep", "council-3.2-oversee", "council-3.2-minimum-age",
    "council-3.2-consent", "council-3.2-boundaries", "council-3.2-audience", "council-3.2-edit",
    "council-3.2-filters", "council-3.2-respond", "council-3.2-foi", "council-3.3-judgement",
]
# fmt: on


@pytest.fixture(scope="module")
def catalogue() -> loading.Catalogue:
    return loading.catalogue()


@pytest.fixture(scope="module")
def real(catalogue: loading.Catalogue) -> list[Checklist]:
    """Every shipped checklist of a real platform: the pretend site of the demo is left out."""
    every = [loaded.checklist for loaded in catalogue.loaded.values()]
    return [one for one in every if one.platform.group is not Group.DEMO]


def every_check(catalogue: loading.Catalogue) -> Iterator[Check]:
    for loaded in catalogue.loaded.values():
        yield from loaded.checklist.checks


def test_wikipedia_and_everyday_habits_are_shipped(catalogue: loading.Catalogue) -> None:
    assert {"wikipedia", "everyday"} <= set(catalogue.loaded)
    assert catalogue.troubles == ()


def test_each_check_has_a_dated_source_or_admits_that_it_is_from_memory(catalogue: loading.Catalogue) -> None:
    without = [c.id for c in every_check(catalogue) if not c.sources and c.confidence is not Confidence.LOW]
    assert without == []


def test_no_source_was_seen_in_the_future(catalogue: loading.Catalogue) -> None:
    late = [(c.id, s.read) for c in every_check(catalogue) for s in c.sources if s.read[:7] > NEWEST_MONTH]
    assert late == []


def test_no_check_claims_that_a_person_verified_it(catalogue: loading.Catalogue) -> None:
    assert [c.id for c in every_check(catalogue) if c.verified] == []


def test_each_platform_says_what_its_terms_mean_for_the_reader(catalogue: loading.Catalogue) -> None:
    for loaded in catalogue.loaded.values():
        assert re.search(r"\w{3}.*\.$", loaded.checklist.platform.notice, re.DOTALL), loaded.path


def test_each_platform_is_read_by_probes_or_says_why_it_is_answered_by_hand(real: list[Checklist]) -> None:
    for one in real:
        assert any(check.probes for check in one.checks) != bool(one.platform.by_hand_because), one.platform.id


def test_no_platform_asks_the_same_question_twice(catalogue: loading.Catalogue) -> None:
    for loaded in catalogue.loaded.values():
        asked = Counter(check.question.casefold() for check in loaded.checklist.checks)
        assert [question for question, times in asked.items() if times > 1] == [], loaded.path


def test_probes_without_an_address_of_their_own_work_for_another_wiki(catalogue: loading.Catalogue) -> None:
    bound = sites.bind(catalogue.checklist("wikipedia").checklist, "https://cy.wikipedia.org")
    assert bound.platform.hosts == ("cy.wikipedia.org",)
    opened = {probe.open for check in bound.checks for probe in check.probes}
    assert opened == {"https://cy.wikipedia.org/wiki/Special:Preferences"}


def test_everyday_habits_need_no_browser_and_have_a_short_first_round(catalogue: loading.Catalogue) -> None:
    everyday = catalogue.checklist("everyday").checklist
    assert everyday.platform.hosts == ()
    assert not any(check.probes for check in everyday.checks)
    assert 4 <= sum(check.essential for check in everyday.checks) <= 6


def test_both_views_on_changing_passwords_can_pass_and_the_role_decides(catalogue: loading.Catalogue) -> None:
    _loaded, check = catalogue.check("everyday.password-change")
    older, recent = check.option("older"), check.option("recent")
    assert older is not None
    assert recent is not None
    assert (recent.verdict_for("teacher"), older.verdict_for("teacher")) == ("pass", "choice")
    assert (recent.verdict_for("councillor"), older.verdict_for("councillor")) == ("pass", "pass")


def test_roles_come_in_the_order_in_which_they_are_offered(catalogue: loading.Catalogue) -> None:
    assert [role.id for role in catalogue.roles] == ROLES
    for role in catalogue.roles:
        assert role.signposts, role.id
        assert set(role.checklists) <= set(catalogue.loaded), role.id
        assert not re.search(r"\d{4}|@|https?:|www\.", " ".join(role.signposts)), "signposts are names only"


@pytest.mark.parametrize(("guide", "clauses"), [("ewc", EWC), ("council", COUNCIL)])
def test_a_guide_has_exactly_its_clauses(guide: str, clauses: list[str]) -> None:
    found = next(one for one in guidance.guides() if one.id == guide)
    assert [clause.id for clause in found.clauses] == clauses


def test_a_clause_is_open_again_when_its_only_citation_goes(real: list[Checklist]) -> None:
    guides = guidance.guides()
    alone = [row for row in guidance.coverage(guides, real) if len(row.checks) == 1 and not row.features]
    assert alone, "no clause hangs on one check: choose another proof"
    for row in alone:
        without = [_without(one, row.clause.id) for one in real]
        again = next(r for r in guidance.coverage(guides, without) if r.clause.id == row.clause.id)
        assert again.open, row.clause.id


def test_no_clause_of_a_guide_is_left_without_an_answer(real: list[Checklist]) -> None:
    assert _open(real) == []


def test_a_citation_taken_out_of_a_copy_of_the_catalogue_leaves_its_clause_open(tmp_path: Path) -> None:
    chosen = "council-3.2-existing"
    taken = 0
    for path in loading.files(shipped.folder("checklists")):
        text, times = re.subn(rf"\b{re.escape(chosen)}\b,? ?", "", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
        taken += times
    copies = [loading.load(path).checklist for path in loading.files(tmp_path)]
    assert taken
    assert _open([one for one in copies if one.platform.group is not Group.DEMO]) == [chosen]


def test_a_clause_is_answered_by_a_check_of_its_own_area(real: list[Checklist]) -> None:
    areas = {check.id: check.area for one in real for check in one.checks}
    rows = [row for row in guidance.coverage(guidance.guides(), real) if row.clause.area != "all"]
    assert {row.clause.area for row in rows} <= set(areas.values())
    assert [row.clause.id for row in rows if row.clause.area not in {areas[name] for name in row.checks}] == []


def test_a_clause_that_wants_a_check_is_not_answered_by_a_feature_alone(real: list[Checklist]) -> None:
    rows = guidance.coverage(guidance.guides(), real)
    assert [row.clause.id for row in rows if "check" in row.clause.wants and not row.checks] == []


def test_each_feature_answers_a_clause() -> None:
    used = {name for guide in guidance.guides() for clause in guide.clauses for name in clause.answers}
    assert used == set(guidance.FEATURES)


def test_what_the_guides_want_of_your_conduct_is_asked_in_ten_short_questions(catalogue: loading.Catalogue) -> None:
    asked = [one for one in catalogue.checklist("everyday").checklist.checks if one.area is Area.CONDUCT]
    wanted = {one.id for guide in guidance.guides() for one in guide.clauses if one.area is Area.CONDUCT}
    assert wanted - {clause for check in asked for clause in check.guidance} == set()
    assert len(asked) <= 10
    assert {check.minutes for check in asked} == {0.5}


def test_a_sensitive_checklist_is_chosen_by_the_person_and_by_no_role(catalogue: loading.Catalogue) -> None:
    sensitive = {name for name, loaded in catalogue.loaded.items() if loaded.checklist.platform.sensitive}
    assert "dating" in sensitive
    assert [role.id for role in catalogue.roles if sensitive & set(role.checklists)] == []


def _open(checklists: list[Checklist]) -> list[str]:
    return [row.clause.id for row in guidance.coverage(guidance.guides(), checklists) if row.open]


def _without(one: Checklist, clause: str) -> Checklist:
    checks = tuple(c.model_copy(update={"guidance": tuple(g for g in c.guidance if g != clause)}) for c in one.checks)
    return one.model_copy(update={"checks": checks})


def test_the_template_stays_out_of_the_catalogue_and_loads_as_a_copy(
    catalogue: loading.Catalogue, tmp_path: Path
) -> None:
    template = shipped.folder("checklists") / "_template.yaml"
    assert template not in [loaded.path for loaded in catalogue.loaded.values()]
    (tmp_path / "example.yaml").write_bytes(template.read_bytes())
    (tmp_path / "_template.yaml").write_bytes(template.read_bytes())
    with_copy = loading.catalogue(tmp_path)
    assert with_copy.troubles == ()
    assert with_copy.checklist("example").path.name == "example.yaml"
    assert lint.could_be_better(with_copy.checklist("example")) == []


def test_no_question_stands_in_brackets_without_quotes() -> None:
    """The slower parser of PyYAML, used where the faster one is missing, takes its question mark for a sign."""
    bare = re.compile(r"[\[{,] *(?:\w+: )?[^\s\"'\[\]{},][^\"\[\]{},]*\?")
    with pytest.raises(yaml.YAMLError):
        yaml.load("[Who?, me]", Loader=yaml.SafeLoader)
    assert bare.search("[Who?, me]")
    paths = sorted(shipped.folder("checklists").glob("*.yaml"))
    lines = [(path.name, line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    assert [one for one in lines if bare.search(one[1]) and re.match(r" *(- |\w+: )?[\[{]", one[1])] == []


def test_the_licence_of_the_data_names_itself_and_its_address() -> None:
    text = (shipped.folder("checklists") / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text  # codespell:ignore licenses


def test_the_guide_for_authors_names_every_key() -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = sorted(key for key in _keys(Checklist, set()) if f"`{key}`" not in text)
    assert missing == []


def _keys(kind: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Return the name of each key that can stand in a file of this kind, at any depth."""
    seen.add(kind)
    names = {info.alias or name for name, info in kind.model_fields.items()}
    for info in kind.model_fields.values():
        for inner in _models(info.annotation):
            if inner not in seen:
                names |= _keys(inner, seen)
    return names


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)


def test_the_examples_in_the_guide_for_authors_load(tmp_path: Path) -> None:
    probes: TypeAdapter[list[model.WebProbe | model.JsonProbe]] = TypeAdapter(list[Probe])
    blocks = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    kinds = Counter[str]()
    for number, block in enumerate(blocks):
        data = strictyaml.parse(block, f"example {number}").data
        if isinstance(data, dict) and "platform" in data:
            path = tmp_path / f"{number}.yaml"
            path.write_text(block, encoding="utf-8")
            assert lint.could_be_better(loading.load(path)) == []
            kinds["checklist"] += 1
        elif isinstance(data, dict) and "probes" in data:
            for probe in probes.validate_python(data["probes"]):
                kinds[probe.take if isinstance(probe, model.WebProbe) else "json"] += 1
    assert set(kinds) >= {"checklist", "json", *model.Take}
