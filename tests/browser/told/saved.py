"""A field that the server sent is as the server sent it; what is not saved yet is no answer."""

from __future__ import annotations

from tests.support.settings_page import BOX, SELECT, SWITCH
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    TICKED,
    TICKS,
    WORDS,
    Case,
    after,
    asks,
    draws,
    plain,
    script,
    told,
)

SAVE = '<p role="status">You have changes that are not saved.</p><button>Save changes</button>'
FORM = '<form method="post" action="save">{}<button>Save</button></form>'
ONE = "document.querySelector('[name=box]')"
LIST = '<select name="who"><option value="all" selected>Everyone<option value="me">Only me</select>'
ROUND = "".join(
    f'<label><input type="radio" name="who" value="{who}" {more}>{words}</label>'
    for who, more, words in (("all", "checked", "Everyone"), ("me", "", "Only me"))
)

# fmt: off
CASES = (
    Case("a box that the page proposes to tick", BOX, FORM.format(NOT_TICKED) + SAVE + script(TICKS), "no"),
    Case("a box that is ticked by its attribute", BOX, FORM.format(NOT_TICKED) + script(
        f"{ONE}.setAttribute('checked','')"), "no"),
    Case("a box that is ticked and said to have been so", BOX, FORM.format(NOT_TICKED) + script(f"{ONE}.defaultChecked="
        f"{ONE}.checked=true"), "no"),
    Case("a box that is ticked and whose form is set back", BOX, FORM.format(NOT_TICKED) + script(
        f"{ONE}.defaultChecked="
        "true;document.forms[0].reset()"), "no"),
    Case("a box that is put in the place of another", BOX, FORM.format(NOT_TICKED) + script(f"{ONE}.outerHTML=`<input "
        "type=checkbox name=box checked>`"), "no"),
    Case("a box that a click ticks", BOX, FORM.format(NOT_TICKED) + SAVE + script(f"onload=()=>{ONE}.click()"), "no"),
    Case("a box that is unticked by the page", BOX, FORM.format(TICKED) + script(f"{ONE}.checked=false"), "yes"),
    Case("a box without its half", BOX, NOT_TICKED + script(f"{ONE}.indeterminate=true"), None),
    Case("a choice that the page proposes", SELECT, FORM.format(LIST) + SAVE + script(
        "document.querySelector('select')."
        "value='me'"), "no"),
    Case("a choice that is made by its attribute", SELECT, FORM.format(LIST) + script(
        "document.querySelector('[value=me]'"
        ").setAttribute('selected','')"), "no"),
    Case("a choice whose values are changed", SELECT, FORM.format(LIST) + script(
        "document.querySelector('option').value="
        "'me'"), "no"),
    Case("a round button that the page proposes", SELECT, FORM.format(ROUND) + SAVE + script("document.querySelector("
        "'[value=me]').checked=true"), "no"),
    Case("a round button that comes after a while", SELECT, FORM.format(ROUND) + after(400, "document.querySelector("
        "'[value=me]').checked=true"), "no"),
    Case("a text that was kept as a draft", WORDS, FORM.format('<input name="about" value="I teach">') + SAVE + script(
        "document.querySelector('[name=about]').value=''"), "no"),
    Case("a text that is emptied by its attribute", WORDS, FORM.format('<input name="about" value="I teach">') + script(
        "document.querySelector('[name=about]').setAttribute('value','')"), "no"),
    Case("a long text that was emptied", WORDS, FORM.format("<textarea name=about>I teach</textarea>") + script(
        "document.querySelector('textarea').value=''"), "no"),
    Case("a switch that can still be undone", SWITCH, ON
        + '<div role="status">Will be private in 9 seconds. <button>Undo'
        "</button></div>", None),
    Case("a switch that says that it is not saved", SWITCH, ON + '<p role="alert">Not saved. Try again.</p>', None),
    Case("a switch that saves and fails", SWITCH, ON + asks("save", SWITCHES_OFF, "{method:'PATCH'}"), "no", {
        "save": plain("")}),
    Case("a switch with a bar to save", SWITCH, ON + '<div style="position:fixed;bottom:0" role="region" aria-label='
        '"Unsaved changes">Careful: you have unsaved changes! <button>Reset</button><button>Save changes</button>'
        '</div>',
        None),
    Case("a box that another form holds back", BOX, f'{TICKED}<form><input type="hidden" name="box" value="1"></form>'
        + script(f"{ONE}.checked=false"), "yes"),
    told("a form with a button to save", BOX, FORM.format(TICKED), "yes"),
    told("a form whose button to save sleeps", SELECT, FORM.format(LIST).replace("<button>", "<button "
    "disabled>"), "no"),
    told("a form with a hidden twin", BOX, FORM.format('<input type="hidden" name="box" '
    'value="0">' + NOT_TICKED), "no"),
    told("a form that a script draws of a reply", BOX, "<form id=d></form>" + asks("me", draws(NOT_TICKED, "d")
        + f"{ONE}.checked=JSON.parse(t);"), "yes", {"me": plain("true")}),
    told("a form that is woken and stays as it is", BOX, FORM.format(TICKED) + script(f"const b={ONE};b.checked=true;"
        "b.onchange=()=>0;b.dataset.ready=1;b.form.onsubmit=e=>e.preventDefault()"), "yes"),
    told("a text that the server sent empty", WORDS, FORM.format('<input name="about" value="">'), "yes"),
    told("a long text", WORDS, FORM.format("<textarea name=about>I teach</textarea>"), "no"),
    told("round buttons", SELECT, FORM.format(ROUND), "no"),
    told("a word that all is saved", SWITCH, OFF + '<p role="status">Saved</p>' + script(SWITCHES_TO.replace("t.trim()",
        "'false'")), "no"),
)
