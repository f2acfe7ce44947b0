"""What a checklist may say of the account that pages show, of signing out, and of what stands on a page."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from privacyaudit.catalogue.lint import cannot_notice, could_be_better
from privacyaudit.errors import ChecklistError
from privacyaudit.model import Me, Platform, SignOut, WebProbe, Who
from tests.support.samples import POND, alter, load

FIND = {"field": "account"}
REPLY = {"reply": "/api/me", "path": "me.id"}


# -- whose account it is ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"find": FIND},
        {"take": "text"},
        {"reply": "/api/me"},
        {"path": "me"},
        {"find": FIND, "take": "text"} | REPLY,
        {"find": FIND, "take": "text", "host": "a.example"},
        REPLY | {"take": "text"},
    ],
)
def test_who_stands_on_the_page_or_in_a_reply_and_is_whole(who: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="either find and take, or reply and path"):
        Who.model_validate(who)


@pytest.mark.parametrize(
    "who",
    [
        {"find": FIND, "take": "text"},
        {"find": {"role": "button", "name_starts": ["Account:"]}, "take": "name_rest"},
        {"find": {"role": "heading", "name_starts": ["Hello"]}, "take": "text"},
        REPLY,
        REPLY | {"host": "api.pond.example"},
    ],
)
def test_who_has_these_forms(who: dict[str, Any]) -> None:
    assert Who.model_validate(who)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"me": {"id": "Robin  Example\n"}}, "Robin Example"),
        ({"me": {"id": 17}}, "17"),
        ({"me": {"id": 0}}, "0"),
        ({"me": {"id": ""}}, None),
        ({"me": {"id": " "}}, None),
        ({"me": {"id": True}}, None),
        ({"me": {"id": None}}, None),
        ({"me": {"id": ["x"]}}, None),
        ({"me": {"id": 1.5}}, None),
        ({"you": {"id": "x"}}, None),
        ([], None),
    ],
)
def test_a_reply_says_who_it_is_or_nothing(reply: Any, said: str | None) -> None:
    assert Who.model_validate(REPLY).said_in(reply) == said


WHO = "on_every_page: { field: leave }, who: { reply: /api/me, path: id, host: HOST } }"


def test_the_host_of_who_is_one_of_the_platform() -> None:
    assert load(alter(("on_every_page: { field: leave } }", WHO.replace("HOST", "pond.example"))))
    with pytest.raises(ChecklistError, match=r"who.host: lake.example is not in the list of hosts"):
        load(alter(("on_every_page: { field: leave } }", WHO.replace("HOST", "lake.example"))))


def test_lint_says_what_a_file_without_who_cannot_notice() -> None:
    (note,) = cannot_notice(load())
    assert note.startswith("pond.yaml, line 9: ")
    assert "another account" in note
    assert note not in could_be_better(load())
    with_who = alter(("on_every_page: { field: leave } }", WHO.replace("HOST", "pond.example")))
    assert cannot_notice(load(with_who)) == []
    without_probes = POND[: POND.index("    probes:")] + POND[POND.index("  - id: pond.mail") :]
    assert cannot_notice(load(without_probes)) == []


# -- what stands for the person in addresses -------------------------------------------------------

LINK = {"from": "link", "pattern": "/users/([0-9]+)/edit"}
HOSTS = ("pond.example",)


@pytest.mark.parametrize(
    ("addresses", "me"),
    [
        (["https://pond.example/users/17/edit"], "17"),
        (["https://pond.example/users/17/edit?a=1#b", "https://pond.example/about"], "17"),
        (["https://pond.example/users/17/edit"] * 2, "17"),
        (["https://pond.example/users/17/edit", "https://pond.example/users/18/edit"], None),
        (["https://lake.example/users/17/edit"], None),
        (["https://pond.example/users/17/editor"], None),
        (["https://pond.example/x/users/17/edit"], None),
        ([], None),
    ],
)
def test_all_links_that_fit_say_the_same_or_nothing_is_known(addresses: list[str], me: str | None) -> None:
    assert Me.model_validate(LINK).in_links(addresses, HOSTS) == me


@pytest.mark.parametrize("strange", ["..", ".", "-", "a/b", "a%2fb", "a b", "é", "x" * 101, "a?b", "{me}"])
def test_what_would_lead_an_address_elsewhere_stands_for_nobody(strange: str) -> None:
    anything = {"from": "reply", "reply": "/api/me", "path": "id", "pattern": "(.*)"}
    assert Me.model_validate(anything).in_reply({"id": strange}) is None
    assert Me.model_validate(anything).in_reply({"id": "Robin_E.x-1~"}) == "Robin_E.x-1~"


def test_a_reply_gives_what_the_pattern_holds() -> None:
    me = Me.model_validate({"from": "reply", "reply": "/api/me", "path": "id", "pattern": "user-([0-9]+)"})
    assert me.in_reply({"id": "user-17"}) == "17"
    others: list[Any] = [{"id": "17"}, {"id": "user-17x"}, {"id": "a user-17"}, {"id": None}, {}, []]
    assert [me.in_reply(reply) for reply in others] == [None] * len(others)


@pytest.mark.parametrize(
    ("me", "what"),
    [
        (LINK | {"pattern": "/users/[0-9]+"}, "one pair of round brackets"),
        (LINK | {"pattern": "/(users)/([0-9]+)"}, "one pair of round brackets"),
        (LINK | {"pattern": "/users/("}, "not a regular expression"),
        (LINK | {"path": "id"}, "needs pattern and nothing else"),
        (LINK | {"from": "reply"}, "needs reply and path"),
        (LINK | {"from": "reply", "reply": "/api/me"}, "needs reply and path"),
    ],
)
def test_me_is_said_whole(me: dict[str, Any], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        Me.model_validate(me)


ME = "  me: { from: link, pattern: '/users/([0-9]+)' }\n  notice:"
WITH_ME = ('        open: "https://pond.example/settings"', '        open: "https://pond.example/users/{me}/edit"')


def test_an_address_may_have_me_in_it_once_if_the_platform_says_where_it_stands() -> None:
    probe = load(alter(WITH_ME, ("  notice:", ME))).checklist.checks[0].probes[0]
    assert probe.open == "https://pond.example/users/{me}/edit"
    with pytest.raises(ChecklistError, match=r"\{me\} is used, but platform.me does not say where"):
        load(alter(WITH_ME))


@pytest.mark.parametrize(
    "address",
    ["https://pond.example/{me}/{me}", "https://{me}.pond.example/", "https://pond.example/{you}", "https://{me}/"],
)
def test_me_stands_nowhere_else(address: str) -> None:
    with pytest.raises(ChecklistError):
        load(alter((WITH_ME[0], f'        open: "{address}"'), ("  notice:", ME)))


@pytest.mark.parametrize(
    "key", ['signed_in: { open: "https://pond.example/', 'sign_out: { open: "https://pond.example/']
)
def test_only_the_page_of_a_probe_has_me_in_its_address(key: str) -> None:
    with pytest.raises(ChecklistError, match="no other word in braces"):
        load(alter((key, key + "{me}/"), ("  notice:", ME)))


def test_the_language_of_pages_that_do_not_say_it_is_one_of_the_languages() -> None:
    said = load(alter(("  notice:", "  languages: [en, cy]\n  language: cy\n  notice:"))).checklist.platform.language
    assert said == "cy"
    with pytest.raises(ChecklistError, match=r"platform.language: language 'de' is not one of languages"):
        load(alter(("  notice:", "  language: de\n  notice:")))


# -- signing out -----------------------------------------------------------------------------------

OUT = {"open": "https://pond.example/out", "press": {"role": "link", "name": ["Log out"]}}


@pytest.mark.parametrize("role", ["button", "link", "menuitem"])
def test_signing_out_presses_a_button_or_follows_a_link_in_a_menu_or_not(role: str) -> None:
    press = {"role": role, "name": ["Log out"]}
    assert SignOut.model_validate(OUT | {"press": press}).expand is None
    made = SignOut.model_validate(OUT | {"press": press, "expand": {"name": ["Account"]}})
    assert made.expand
    assert made.expand.role == "button"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"press": {"role": "checkbox", "name": ["Log out"]}}, "the role button, link or menuitem"),
        (
            {"press": {"role": "button", "name": ["Log out", "More"]}, "expand": {"name": ["More"]}},
            "expand and press name the same button",
        ),
    ],
)
def test_signing_out_with_anything_else_is_refused(change: dict[str, Any], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        SignOut.model_validate(OUT | change)


# -- what stands on a page -------------------------------------------------------------------------

PROBE = {"kind": "web", "open": "https://pond.example/x", "means": {"true": "a", "false": "b"}}
PART = {"role": "region", "name": ["Devices"]}
COUNTED = {"take": "count", "means": [{"at_least": 1, "option": "a"}]}
SAID = {"find": {"text": ["Open.", "Shut."]}, "take": "text", "means": {"Open.": "a", "Shut.": "b"}}


@pytest.mark.parametrize(
    "probe",
    [
        {"find": {"role": "listitem", "within": PART}} | COUNTED,
        {"find": {"field": "about"}, "take": "filled"},
        SAID,
        SAID | {"find": {"text": ["Open.", "Shut."], "within": PART}},
    ],
)
def test_a_probe_may_count_a_role_in_a_part_look_for_anything_in_a_box_and_for_a_sentence(
    probe: dict[str, Any],
) -> None:
    assert WebProbe.model_validate(PROBE | probe)


@pytest.mark.parametrize(
    ("probe", "what"),
    [
        ({"find": {"role": "listitem"}} | COUNTED, "find by role needs"),
        ({"find": {"role": "switch", "within": PART}, "take": "checked"}, "by role alone works only with take"),
        ({"find": {"field": "about"}, "take": "filled", "means": {"School": "a"}}, "in means"),
        (SAID | {"take": "checked", "means": {"true": "a"}}, "works only with take: text"),
        (SAID | {"means": {"Open.": "a"}}, "the same sentences"),
        (SAID | {"means": {"Open.": "a", "Shut.": "b", "Ajar.": "b"}}, "the same sentences"),
        (SAID | {"absent": {"option": "a", "source": "https://a.example/"}}, "not shown, that proves nothing"),
        (SAID | {"find": {"text": ["Open.", "Shut."], "role": "note"}}, "works only with within"),
        (SAID | {"find": {"text": ["Open.", "Shut."], "field": "x"}}, "works only with within"),
        (SAID | {"find": {"text": ["Open.", "Shut."], "name": ["x"]}}, "works only with within"),
    ],
)
def test_a_probe_that_could_be_too_kind_is_refused(probe: dict[str, Any], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        WebProbe.model_validate(PROBE | probe)


@pytest.mark.parametrize("find", [{"text": ["Hello"]}, {"role": "link", "within": PART}])
@pytest.mark.parametrize("where", ["find", "on_every_page"])
def test_the_proof_of_a_sign_in_is_one_control(where: str, find: dict[str, Any]) -> None:
    proof = {"open": "https://pond.example/", "find": FIND} | {where: find}
    with pytest.raises(ValidationError, match=r"control here|works only with take: count"):
        Platform.model_validate(load().checklist.platform.model_dump(by_alias=True) | {"signed_in": proof})


@pytest.mark.parametrize(
    ("find", "warned"),
    [
        ("{ role: heading, name_starts: [Signed in] }", True),
        ("{ role: heading, name: [Device] }", True),
        ("{ role: button, near: [Device] }", True),
        ("{ role: heading, name_starts: [Signed in], within: { role: region, name: [Devices] } }", False),
        ("{ role: listitem, within: { role: region, name: [Devices] } }", False),
        ("{ field: device }", False),
    ],
)
def test_lint_warns_of_a_count_of_words_anywhere_on_the_page(find: str, warned: bool) -> None:
    counting = "take: count\n        means: [{ at_least: 1, option: friends }]"
    text = alter(
        ("find: { field: visible }", f"find: {find}"),
        ('take: checked\n        means: { "true": everyone, "false": friends }', counting),
    )
    assert any("pond.profile, probe 1 counts words" in line for line in could_be_better(load(text))) is warned
