"""The screens that are chosen for a checklist in which each check says itself where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading, strictyaml
from privacyaudit.model import Checklist
from tests.support.samples import OLD, alter, load

HOME = "https://pond.example/"


def chosen(*wheres: dict[str, Any] | None) -> Checklist:
    """Return a checklist of checks that were there, each on the screen that was chosen for it."""
    data = strictyaml.parse(OLD, "pond.yaml").data
    usual = data["checks"][0] | {"where": {}}
    data["checks"] = [usual | {"id": f"pond.n{number}", "where": at or {}} for number, at in enumerate(wheres)]
    return loading.checklist(strictyaml.Text(data, {}), Path("pond.yaml"))


def screens(one: Checklist) -> dict[str, list[Any]]:
    """Return the titles of the screens, each with the rows of its checks."""
    found: dict[str, list[Any]] = {}
    for check in one.checks:
        row = check.row.model_dump(exclude_defaults=True) if check.row else None
        found.setdefault(one.screen(check).title, []).append(row)
    return found


def app(*words: str) -> dict[str, Any]:
    return {"ios": ["You", *words], "android": ["Dots", *words]}


def page(address: str, *words: str) -> dict[str, Any]:
    return {"web": HOME + address, "menu": list(words)}


def test_checks_that_share_the_way_but_for_the_last_word_are_rows_of_one_screen() -> None:
    one = chosen(app("Privacy", "Photo"), app("Privacy", "About"), app("Account", "PIN"))
    assert screens(one) == {"Privacy": [{"name": ("Photo",)}, {"name": ("About",)}], "PIN": [None]}
    assert [screen.id for screen in one.screens] == ["privacy", "pin"]


def test_what_lies_a_little_deeper_is_a_row_too_and_what_lies_deep_is_not() -> None:
    near = app("Privacy", "Calls", "Silence")
    deep = app("Privacy", "Calls", "More", "Silence")
    one = chosen(app("Privacy", "Photo"), app("Privacy", "About"), near, deep)
    assert screens(one)["Privacy"][2] == {"name": ("Calls", "Silence")}
    assert screens(one)["Silence"] == [None]


def test_a_screen_that_holds_a_check_itself_has_those_below_it_as_rows() -> None:
    posts = {"web": HOME + "posts", "menu": ["Settings", "Posts"]}
    past = {"web": HOME + "posts", "menu": ["Settings", "Posts", "Past"]}
    assert screens(chosen(posts, past)) == {"Posts": [None, {"name": ("Past",)}]}


def test_several_checks_at_one_address_are_a_page_and_not_rows_of_the_list_that_leads_there() -> None:
    tags, finding = page("tags", "Settings", "Tags"), page("find", "Settings", "Finding")
    found = screens(chosen(tags, tags, finding, finding, page("mail", "Settings", "Mail")))
    assert found == {"Tags": [None, None], "Finding": [None, None], "Mail": [None]}


def test_a_line_with_an_address_of_its_own_keeps_it() -> None:
    one = chosen(page("a", "Settings", "Views", "A"), page("b", "Settings", "Views", "B"))
    assert screens(one) == {"Views": [{"name": ("A",), "web": HOME + "a"}, {"name": ("B",), "web": HOME + "b"}]}
    assert one.screens[0].web is None


def test_checks_at_one_place_with_addresses_of_their_own_differ_by_those() -> None:
    one = chosen(page("a", "Settings", "Profile"), page("b", "Settings", "Profile"))
    assert screens(one) == {"Profile": [{"web": HOME + "a"}, {"web": HOME + "b"}]}


def test_the_one_word_that_leads_somewhere_is_no_row() -> None:
    one = chosen(*({"menu": [word], "ios": ["You", word]} for word in ("Chats", "Groups")))
    assert screens(one) == {"Chats": [None], "Groups": [None]}


def test_a_line_that_is_in_the_app_only_is_on_the_screen_of_the_app() -> None:
    both = {"web": HOME, "menu": ["Settings", "Privacy"]}
    first, second = (both | {"menu": [*both["menu"], word]} | app("Privacy", word) for word in ("Photo", "About"))
    one = chosen(first, second, app("Privacy", "Mail"))
    assert screens(one)["Privacy"][2] == {"ios": ("Mail",), "android": ("Mail",)}
    assert one.where(one.checks[2]).web is None
    assert one.where(one.checks[2]).menu == ()


def test_words_that_differ_from_device_to_device_stay_as_they_are() -> None:
    number = {"menu": ["Settings", "Phone number"], "ios": ["Settings", "Phone Number"]}
    one = chosen(number, {"menu": ["Settings", "Mail"], "ios": ["Settings", "Mail"]})
    assert screens(one)["Settings"][0] == {"menu": ("Phone number",), "ios": ("Phone Number",)}


def test_habits_are_on_a_screen_with_the_name_of_the_platform_and_addresses_on_one_with_theirs() -> None:
    one = chosen(None, {"web": HOME + "user/e-mail_settings/"}, {"web": HOME}, None)
    assert screens(one) == {"Pond": [None, None], "E mail settings": [None], "pond.example": [None]}
    assert len(chosen({"web": HOME + "a" * 400}).screens[0].title) == 60


@pytest.mark.parametrize("word", ["⚙", "☰", "Ünïcode", "é", "a" * 200, "!!!", "..."])
def test_each_screen_has_an_id_of_its_own_whatever_it_is_called(word: str) -> None:
    one = chosen(app("Gear", word, "A"), app("Gear", word, "B"), app("Other", word, "A"), app("Other", word, "B"))
    ids = [screen.id for screen in one.screens]
    assert len(set(ids)) == len(ids) == 2


def test_an_old_checklist_says_which_it_is_and_keeps_its_lines() -> None:
    one = load(OLD)
    assert one.old
    assert one.line_of(one.checklist.checks[2]) == OLD[: OLD.index("- id: pond.tags")].count("\n") + 1
    assert not load().old


def test_an_old_check_without_a_where_still_loads() -> None:
    one = load(alter(("    where: { web", "    # where: { web"), text=OLD)).checklist
    assert [one.screen(check).title for check in one.checks] == ["Profile", "Pond", "Pond"]
