"""The minutes that are promised are those of the model, and the model counts the words that are shown."""

from __future__ import annotations

import io
import re

import pytest

from benchmarks import bench_person
from privacyaudit import effort
from privacyaudit.catalogue import loading
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.model import Device, Observation
from privacyaudit.plan import Plan, plan
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Change, Choice
from privacyaudit.walk import stops

NOT_READ = re.compile(r"^(\d+\.|Your|answer:)$")


class Typist(PlainPrompter):
    """Answers with the first line of each question, and notes what was printed while there was something to answer."""

    def __init__(self, questions: int) -> None:
        self.out = io.StringIO()
        super().__init__(io.StringIO("1\n" * questions), self.out)

    def change(self, change: Change) -> Choice:
        return Choice.LATER


def teacher(*, quick: bool = False) -> Plan:
    catalogue = loading.catalogue()
    return plan([catalogue.checklist(name) for name in bench_person.SERVICES], "teacher", {}, quick=quick)


def words_printed(of: Plan) -> int:
    typist = Typist(len(of.items))
    found: dict[str, list[Observation]] = {}
    for check, made in AskReader(typist, of.role, device=Device.IPHONE).read(of.items, found):
        found[check] = [made]
    said = re.sub(r"You answered: .*", "", typist.out.getvalue())
    return sum(not NOT_READ.match(word) for word in said.split())


@pytest.mark.parametrize("quick", [True, False])
def test_the_model_counts_the_words_that_a_person_is_shown(quick: bool) -> None:
    of = teacher(quick=quick)
    way = stops(of.items, of.role)
    acting = sum(effort.opening(stop.screen) for stop in way) + len(of.items) * (effort.LOOK_S + effort.KEY_S)
    modelled = (sum(stop.seconds for stop in way) - acting) * effort.WORDS_A_MINUTE / 60
    assert modelled == pytest.approx(words_printed(of), rel=0.1)


def test_minutes_are_rounded_up_and_never_none() -> None:
    assert [effort.minutes(seconds) for seconds in (0, 1, 60, 61, 600)] == [1, 1, 1, 2, 10]


def test_an_audit_of_a_teacher_keeps_its_budgets_by_the_model() -> None:
    figures = bench_person.measure().figures
    assert [figure.name for figure in figures if figure.verdict != "yes"] == []


def test_words_keys_looks_and_screens_take_what_the_model_says() -> None:
    whatsapp = loading.catalogue().checklist("whatsapp").checklist
    check = whatsapp.checks[0]
    assert effort.reading("word " * 230) == pytest.approx(60)
    assert effort.opening(whatsapp.screen(check)) == 15
    shown = " ".join((check.question, *(option.label for option in check.options)))
    assert effort.answering(check) == pytest.approx(3 + 1.2 + effort.reading(shown))
    assert effort.opening(whatsapp.screens[0].model_copy(update={"minutes": 2})) == 120
    everyday = loading.catalogue().checklist("everyday").checklist
    moment = next(screen for screen in everyday.screens if not screen.has_way)
    assert effort.opening(moment) == 0
