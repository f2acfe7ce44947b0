"""The short walks: each leads only to what there is, fits the person's services, and ends with what is left."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from privacyaudit.about_me import ladder, letters, occasions, places, searches
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.leads import MOST_SERVICES, known
from privacyaudit.about_me.occasions import Reply, Step
from privacyaudit.about_me.occasions_lint import Ids, occasions_lint
from privacyaudit.catalogue import loading
from privacyaudit.errors import ChecklistError
from privacyaudit.model import Author, Group, Harm, Occasion

TODAY = date(2026, 12, 1)
FILE = occasions.path().read_text("utf-8")
EVERY = [one.id for one in occasions.every()]
each_occasion = pytest.mark.parametrize("name", EVERY)


def services() -> list[str]:
    """Return every platform that somebody can have an account with."""
    return [
        name
        for name, one in loading.catalogue().loaded.items()
        if one.checklist.platform.group not in (Group.PRACTICE, Group.DEMO)
    ]


def walk(name: str, *used: str) -> tuple[Occasion, tuple[Step, ...]]:
    occasion = occasions.occasion(name)
    return occasion, occasions.steps(occasion, used, known(loading.catalogue(), places.atlas()), TODAY)


def ids() -> Ids:
    atlas = places.atlas()
    return Ids(
        {name for one in loading.catalogue().loaded.values() for check in one.checklist.checks for name in check.names},
        {one.id for one in searches.every()},
        atlas.routes,
        {one.id for one in letters.letters()},
        atlas.helpers,
    )


# -- the walk --------------------------------------------------------------------------------------


def test_there_are_three_and_none_has_more_than_twelve_tasks() -> None:
    assert EVERY == ["job", "new-name", "leaving"]
    for name in EVERY:
        occasion, steps = walk(name, *services())
        assert len(steps) == len(occasion.tasks) <= 12


@each_occasion
def test_every_task_says_why_how_long_and_where_it_leads(name: str) -> None:
    occasion, steps = walk(name, "facebook")
    for task, step in zip(occasion.tasks, steps, strict=True):
        assert step.lines[0] == task.why
        assert len(step.lines) > 1
        assert step.minutes >= 1
        assert step.due >= TODAY


@each_occasion
def test_every_command_that_is_named_leads_to_what_was_said(name: str) -> None:
    atlas = places.atlas()
    occasion, steps = walk(name, *services())
    for task, step in zip(occasion.tasks, steps, strict=True):
        for line in step.lines:
            for check in re.findall(r"privacyaudit show (\S+)", line):
                loading.catalogue().check(check)
            for letter in re.findall(r"privacyaudit letter (\S+)", line):
                letters.letter(letter)
            for what, where in re.findall(r"privacyaudit remove --what (\S+) --where (\S+)", line):
                case = Case(Harm(what.replace("-", "_")), where, Author.UNKNOWN)
                named = {route.id for one in ladder.plan(case, atlas, TODAY).steps for route in one.routes}
                assert task.route in named


@each_occasion
def test_every_service_is_in_every_task_about_services(name: str) -> None:
    catalogue = loading.catalogue()
    for one in services():
        occasion, steps = walk(name, one)
        about = [step for task, step in zip(occasion.tasks, steps, strict=True) if task.services]
        assert about
        for step in about:
            assert catalogue.loaded[one].checklist.platform.name in " ".join(step.lines), (one, step.title)


def test_many_services_make_no_longer_list_of_screens_and_none_is_lost() -> None:
    occasion, steps = walk("job", *services())
    step = next(step for task, step in zip(occasion.tasks, steps, strict=True) if task.services)
    assert len(step.lines) <= 2 + 2 * MOST_SERVICES
    for name in services():
        assert loading.catalogue().loaded[name].checklist.platform.name in " ".join(step.lines)


def test_without_services_a_task_says_where_to_look_in_any() -> None:
    for name in EVERY:
        occasion, steps = walk(name)
        for task, step in zip(occasion.tasks, steps, strict=True):
            assert not task.services or len(step.lines) == 2


def test_nobody_is_sent_to_a_server_that_may_not_be_theirs() -> None:
    _occasion, steps = walk("leaving", "mastodon", "wordpress")
    said = "\n".join(line for step in steps for line in step.lines)
    assert "mastodon.social" not in said
    assert "{site}" not in said
    assert "Mastodon: look for “delete account” in its settings" in said


def test_who_is_afraid_is_told_to_get_advice_first_and_where() -> None:
    occasion = occasions.occasion("new-name")
    said = " ".join(occasions.about(occasion, places.atlas()))
    assert said.index("We are not sure") < said.index("If you are afraid") < said.index("0808 2000 247")


def test_a_job_asks_nobody_to_hide_what_has_to_be_declared() -> None:
    assert "you still declare" in " ".join(occasions.about(occasions.occasion("job"), places.atlas()))


# -- what is left ----------------------------------------------------------------------------------

STEPS = (
    Step("Search", 5, date(2026, 12, 20), True, (), None),
    Step("Write", 5, date(2026, 12, 2), False, (), 30),
    Step("Read", 5, date(2026, 12, 5), False, (), None),
)


def test_what_is_left_comes_by_day_and_says_what_is_of_no_use_before() -> None:
    assert occasions.left(STEPS, [], TODAY) == (
        "By 2 December 2026: Write",
        "By 5 December 2026: Read",
        "On 20 December 2026: Search",
    )


def test_what_was_done_is_looked_at_again_and_what_is_for_others_is_left_out() -> None:
    assert occasions.left(STEPS, [Reply.NOT_FOR_ME, Reply.DONE], TODAY) == (
        "By 5 December 2026: Read",
        "On 31 December 2026, look again: Write",
    )
    assert occasions.left(STEPS, [Reply.DONE, Reply.NOT_FOR_ME, Reply.DONE], TODAY) == ()


def test_an_answer_that_takes_a_month_is_looked_for_after_a_month() -> None:
    occasion, steps = walk("job")
    by_letter = next(n for n, task in enumerate(occasion.tasks) if task.letter == "school-site")
    assert steps[by_letter].again == letters.letter("school-site").days == 31


# -- the file --------------------------------------------------------------------------------------


def test_the_file_that_comes_with_the_program_has_nothing_to_better() -> None:
    assert occasions_lint(occasions.path(), ids()) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("check: everyday.old-posts", "check: everyday.nowhere", "everyday.nowhere"),
        ("bing-name]", "bing-nothing]", "bing-nothing"),
        ("route: google.privacy", "route: google.nothing", "google.nothing"),
        ("letter: friend", "letter: foe", "'foe'"),
        ("helpers: [stalking,", "helpers: [stalker,", "stalker"),
        ("outlook-mail.address,", "outlook-mail.addr3ss,", "outlook-mail.addr3ss"),
        ("letter: friend", "letter: friend\n        check: everyday.old-posts", "write one of these: check, searches"),
        ("        letter: friend\n", "", "write one of these: check, searches"),
        ("{ areas: [visibility, tagging] }", "{ areas: [visibility], link: close }", "areas, checks, link"),
        ("check: everyday.old-posts", "check: old-posts", "a platform, a dot and a name"),
        ("- id: new-name", "- id: job", "used twice"),
        ("minutes: 15", "minutes: 45", "at most 30"),
        ("day: 14", "day: 400", "at most 180"),
        ("confidence: low", "confidence: high", "confidence cannot be high"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(old: str, new: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "occasions.yaml"
    assert old in FILE
    file.write_text(FILE.replace(old, new, 1), "utf-8")
    with pytest.raises(ChecklistError) as error:
        occasions_lint(file, ids())
    assert told in error.value.what
    assert "occasions.yaml, line" in error.value.what


def test_a_list_of_more_than_twelve_tasks_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "occasions.yaml"
    start, end = FILE.index('      - title: "Ask friends'), FILE.index('      - title: "Ask an old school')
    file.write_text(FILE[:start] + FILE[start:end] * 3 + FILE[end:], "utf-8")
    with pytest.raises(ChecklistError, match="too many entries: write at most 12"):
        occasions_lint(file, ids())


def test_what_could_be_better_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "occasions.yaml"
    file.write_text(FILE.replace("You should see what comes up", "Simply see what comes up " + "on " * 40), "utf-8")
    said = "\n".join(occasions_lint(file, ids()))
    assert "“Simply”" in said
    assert "more than 120 characters" in said
