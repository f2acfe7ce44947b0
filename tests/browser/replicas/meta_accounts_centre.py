"""Meta Accounts Centre: the one dialog whose choices are recorded word for word, over a page that it covers."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

CHECK = "meta-accounts-centre.ad-partners"
TRUTHS: dict[str, Truth] = {"careful": {CHECK: None}, "open": {CHECK: "yes"}}
YES = "Yes, show me ads that are more relevant by using this information"
NO = "No, don’t make my ads more relevant by using this information"

SHELL = """<!doctype html><html lang="en" class="_9dls"><meta charset="utf-8"><title>Accounts Center</title>
<div id="app" HIDDEN><div role="navigation"><h1>Accounts Center</h1><p>Manage your connected experiences.</p>
 <a role="link" href="/profiles/">Profiles and personal details</a><h2>Account settings</h2>
 <a role="link" href="/password_and_security/">Password and security</a>
 <a role="link" href="/connected_experiences/">Connected experiences</a>
 <a role="link" href="/ads/">Ad preferences</a></div>
<div role="main"><h1>Ad preferences</h1><div role="tablist"><div role="tab">Customize ads</div>
 <div role="tab" aria-selected="true">Manage info</div></div>
 <div role="list"><div role="listitem"><a role="link" href="/ads/audience_based_advertising/">
 Audience-based advertising</a></div></div></div></div>
<div id="layer"></div><script>
const show = (dialog) => { document.getElementById("layer").innerHTML = dialog; };
fetch("/ajax/qm/?__a=1", {method: "POST", body: "{}"}).catch(() => {});
SCRIPT
</script>"""

NOTES = {
    YES: "You’ll get ads that are more relevant to you based on what you already like.",
    NO: "Your ads will use less of your information and be more likely to apply to other people.",
}


def _bare(label: str, on: bool) -> str:
    said = f"{label} {NOTES[label]}" + (" Your current experience" if on else "")
    return f'<label><span>{said}</span><input type="radio" name="r1"{" checked" if on else ""}></label>'


def _named(label: str, on: bool) -> str:
    return (
        f'<div role="radio" tabindex="0" aria-label="{label}" aria-checked="{"true" if on else "false"}">{label}</div>'
    )


def _dialog(user: str, *, named: bool) -> str:
    row = _named if named else _bare
    says_yes = user == "open"
    return (
        '<div role="dialog" aria-label="Ad preferences"><div role="button" aria-label="Back"></div>'
        "<h2>Do you want us to use your activity information from ad partners to show you ads?</h2>"
        f"{row(YES, says_yes)}<a href='#'>How this affects your ads</a>"
        f"{row(NO, not says_yes)}<a href='#'>How this affects your ads</a>"
        "<p>This isn't the only kind of information from ad partners that can affect your ads.</p></div>"
    )


def _pages(dialog: str, script: str) -> Pages:
    layer = script.replace("DIALOG", json.dumps(dialog).replace("</", "<\\/"))
    return {
        "/password_and_security/": Reply(SHELL.replace("HIDDEN", "").replace("SCRIPT", "")),
        "/ads/data_from_partners/": Reply(SHELL.replace("HIDDEN", 'aria-hidden="true"').replace("SCRIPT", layer)),
    }


def _recorded(user: str) -> Pages:
    return _pages(_dialog(user, named=False), "show(DIALOG);")


def _late(user: str) -> Pages:
    contrary = "careful" if user == "open" else "open"
    first = json.dumps(_dialog(contrary, named=True)).replace("</", "<\\/")
    return _pages(_dialog(user, named=True), f"show({first}); setTimeout(() => show(DIALOG), 800);")


def _choose_account(user: str) -> Pages:
    accounts = "".join(
        f'<div role="listitem"><a role="link" href="#">{name} {"Yes" if user == "open" else "No"}</a></div>'
        for name in ("Alex Example (Facebook)", "alex.example (Instagram)")
    )
    return _pages(
        f'<div role="dialog"><h2>Choose an account</h2><div role="list">{accounts}</div></div>', "show(DIALOG);"
    )


UNTOLD: dict[str, Truth] = {user: {CHECK: None} for user in TRUTHS}

VARIANTS: tuple[Variant, ...] = (
    Variant("meta-accounts-centre", "dialog as recorded", TRUTHS, _recorded),
    Variant("meta-accounts-centre", "a stand-in, and the true dialog after 800 ms", TRUTHS, _late),
    Variant("meta-accounts-centre", "a dialog that asks which account first", UNTOLD, _choose_account),
)
