"""The words of the house: what we do not write, and what we write in its place. docs/mend/words.md prints the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")


@dataclass(frozen=True)
class Pair:
    """Words that we do not write (`not_this`, with `pattern` for all their forms), and what we write in their place."""

    not_this: str
    but: str
    pattern: str


PAIRS = (
    Pair("whom", "who", r"whom"),
    Pair("whoever", "anyone who", r"whoever"),
    Pair(
        "the box stands on the page",
        "the box is on the page",
        r"(?:stands?|stood|standing) (?:in|on|at|there|here|under|above|beside|outside)",
    ),
    Pair("a cheat, a swindler", "a scammer", r"cheats?|swindlers?"),
    Pair("a helper program", "an add-on", r"helper programs?"),
    Pair("turn somebody down", "say no, refuse", r"turn(?:s|ed|ing)? (?:\w+ )?down"),
    Pair("how it came out", "the result", r"c[ao]mes? out"),
    Pair("it did not come about", "it did not happen", r"c[ao]mes? about"),
    Pair("once more", "again", r"once more"),
    Pair("anew, afresh", "again", r"anew|afresh"),
    Pair("all the same", "still, anyway", r"all the same"),
    Pair("on the whole", "overall", r"on the whole"),
    Pair("switch it off for good", "always, permanently", r"for good(?! (?:reason|measure))"),
    Pair("Chrome will do", "Chrome is enough, works", r"(?:will|would) do(?=[.,;:)])"),
    Pair("look whether, look whose it is", "check", r"look(?:s|ed|ing)? (?:whether|if|whose|which)"),
    Pair("an administrator laid down how it runs", "set, set rules for", r"(?:lays?|laid|laying) down"),
    Pair(
        "take along, hand it on",
        "take with you, pass on",
        r"t(?:ak(?:es?|ing)|ook) along|hand(?:s|ed|ing)? (?:it|them) on",
    ),
    Pair("whoever has it in hand", "who is holding it", r"ha(?:s|ve|d) (?:it|them|that) in hand"),
    Pair("this is to change", "this needs changing", r"(?:is|are|was|were) to change"),
    Pair("it speaks of, nobody spoke of", "it mentions", r"sp(?:eaks?|oken?) of"),
    Pair(
        "that is no address",
        "that is not an address",
        r"(?<!there )(?:is|are) no (?:address|date|day|feature|file|name|proof)",
    ),
    Pair("nobody in particular", "anyone", r"nobody in particular"),
    Pair("it may not be told", "we could not tell", r"(?:may|can|could) ?not be told(?! apart)"),
    Pair(
        "all of these are so, this is still so",
        "right, true, like this",
        r"(?:(?:is|are|was|were) (?:always |not )?|still )so(?=[.,;:?!)])",
    ),
    Pair("look yourself", "look for yourself, check it yourself", r"looks? yourself"),
    Pair("and the like, suchlike", "and similar", r"suchlike|(?:and|or) the like"),
    Pair("yes or not sure", "yes, or I am not sure", r"(?:yes|no|nobody),? or not sure"),
    Pair("this gives you away", "it shows who you are", r"gives? (?:you|them|him|her|\w+ \w+) away"),
    Pair("did you ever", "have you ever", r"did you ever"),
    Pair("what shows", "what do you see", r"what shows(?=[?,.])"),
    Pair("you need not", "you do not have to", r"needs? not"),
    Pair("those who", "people who", r"those who"),
    Pair("a firm", "a company", r"firms?"),
    Pair("in place of", "instead of", r"in place of"),
    Pair(
        "it counts from now on",
        "it applies from now on",
        r"(?:it|this|setting|switch|box|choice) (?:only )?counts (?:only )?(?:from|for|while)",
    ),
    Pair("for some weeks", "for a few", r"for some (?:minutes|hours|days|weeks)"),
    Pair("of mine", "my", r"of (?:mine|a person I)"),
    Pair("with this off", "when this is off", r"with (?:this|it|that|these) (?:on|off)"),
    Pair("simply, obviously, of course", "leave it out", r"simply|obviously|of course"),
    Pair("upon, thus, hence, lest, albeit", "on, so, in case, though", r"upon|thus|hence|lest|albeit"),
    Pair("therein, whereby, beforehand", "in it, by which, before", r"there(?:in|by)|(?:where|here)by|beforehand"),
    Pair("therefore, moreover, furthermore", "so, also", r"therefore|moreover|furthermore"),
    Pair("whilst, amongst, shall", "while, among, will", r"whilst|amongst|shall"),
    Pair("utilise, commence", "use, start", r"utili[sz]\w+|commenc\w+"),
    Pair("prior to, regarding, in order to", "before, about, to", r"prior to|regarding|in order to"),
    Pair("e.g., i.e.", "such as, that is", r"e\.g|i\.e"),
)
"""The part of the word list that a program can check; what stands in quotes is somebody else's words."""

BY_EAR = (
    ("Nobody was told: no notification could be shown.", "This computer could not show the notification."),
    ("There is no screen here on which to show a window.", "This computer has no screen to show a window on."),
    ("It keeps what it is given.", "It can save a password and read it back."),
    ("Your history does not open without you.", "Only you can open your history."),
    ("What the gate refuses is not sent.", "The gate sends no request that it refuses."),
    ("With an address of its own: …", "If the row has its own address, write …"),
    ("Pages side by side, and apart.", "Pages load together, but separately."),
)
"""Sentences that only an ear can judge: what we wrote once, and what we write now."""

_WRONG = re.compile("|".join(rf"\b(?:{pair.pattern})(?!\w)" for pair in PAIRS), re.IGNORECASE)


def slips(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text that we do not write, with what we write in its place."""
    ours = _QUOTED.sub("", text)
    for found in _WRONG.finditer(ours):
        word = found.group()
        yield word, next(pair.but for pair in PAIRS if re.match(pair.pattern, ours[found.start() :], re.IGNORECASE))
