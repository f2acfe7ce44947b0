"""What could be better in a checklist that can be used."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Set
from pathlib import Path

from privacyaudit import model
from privacyaudit.catalogue import house_words, strictyaml, translators
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.i18n import _
from privacyaudit.model import Check, Checklist, Option, Take, WebProbe

_FOR_SOME = re.compile(
    r"Premium|needs? a paid plan|only by paying|who pay\b|(?:some|other|certain) countries|"
    r"(?:not in|outside|outside of) the UK|in the (?:EU|US)\b"
)
"""Words that say that a setting is only for those who pay, or not everywhere."""

_THEIR_WORDS = {"row", "menu", "ios", "android", "name", "publisher"}
"""Keys whose texts are the platform's own words."""

_NOT_FOUND = ("I cannot find", "I can't find")


def out_of_date(loaded: Loaded) -> str | None:
    """Say how to bring up to date a checklist of schema 1 or with dates by `seen`; None for one that is."""
    if not loaded.old:
        return None
    path = str(loaded.path)
    remark = (
        _("this file has schema 1. It still works. To bring it up to date, type: privacyaudit lint --upgrade {path}")
        if loaded.old == ("schema",)
        else _(
            "“page” and “read” have replaced “seen”. The file still works. To bring it up to date, type: "
            "privacyaudit lint --upgrade {path}"
        )
    )
    shown = f'"{path}"' if " " in path else path
    return at(loaded.path, loaded.text.line(loaded.old), remark.format(path=shown))


def could_be_better(loaded: Loaded) -> list[str]:
    """Return what could be better in a checklist that can be used: one sentence each, with file and line."""
    found = [remark] if (remark := out_of_date(loaded)) else []
    questions: dict[str, str] = {}
    platform = loaded.checklist.platform
    help_hosts = {*platform.hosts, *platform.help_hosts}
    for number, check in enumerate(loaded.checklist.checks):
        remarks = [
            _("{check} asks almost the same as {other}.").format(check=check.id, other=other)
            for other, question in questions.items()
            if difflib.SequenceMatcher(None, question, check.question.lower()).ratio() > 0.93
        ]
        questions[check.id] = check.question.lower()
        remarks += _remarks(loaded.checklist, check, help_hosts)
        found += [at(loaded.path, loaded.text.line(("checks", number)), remark) for remark in remarks]
    return found + words(loaded.path, loaded.text, leave_out=_THEIR_WORDS)


def words(path: Path, text: strictyaml.Text, leave_out: Set[str] = frozenset()) -> list[str]:
    """Return the words of a data file that are in the house's list of what we do not write: one sentence each.

    The texts of the keys in `leave_out` are somebody else's words.
    """
    return [
        at(path, line, _("We do not write “{word}”. Better: {better}.").format(word=word, better=better))
        for line, said in translators.texts(text, leave_out=leave_out)
        for word, better in house_words.slips(said)
    ]


def _remarks(checklist: Checklist, check: Check, hosts: Set[str]) -> Iterator[str]:
    for step in check.fix:
        if len(step) > 120:
            yield _("{check} has a step of more than 120 characters: {step}…").format(check=check.id, step=step[:40])
    said = (*check.fix, *(option.label for option in check.options))
    if not check.only and (word := next((found[0] for text in said if (found := _FOR_SOME.search(text))), None)):
        yield _("{check} mentions “{word}”: if not everybody has the setting, say so with “only”.").format(
            check=check.id, word=word
        )
    away = (option for option in check.options if option.absent or _does_not_apply(option))
    if any(option.label.startswith(_NOT_FOUND) for option in away):
        yield _(
            "{check}: say who does not have the setting. “I cannot find it” may only mean that somebody looked "
            "in the wrong place."
        ).format(check=check.id)
    verdicts = {option.verdict_for("default") for option in check.options}
    if not verdicts & {model.Verdict.FAIL, model.Verdict.CHOICE}:
        yield _("{check} has no answer that means “to change” or “your choice”.").format(check=check.id)
    web = checklist.where(check).web
    if web and model.host_of(web) not in hosts:
        yield _("{check} links to {host}. That host is not in hosts or help_hosts.").format(
            check=check.id, host=model.host_of(web)
        )
    if not check.guidance:
        yield _("{check} does not answer any clause of a guide.").format(check=check.id)
    for index, probe in enumerate(check.probes, 1):
        by_words = isinstance(probe, WebProbe) and not (probe.find.field or probe.find.within)
        if by_words and isinstance(probe, WebProbe) and probe.take is Take.COUNT:
            yield _(
                "{check}, probe {number} counts words anywhere on the page: name the part of the page with “within”."
            ).format(check=check.id, number=index)


def _does_not_apply(option: Option) -> bool:
    verdicts = option.verdict.values() if isinstance(option.verdict, dict) else (option.verdict,)
    return model.Verdict.NOT_APPLICABLE in verdicts


def cannot_notice(loaded: Loaded) -> list[str]:
    """Return what the reading of a checklist in the browser cannot notice, and what would help; no fault in itself."""
    checklist = loaded.checklist
    if not _blind_to_others(checklist):
        return []
    line = loaded.text.line(("platform", "signed_in"))
    remark = _("without signed_in.who, the program cannot notice when a page of {platform} shows another account.")
    return [at(loaded.path, line, remark.format(platform=_(checklist.platform.name)))]


def _blind_to_others(checklist: Checklist) -> bool:
    proof = checklist.platform.signed_in
    return proof is not None and proof.who is None and any(check.probes for check in checklist.checks)
