"""A checklist that is wrong is refused with its file, its line and what to do; a right one cannot be turned."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from io import BytesIO
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacyaudit import shipped
from privacyaudit.catalogue import faults, loading, strictyaml, translators
from privacyaudit.catalogue.answers_file import answers, changed_from, outdated
from privacyaudit.catalogue.lint import could_be_better
from privacyaudit.catalogue.loading import catalogue, check_references
from privacyaudit.catalogue.sites import bind, site_of
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.model import Checklist, Role, Verdict, has_address
from tests.support.samples import POND, alter, load, on_any_site
from tests.support.wrong_checklists import WRONG


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(("text", "where", "what"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_checklist_is_refused_with_file_line_and_advice(
    tmp_path: Path, text: str, where: str, what: str
) -> None:
    path = tmp_path / "pond.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        loading.load(path)
    lines = re.findall(rf"^{re.escape(str(path))}, line (\d+): .", caught.value.what, re.MULTILINE)
    assert str(line_of(text, where)) in lines
    assert what in caught.value.what
    assert caught.value.advice


def test_whatever_stands_in_a_key_is_refused_in_our_own_plain_words() -> None:
    library_words = re.compile(r"Input|String|Tuple|Value error|dictionary|pattern|valid|cannot be used here")
    sample = Checklist.model_validate(strictyaml.parse(POND, "pond.yaml").data).model_dump(mode="json", by_alias=True)
    text = strictyaml.parse(json.dumps(sample), "pond.yaml")
    refused: list[tuple[object, object, str]] = []
    for *outer, last in list(places_in(text.data)):
        part = reduce(getitem, outer, text.data)
        usual = part[last]
        for nonsense in (None, "Z z!", "1.5", "99", "-1", "2026-99-99", "a" * 2000, "9" * 5000, [], ["x"], {"a": "b"}):
            part[last] = nonsense
            try:
                faults.validate(Checklist, text, Path("pond.yaml"))
            except ChecklistError as error:
                refused.append(((*outer, last), nonsense, error.what))
        part[last] = usual
    assert len(refused) > 1_000
    assert [one for one in refused if library_words.search(one[2])] == []


def places_in(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the keys and indexes that lead to each part."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield (*place, step)
        yield from places_in(part, (*place, step))


@pytest.mark.parametrize(
    "text", ["", "--- \n", "- a\n- b\n", "just words\n"], ids=["empty", "nothing", "list", "words"]
)
def test_a_file_that_is_no_list_of_keys_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pond.yaml"
    path.write_text(text)
    with pytest.raises(ChecklistError, match=r"pond\.yaml, line [12]: ") as caught:
        loading.load(path)
    assert caught.value.advice


def test_a_newer_schema_is_told_before_anything_else() -> None:
    with pytest.raises(ChecklistError) as caught:
        load(alter(('schema: "2"', 'schema: "3"'), ("severity: high", "severity: dreadful")))
    assert "severity" not in caught.value.what
    assert "update privacyaudit" in caught.value.advice


def test_of_many_faults_three_are_shown_and_the_rest_counted() -> None:
    with pytest.raises(ChecklistError) as caught:
        load(alter(("severity: ", "severty: ")))
    lines = caught.value.what.splitlines()
    assert len(lines) == 4
    assert lines[-1] == "… and 3 more"


def test_an_address_that_is_none_is_told_once_where_it_stands_however_many_probes_open_it() -> None:
    text = alter(
        ('        open: "https://pond.example/settings"\n', ""),
        ('kind: json, open: "https://pond.example/settings"', "kind: json"),
        (', web: "https://pond.example/settings"', ", web: javascript:x"),
    )
    with pytest.raises(ChecklistError) as caught:
        load(text)
    assert caught.value.what == (
        f"pond.yaml, line {line_of(text, 'javascript')}: screens.0.web: 'javascript:x' must begin with https://"
    )


def test_the_sample_is_right() -> None:
    one = load()
    assert [check.id for check in one.checklist.checks] == ["pond.profile", "pond.mail", "pond.tags"]
    assert one.line_of(one.checklist.checks[1]) == line_of(POND, "- id: pond.mail")


@given(st.data())
def test_a_checklist_with_one_line_gone_loads_or_is_refused_and_never_crashes(data: st.DataObject) -> None:
    lines = POND.splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 1))
    swapped = data.draw(st.sampled_from(["", lines[gone][2:], "  " + lines[gone], lines[gone].replace(":", "", 1)]))
    try:
        load("".join([*lines[:gone], swapped, *lines[gone + 1 :]]))
    except ChecklistError as error:
        lines = re.findall(r"^pond\.yaml, line \d+: .", error.what, re.MULTILINE)
        if not lines:
            pytest.fail(error.what)


# -- verdicts, roles and clauses -------------------------------------------------------------------

ROLES = (Role(id="teacher", name="Teacher", summary="x"), Role(id="councillor", name="Councillor", summary="x"))


def test_a_verdict_may_differ_by_role() -> None:
    option = load().checklist.checks[0].option("everyone")
    assert option
    assert option.verdict_for("councillor") is Verdict.CHOICE
    assert option.verdict_for("teacher") is Verdict.FAIL


def test_known_roles_and_clauses_are_accepted() -> None:
    check_references(load(), ROLES, frozenset({"guide-1"}))


def test_an_unknown_role_is_refused_with_its_line() -> None:
    text = alter(("councillor: choice", "counsellor: choice"))
    with pytest.raises(ChecklistError, match="'counsellor', which does not exist") as caught:
        check_references(load(text), ROLES, frozenset({"guide-1"}))
    assert f"pond.yaml, line {line_of(text, 'counsellor')}: " in caught.value.what
    assert "councillor" in caught.value.advice


def test_an_unknown_clause_is_refused_with_its_line() -> None:
    with pytest.raises(ChecklistError, match="'guide-1', which does not exist") as caught:
        check_references(load(), ROLES, frozenset({"guide-2"}))
    assert f"pond.yaml, line {line_of(POND, 'guidance:')}: " in caught.value.what
    assert caught.value.advice


# -- a platform without one address ----------------------------------------------------------------


def bound(site: str | None, default: str | None = "https://pond.example") -> Checklist:
    return bind(load(on_any_site(default)).checklist, site)


def test_the_usual_site_stands_where_the_checklist_says_site() -> None:
    one = bound(None)
    assert one.platform.hosts == ("pond.example",)
    assert one.platform.help_hosts == ("pond.example", "help.pond.example")
    assert one.checks[0].probes[0].open == "https://pond.example/settings"
    assert one.where(one.checks[0]).web == "https://pond.example/settings#profile"


@pytest.mark.parametrize(
    ("site", "origin", "host"),
    [
        ("https://cy.pond.example", "https://cy.pond.example", "cy.pond.example"),
        ("https://cy.pond.example/", "https://cy.pond.example", "cy.pond.example"),
        ("HTTPS://CY.Pond.Example/", "https://cy.pond.example", "cy.pond.example"),
        ("https://cy.pond.example:8443", "https://cy.pond.example:8443", "cy.pond.example:8443"),
        ("http://127.0.0.1:8310", "http://127.0.0.1:8310", "127.0.0.1:8310"),
        ("http://localhost:8310/", "http://localhost:8310", "localhost:8310"),
    ],
)
def test_a_site_of_ones_own_becomes_host_and_origin(site: str, origin: str, host: str) -> None:
    one = bound(site)
    assert site_of(load(on_any_site()).checklist, site) == origin
    assert one.platform.hosts == (host,)
    assert one.platform.signed_in
    assert one.platform.signed_in.open == origin + "/settings"
    assert "{site}" not in one.model_dump_json()


@pytest.mark.parametrize(
    "site",
    [
        "",
        "pond.example",
        "http://pond.example",
        "http://127.0.0.1.pond.example",
        "http://127.0.0.1@pond.example",
        "ftp://pond.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://pond.example/@me",
        "https://pond.example/../..",
        "https://pond.example//",
        "https://pond.example?me",
        "https://pond.example#me",
        "https://me:secret@pond.example",
        "https://me@pond.example",
        "https://@pond.example",
        "{site}",
        "https://{site}",
        "https://pond.example{site}",
        " https://pond.example",
        "https://pond.example ",
        "https://pond example",
        "https://pond.example\n",
        "https://pond.example\x00",
        "\x01https://pond.example",
        "https://p\u043end.example",
        "https://pond.example:99999",
        "https://pond.example:0",
        "https://pond.example:",
        "https://pond.example:x",
        "https://[::1]",
        "https://[::1",
        "https://pond\u2100.example",
        "https://pond_.example",
        "https://pond.example\\@evil.example",
        "https://" + "a" * 600 + ".example",
        "https://" + "a." * 100 + "example",
    ],
)
def test_an_address_that_is_no_site_is_refused_with_a_sentence(site: str) -> None:
    with pytest.raises(UsageError) as caught:
        bound(site)
    assert caught.value.advice


@given(st.text(max_size=30).map(lambda rest: f"https://{rest}") | st.text("htps:/.@[]{}#?ex 127\\", max_size=24))
def test_any_site_binds_to_listed_hosts_or_is_refused_and_never_crashes(site: str) -> None:
    try:
        one = bound(site)
    except UsageError:
        return
    assert one.platform.signed_in
    assert one.platform.signed_in.open in (
        f"https://{one.platform.hosts[0]}/settings",
        f"http://{one.platform.hosts[0]}/settings",
    )


def test_a_platform_with_one_address_takes_no_site() -> None:
    with pytest.raises(UsageError, match="only one address"):
        bind(load().checklist, "https://pond.example")
    assert bind(load().checklist, None) == load().checklist


def test_without_a_site_no_link_has_an_address() -> None:
    one = bound(None, default=None)
    assert one == load(on_any_site(None)).checklist
    assert not has_address(one.where(one.checks[0]).web)
    assert not has_address(one.checks[0].probes[0].open)
    assert not has_address(None)
    usual = bound(None)
    assert has_address(usual.where(usual.checks[0]).web)


def test_site_in_the_host_of_a_reply_becomes_the_host() -> None:
    text = on_any_site().replace("reply: /api/me", 'reply: /api/me, host: "{site}"')
    probe = bind(load(text).checklist, "https://lake.example").checks[0].probes[1]
    assert probe.kind == "json"
    assert probe.host == "lake.example"


def test_a_check_that_was_bound_still_knows_its_line() -> None:
    one = load(on_any_site())
    assert one.line_of(bound("https://lake.example").checks[0]) == one.line_of(one.checklist.checks[0])


# -- the catalogue ---------------------------------------------------------------------------------


@pytest.fixture
def built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data" / "checklists"
    (folder / "guidance").mkdir(parents=True)
    (folder / "pond.yaml").write_text(POND)
    (folder / "_template.yaml").write_text("not: [a checklist")
    (folder / "roles.yaml").write_text(
        'schema: "1"\nroles:\n  - { id: teacher, name: Teacher, summary: You teach. }\n'
        "  - { id: councillor, name: Councillor, summary: You are elected. }\n"
    )
    (folder / "guidance" / "guide.yaml").write_text(
        'schema: "1"\nid: guide\ntitle: A guide\npublisher: A council\npublished: 2026\naudience: Teachers\n'
        "clauses: [{ id: guide-1, text: keep control, area: visibility, wants: [check] }]\n"
    )
    monkeypatch.setattr(shipped, "folder", lambda kind: tmp_path / "data" / kind)
    return folder


def own(tmp_path: Path, text: str, name: str = "own.yaml") -> Path:
    (tmp_path / "own").mkdir(exist_ok=True)
    (tmp_path / "own" / name).write_text(text)
    return tmp_path / "own"


LAKE = alter(
    ("id: pond\n", "id: lake\n"),
    ("pond.profile", "lake.profile"),
    ("pond.old-profile", "lake.old-profile"),
    ("pond.mail", "lake.mail"),
    ("pond.tags", "lake.tags"),
)


@pytest.mark.usefixtures("built_in")
def test_the_catalogue_holds_the_built_in_and_the_own_checklists(tmp_path: Path) -> None:
    whole = catalogue(own(tmp_path, LAKE))
    assert {name: one.origin for name, one in whole.loaded.items()} == {"pond": "built-in", "lake": "own"}
    assert whole.troubles == ()
    assert whole.check("pond.old-profile")[1].id == "pond.profile"
    assert whole.role(None).id == "teacher"


@pytest.mark.usefixtures("built_in")
def test_the_same_file_met_twice_is_no_trouble(tmp_path: Path) -> None:
    assert catalogue(own(tmp_path, POND)).troubles == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (POND.replace("name: Pond", "name: Another Pond"), "'pond' already exists"),
        (LAKE.replace("lake.old-profile", "pond.profile"), "'pond.profile' for a check"),
        (LAKE.replace("lake.old-profile", "pond.old-profile"), "'pond.old-profile' for a check"),
        (LAKE.replace("councillor", "wizard"), "'wizard', which does not exist"),
        ("a: [", "not valid YAML"),
    ],
    ids=["same platform", "alias of a built-in check", "alias of a built-in alias", "unknown role", "broken"],
)
@pytest.mark.usefixtures("built_in")
def test_a_wrong_own_checklist_is_a_trouble_and_the_rest_loads(tmp_path: Path, text: str, what: str) -> None:
    whole = catalogue(own(tmp_path, text))
    assert list(whole.loaded) == ["pond"]
    assert what in whole.troubles[0].what
    assert f"{tmp_path / 'own' / 'own.yaml'}, line " in whole.troubles[0].what
    assert whole.troubles[0].advice


@pytest.mark.usefixtures("built_in")
def test_asking_for_a_broken_own_platform_tells_what_is_broken(tmp_path: Path) -> None:
    folder = tmp_path / "a, b: c"
    folder.mkdir()
    (folder / "lake.yaml").write_text("a: [")
    with pytest.raises(ChecklistError, match="not valid YAML"):
        catalogue(folder).checklist("lake")


def test_two_built_in_files_for_one_platform_are_refused(built_in: Path) -> None:
    (built_in / "pond2.yaml").write_text(POND)
    with pytest.raises(ChecklistError, match="already exists"):
        catalogue()


@pytest.mark.usefixtures("built_in")
def test_an_own_checklist_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    assert "cannot be read" in catalogue(tmp_path / "nowhere.yaml").troubles[0].what


@pytest.mark.usefixtures("built_in")
def test_unknown_names_are_refused_with_the_nearest_ones() -> None:
    whole = catalogue()
    with pytest.raises(UsageError) as caught:
        whole.checklist("pand")
    assert "Did you mean pond?" in caught.value.advice
    with pytest.raises(UsageError) as caught:
        whole.check("pond.profil")
    assert "pond.profile" in caught.value.advice
    with pytest.raises(UsageError) as caught:
        whole.role("wizard")
    assert "teacher, councillor" in caught.value.advice


def test_the_recorded_hash_is_that_of_the_file(built_in: Path) -> None:
    from hashlib import sha256

    assert catalogue().loaded["pond"].sha256 == sha256((built_in / "pond.yaml").read_bytes()).hexdigest()


def test_what_is_built_in_is_read_once_and_again_when_a_file_of_it_changes(
    built_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    usual = strictyaml.read

    def reading(path: Path) -> strictyaml.Text:
        read.append(path.name)
        return usual(path)

    monkeypatch.setattr(strictyaml, "read", reading)
    own = tmp_path / "lake.yaml"
    own.write_text(alter(("pond", "lake")))
    for _time in range(2):
        assert set(catalogue(own).loaded) == {"pond", "lake"}
    assert sorted(read) == ["guide.yaml", "lake.yaml", "lake.yaml", "pond.yaml", "roles.yaml"]
    (built_in / "pond.yaml").write_text(alter(("Which pond?", "Which pond is it?"), text=on_any_site()))
    assert catalogue().loaded["pond"].checklist.platform.site
    (built_in / "guidance" / "guide.yaml").unlink()
    with pytest.raises(ChecklistError, match="names the clause 'guide-1', which does not exist"):
        catalogue()


@pytest.mark.usefixtures("built_in")
def test_nobody_can_change_what_the_next_one_is_given() -> None:
    first = catalogue()
    first.loaded.pop("pond")  # type: ignore[attr-defined]
    pond = catalogue().loaded["pond"]
    with pytest.raises(TypeError):
        pond.text.lines[()] = 7  # type: ignore[index]
    with pytest.raises(ValidationError):
        pond.checklist.platform.name = "Lake"  # type: ignore[misc]


# -- answers files ---------------------------------------------------------------------------------

KNOWN = {"pond": load()}


def read_answers(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "answers.yaml"
    path.write_text(text)
    return answers(path, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        'pond.profile: friends\npond.mail: "on"\n',
        '{"pond.profile": "friends", "pond.mail": "on"}',
        '{"pond.profile":"friends","pond.mail":"on"}',
        '{\n\t"answers": {\n\t\t"pond.profile": "friends",\n\t\t"pond.mail": "on"\n\t}\n}\n',
        '{"schema": "1", "tool": "privacyaudit", "answers": {"pond.old-profile": "friends", "pond.mail": "on"}}',
        "pond.old-profile: friends\r\npond.mail: 'on'\r\n",
    ],
    ids=["YAML", "JSON", "short JSON", "JSON with tabs", "JSON of the offline page, alias", "YAML from Windows, alias"],
)
def test_answers_are_read_from_yaml_and_json_by_todays_ids(tmp_path: Path, text: str) -> None:
    assert read_answers(tmp_path, text) == {"pond.profile": "friends", "pond.mail": "on"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# none\n", 1, "no “check: option” lines"),
        ("{}", 1, "no “check: option” lines"),
        ("- pond.mail\n", 1, "no “check: option” lines"),
        ("\nanswers:\n", 2, "no “check: option” lines"),
        ("\nanswers: [x]\n", 2, "no “check: option” lines"),
        ('{"answers": {}}', 1, "no “check: option” lines"),
        ("pond.profile: friends\npond.mial: 'on'\n", 2, "Did you mean 'pond.mail'?"),
        ("pond.mail: 'on'\nx: z\n", 2, "there is no check 'x'"),
        ("pond.mail: sometimes\n", 1, "has no option 'sometimes'. Its options are off, on"),
        ("pond.mail: On\n", 1, "without quotes"),
        ("pond.mail:\n", 1, "needs one word"),
        ("pond.mail: ['on', 'off']\n", 1, "needs one word"),
        ("pond.mail: { option: 'on' }\n", 1, "needs one word"),
        ("pond.mail: 'on'\npond.mail: 'off'\n", 2, "twice"),
        ("pond.profile: friends\npond.old-profile: everyone\n", 2, "pond.profile has two answers"),
        ("answers: { pond.mail: 'on' }\npond.tags: open\n", 2, "'pond.tags' is not under “answers”"),
    ],
    ids=[
        *["empty", "empty mapping", "list", "empty answers", "list of answers", "no answers"],
        *["misspelt check", "no check", "unknown option", "bare on", "no option", "two options", "mapping"],
        *["repeated", "repeated by alias", "beside the answers"],
    ],
)
def test_wrong_answers_are_refused_with_file_line_and_advice(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(ChecklistError) as caught:
        read_answers(tmp_path, text)
    assert f"{tmp_path / 'answers.yaml'}, line {line}: " in caught.value.what
    assert what in caught.value.what
    assert caught.value.advice


def test_what_was_changed_is_read_beside_the_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    answered = "answers: { pond.profile: friends, pond.mail: 'on' }\n"
    for text, wanted in (
        (answered, {}),
        (f"{answered}changed_from: {{ pond.old-profile: everyone }}\n", {"pond.profile": "everyone"}),
        (f"{answered}changed_from: 7\n", {}),
        ("pond.profile: friends\n", {}),
    ):
        path.write_text(text)
        assert changed_from(path, {"pond": load()}) == wanted
    path.write_text(f"{answered}changed_from:\n  pond.mail: sometimes\n")
    with pytest.raises(ChecklistError, match=r"line 3: pond\.mail has no option 'sometimes'"):
        changed_from(path, {"pond": load()})


OF_THE_PAGE = """{
  "answers": { "pond.old-profile": "friends", "pond.mail": "gone", "pond.tags": "open" },
  "changed_from": { "pond.mail": "gone" },
  "open": { "pond.photos": "dont_know" },
  "day": "2026-05-03",
  "role": "teacher",
  "revisions": %s
}
"""


@pytest.mark.parametrize(
    ("revisions", "old"),
    [
        ("{}", ["pond.mail"]),
        ('{ "pond.mail": 1, "pond.tags": "1" }', ["pond.mail"]),
        ('{ "pond.tags": 3 }', ["pond.mail", "pond.tags"]),
    ],
)
def test_an_answer_of_the_page_does_not_count_once_its_check_has_changed(
    tmp_path: Path, revisions: str, old: list[str]
) -> None:
    known = {"pond": load(POND.replace("  - id: pond.mail\n", "  - id: pond.mail\n    revision: 2\n"))}
    path = tmp_path / "answers.json"
    path.write_text(OF_THE_PAGE % revisions)
    assert outdated(path, known) == old
    counting = {"pond.profile": "friends", "pond.tags": "open"}
    assert answers(path, known) == {check: option for check, option in counting.items() if check not in old}
    assert changed_from(path, known) == {}
    path.write_text(OF_THE_PAGE % '{ "pond.mail": 2 }')
    with pytest.raises(ChecklistError, match=r"line 2: pond\.mail has no option 'gone'"):
        answers(path, known)


@pytest.mark.parametrize("revision", ["x", "-1", "1.5", "[2]", "²"])
def test_a_revision_that_is_not_a_number_is_refused_with_its_line(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(f"answers: {{ pond.profile: friends }}\nrevisions:\n  pond.profile: {revision}\n")
    for read in (answers, outdated):
        with pytest.raises(ChecklistError, match=r"line 3: the revision of pond\.profile must be a number"):
            read(path, KNOWN)


def test_a_file_without_revisions_counts_whole(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    for text in ("pond.profile: friends\n", "answers: { pond.profile: friends }\nrevisions: 7\n", "- pond.profile\n"):
        path.write_text(text)
        assert (
            outdated(path, {"pond": load(POND.replace("id: pond.profile", "id: pond.profile\n    revision: 2"))}) == []
        )


def test_thousands_of_wrong_answers_are_refused_quickly_and_shortly(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as caught:
        read_answers(tmp_path, "".join(f"pond.mail{n}: x\n" for n in range(20_000)))
    assert len(caught.value.what.splitlines()) == 6
    assert caught.value.what.endswith("… and 19995 more")


def test_an_alias_of_an_own_checklist_cannot_take_an_answer_away(tmp_path: Path) -> None:
    thief = load(LAKE.replace("lake.old-profile", "pond.profile"), "lake.yaml")
    path = tmp_path / "answers.yaml"
    path.write_text("pond.profile: friends\n")
    assert answers(path, {"pond": load(), "lake": thief}) == {"pond.profile": "friends"}


# -- what is written from a checklist --------------------------------------------------------------


def test_the_texts_for_translators_are_those_that_people_read() -> None:
    texts = {text for _line, _kind, text, _notes in translators.messages(BytesIO(POND.encode()))}
    assert {"Who can see your profile?", "Friends", "Open Settings.", "Settings"} <= texts
    assert not texts & {"Sign out", "visible", "friends", "pond.profile"}


def test_the_schema_for_editors_names_the_keys_as_they_are_written() -> None:
    schema = json.loads(loading.json_schema())
    assert set(schema["properties"]) == {"schema", "platform", "screens", "checks"}
    assert "open" not in schema["$defs"]["WebProbe"]["required"]
    assert [kind.get("type") for kind in schema["$defs"]["Row"]["anyOf"]] == ["string", "array", "object"]


def test_a_sound_checklist_has_nothing_to_mend() -> None:
    assert (
        could_be_better(
            load(
                POND.replace("    fix: [U", "    guidance: [x]\n    fix: [U").replace(
                    "    fix: [T", "    guidance: [x]\n    fix: [T"
                )
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[With Premium, choose Friends.]", True),
        ("[Choose Friends. It needs a paid plan.]", True),
        ("[Choose Friends. In some countries it is not there.]", True),
        ("[Choose Friends. You cannot do that outside the UK.]", True),
        ("[Choose Friends. End a paid plan in the app store.]", False),
        ("[Send the text to 7726. That is free in the UK.]", False),
    ],
)
def test_words_for_some_want_an_answer_for_all_others(said: str, told: bool) -> None:
    text = alter(("[Open Settings., Choose Friends.]", said))
    assert any("say so with “only”" in remark for remark in could_be_better(load(text))) is told
    marked = alter(
        ("    default: everyone", "    only: paid\n    default: everyone"),
        ("I have no profile, verdict", "I do not pay, absent: true, verdict"),
        text=text,
    )
    assert not any("only" in remark for remark in could_be_better(load(marked)))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("I cannot find it, absent: true, verdict: choice", True),
        ("I cannot find it, verdict: not_applicable", True),
        ("I cannot find it, verdict: { default: choice, councillor: not_applicable }", True),
        ("I cannot find it, verdict: choice", False),
        ("I do not have it, verdict: not_applicable", False),
    ],
)
def test_not_to_find_a_setting_is_no_answer_for_those_who_do_not_have_it(answer: str, told: bool) -> None:
    text = alter(("I have no profile, verdict: not_applicable", answer))
    if "absent" in answer:
        text = alter(("    default: everyone", "    only: elsewhere\n    default: everyone"), text=text)
    remarks = could_be_better(load(text))
    assert any("may only mean that somebody looked in the wrong place" in remark for remark in remarks) is told


def test_lint_tells_what_could_be_better_with_file_and_line() -> None:
    text = alter(
        ("Can strangers write to you?", "Who can see your profile!"),
        ("[Untick the box.]", f"[{'Untick ' * 20}]"),
        ('{ id: "on", label: Ticked, verdict: fail }', '{ id: "on", label: Ticked, verdict: pass }'),
        ("help_hosts: [help.pond.example]", "help_hosts: []"),
        ("https://pond.example/settings#profile", "https://lake.example/settings"),
    )
    found = could_be_better(load(text))
    assert all(re.match(r"pond\.yaml, line \d+: pond\.", sentence) for sentence in found)
    for piece in ("almost the same", "120 characters", "has no answer that means", "is not in hosts", "any clause"):
        assert any(piece in sentence for sentence in found), piece
