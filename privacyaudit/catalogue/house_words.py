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
    Pair("whom", "who, or another sentence", r"whom"),
    Pair("whoever, wherever", "anyone who, any place where", r"(?:who|wher)ever"),
    Pair("a picture stands on the page", "a picture is on the page; the page shows a picture", r"stands? (?:in|on|at|there|here|under|above|beside)|standing (?:in|on|there)"),
    Pair("a cheat, a swindler", "a scammer", r"cheats?|swindlers?"),
    Pair("a helper program", "an add-on", r"helper programs?"),
    Pair("turn somebody down", "say no to somebody; refuse", r"turn(?:s|ed|ing)? (?:\w+ )?down"),
    Pair("how it came out; what comes out", "the result", r"c[ao]mes? out"),
    Pair("simply, just do it, obviously, of course", "leave it out", r"simply|obviously|of course"),
    Pair("upon, thus, hence, lest, albeit", "on, so, so, in case, though", r"upon|thus|hence|lest|albeit"),
    Pair("therein, whereby, thereby, beforehand", "in it, by which, so, before", r"there(?:in|by)|whereby|hereby|beforehand"),
    Pair("nobody in particular", "anyone", r"nobody in particular"),
    Pair("it may not be told", "we could not tell", r"(?:may|can)not be told|may not be told"),
    Pair("the like, and suchlike", "and similar", r"suchlike|the like"),
    Pair("a person who was spoken of", "name them: a pupil, a parent, a colleague", r"spoken of"),
    Pair("utilise, commence, prior to, regarding", "use, start, before, about", r"utilis\w+|commenc\w+|prior to|regarding"),
    Pair("in order to", "to", r"in order to"),
)
"""The part of the word list that a program can check; what stands in quotes is somebody else's words."""

_WRONG = re.compile("|".join(rf"\b(?:{pair.pattern})\b" for pair in PAIRS), re.IGNORECASE)


def slips(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text that we do not write, with what we write in its place."""
    ours = _QUOTED.sub("", text)
    for found in _WRONG.finditer(ours):
        word = found.group()
        yield word, next(pair.but for pair in PAIRS if re.fullmatch(pair.pattern, word, re.IGNORECASE))
