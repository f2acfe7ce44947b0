"""A walkthrough of five questions that were made in code, for a terminal.

    python tests/support/drive_walkthrough.py RECORD [--plain]

Goes on with the journal in PRIVACYAUDIT_STATE if there is one. Writes the record as JSON to RECORD, however the
walkthrough ends, and each page that was to be opened as a line to RECORD.opened.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from privacyaudit import audit, journal
from privacyaudit import plan as plan_module
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.catalogue.strictyaml import Text
from privacyaudit.cli import terminal
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.cli.prompts.rich import RichPrompter
from privacyaudit.clock import now
from privacyaudit.model import Checklist, Observation, ReaderName, Reason
from privacyaudit.plan import Item
from privacyaudit.process import streams
from privacyaudit.readers.ask import AskReader

UNREADABLE = "photobook.old-posts"


def check(check_id: str, **changes: Any) -> dict[str, Any]:
    """Return one check in the shape of a checklist file; `changes` replace its keys."""
    made = {
        "id": check_id,
        "title": "Only your friends see the list of your friends",
        "area": "visibility",
        "severity": "medium",
        "minutes": 1.5,
        "question": "Who can see your friends list?",
        "why": "People who look for you can find learners and their parents through the list of your friends.",
        "options": [
            {"id": "me", "label": "Only me", "verdict": "pass"},
            {"id": "friends", "label": "Friends", "verdict": "pass"},
            {"id": "everyone", "label": "Everyone", "verdict": "fail"},
        ],
        "screen": "settings",
        "fix": ["Choose “Friends”."],
        "confidence": "low",
    }
    return made | changes


def checklist(name: str, way: dict[str, Any], checks: Sequence[dict[str, Any]], **changes: Any) -> Checklist:
    """Return a checklist of these checks on one screen; `way` leads there, `changes` replace keys of its platform."""
    platform = {"id": name.lower(), "name": name, "group": "social", "notice": "A pretend platform."}
    screens = [{"id": "settings", "title": "Settings", **way}]
    made = {"schema": "2", "platform": platform | changes, "screens": screens, "checks": checks}
    return Checklist.model_validate(made)


PHOTOBOOK = checklist(
    "Photobook",
    {
        "web": "https://photobook.example/settings",
        "menu": ["Settings & privacy", "Privacy"],
        "ios": ["Menu", "Settings & privacy"],
        "android": ["Menu"],
    },
    [
        check(
            "photobook.friends-list",
            row={
                "name": ["How people find and contact you", "Friends list"],
                "web": "https://photobook.example/settings?tab=privacy&section=friends-list",
            },
        ),
        check(
            UNREADABLE,
            title="Older posts are not public",
            question="Who can see the posts you wrote in past years?",
            why="A joke from school days is read differently by a learner’s parent.",
            row={"name": "Past posts", "web": "https://photobook.example/settings?tab=posts"},
            options=[
                {
                    "id": "limited",
                    "label": "Friends, because I have limited the audience of old posts",
                    "verdict": "pass",
                },
                {
                    "id": "open",
                    "label": "Everyone who has the address of a post, even people who do not have an account of their "
                    "own and are not signed in anywhere",
                    "verdict": "fail",
                },
                {"id": "none", "label": "I have no older posts", "verdict": "not_applicable"},
            ],
        ),
    ],
    hosts=["photobook.example"],
)
COMMONS = checklist(
    "Commons",
    {"web": "{site}/preferences", "menu": ["Preferences"]},
    [
        check(
            "commons.email",
            title="Strangers cannot e-mail you",
            question="Is “Allow other users to email me” ticked?",
            why="If you answer, the writer sees your address.",
            row="Email options",
            options=[
                {"id": "off", "label": "Not ticked", "verdict": "pass"},
                {"id": "on", "label": "Ticked", "verdict": "fail"},
            ],
        )
    ],
    hosts=["{site}"],
    site={"ask": "Which wiki?"},
)
HABITS = checklist(
    "Habits",
    {},
    [
        check(
            "habits.lock",
            title="Your phone locks itself",
            question="Does your phone lock itself when you put it down?",
            why="A phone left in a classroom is picked up.",
            options=[
                {"id": "yes", "label": "Yes, within a minute", "verdict": "pass"},
                {"id": "no", "label": "No, or later", "verdict": "fail"},
            ],
        ),
        check(
            "habits.numbers",
            title="Your class does not have your own number",
            question="How many of your classes have your own phone number?",
            why="A number that was passed on cannot be taken back.",
            options=[
                {"id": "0", "label": "None", "verdict": "pass"},
                {"id": "1", "label": "One", "verdict": "fail"},
                {"id": "2", "label": "Two or more", "verdict": "fail"},
            ],
        ),
    ],
    group="practice",
)


def plan() -> plan_module.Plan:
    """Return the plan of all five questions."""
    chosen = []
    for one in (PHOTOBOOK, COMMONS, HABITS):
        digest = sha256(one.model_dump_json(by_alias=True).encode()).hexdigest()
        chosen.append(Loaded(one, Path(f"{one.platform.id}.yaml"), digest, "built-in", Text({}, {})))
    return plan_module.plan(chosen, "teacher", {})


@dataclass(frozen=True)
class PageThatCouldNotBeRead:
    """Stands for the browser: it looked for one setting and did not find it."""

    name: ReaderName = "web"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        yield UNREADABLE, Observation(reader="web", reason=Reason.NOT_FOUND, at=now())


def main(record_file: Path, *, plain: bool) -> int:
    """Run the walkthrough and return the exit code."""

    def note(address: str) -> bool:
        with record_file.with_suffix(".opened").open("a") as file:
            file.write(address + "\n")
        return True

    what = plan()
    path = journal.unfinished()
    platforms = tuple(part.checklist.platform.id for part in what.parts)
    header = journal.Header(started=now(), role=what.role, platforms=platforms)
    notes = journal.resume(path) if path else journal.begin(header)[0]
    prompter = PlainPrompter(open_page=note) if plain else RichPrompter(open_page=note)
    record, stopped = audit.run(what, [PageThatCouldNotBeRead(), AskReader(prompter, what.role)], notes)
    record_file.write_text(record.model_dump_json(by_alias=True))
    if stopped:
        terminal.fail(stopped.what, stopped.advice)
        return stopped.exit_code
    notes.close()
    terminal.say("All questions are answered.")
    return 0


if __name__ == "__main__":
    streams.make_safe()
    sys.exit(main(Path(sys.argv[1]), plain="--plain" in sys.argv[2:]))
