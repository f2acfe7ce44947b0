"""What stands around a text or an empty box does not deny or qualify it, and shows nothing that was stored before."""

from __future__ import annotations

from tests.support.settings_page import FILLED, SENTENCE, VALUE
from tests.support.told_pages import TEXT, Case, told

SAID = "Nobody can find you."
BOX = '<input name=about value="">'
EMPTY = {
    "chips": '<div style="display:flex"><span class=chip>Springfield School</span>' + BOX + "</div>",
    "what can be taken away": f"<div><span>Springfield School <button aria-label=Remove>×</button></span>{BOX}</div>",
    "masked words": f"<label>School {BOX}</label><span>Now: Spr••••••</span>",
    "words of what is stored": f"<div><label>School {BOX}</label><p>Currently: Springfield</p></div>",
    "a hidden twin that is filled": f"<label>School {BOX}</label><input type=hidden name=about value=Springfield>",
    "a grey word in its place": '<label>School <input name=about value="" placeholder=Springfield readonly></label>',
    "a call to add one": f"<label>Add a school {BOX}</label>",
}
TEXTS = {
    "a denial": "<p>Private profile: not <span id=state>On</span></p>",
    "a word that it is the default": "<p>Private profile. Default: <span id=state>On</span>. Yours: Off</p>",
    "an arrow": "<p>Private profile <span id=state>On</span> → Off</p>",
    "a note": "<p>Private profile <span id=state>On</span><sup>*</sup></p><small>* from January</small>",
    "an end": "<p>Private profile <span id=state>On</span> until tomorrow</p>",
    "the other word": "<p>Private profile <span id=state>On</span> <b>Off</b></p>",
    "small words over it": "<p>Private profile <ruby id=state>On<rt>not</rt></ruby></p>",
    "words that a style writes": "<style>p::before{content:'This was so: '}</style><p><span id=state>On</span></p>",
}
SENTENCES = {
    "an answer": f"<h3>What does “Private” mean?</h3><p>{SAID}</p>",
    "an answer in a list": f"<dl><dt>How does it work?<dd>{SAID}</dl>",
    "a tip": f"<button>?</button><div role=tooltip>{SAID}</div>",
    "a remark at the side": f"<aside><p>{SAID}</p></aside>",
    "a fold of help": f"<details open><summary>About</summary><p>{SAID}</p></details>",
    "what would be said": f"<p>If you choose Private, we will say:</p><p>{SAID}</p>",
    "what a style denies": f"<style>div::before{{content:'This is not true any more:'}}</style><div><p>"
    f"{SAID}</p></div>",
    "a part for questions": f'<div class="faq-list"><p>{SAID}</p></div>',
}

CASES = (
    *(Case(f"an empty box with {what}", FILLED, html, "no") for what, html in EMPTY.items()),
    *(Case(f"an empty value with {what}", VALUE, html, None) for what, html in EMPTY.items()),
    told("an empty value that is all there is", VALUE | {"alone": True}, EMPTY["a call to add one"], "yes"),
    *(Case(f"a text with {what}", TEXT, html, "no") for what, html in TEXTS.items()),
    *(Case(f"a sentence that is {what}", SENTENCE, html, None) for what, html in SENTENCES.items()),
    told("an empty box with help", FILLED, f"<label>School {BOX}</label><p>Others see this.</p><p>0/80</p>", "yes"),
    told(
        "an empty box in a form",
        FILLED,
        "<form><label for=a>School</label> <input id=a name=about value=''><button>Save</button></form>",
        "yes",
    ),
    told(
        "a text with a link after it", TEXT, '<p>Private profile: <b id=state>On</b> <a href="?c">Change</a></p>', "yes"
    ),
    told("a text and since when", TEXT, "<p>Private profile <b id=state>On</b> – only friends see you</p>", "yes"),
    told("a sentence under a question of who", SENTENCE, f"<h3>Who can find you?</h3><p>{SAID}</p>", "yes"),
    told("a sentence in a list of terms", SENTENCE, f"<dl><dt>Search<dd>{SAID}</dl>", "yes"),
)
