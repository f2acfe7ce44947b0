"""Every sentence that the script of the page “Something is out there” puts together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from privacyaudit.about_me import found, ladder, leads, occasions
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.offline.phrases import WINDOW, Phrase, with_number

PHRASES: Mapping[str, str] = {
    **ladder.LINES,
    "page_title": N_("Something about you is out there"),
    # The questions and the steps.
    "choose": N_("Choose one."),
    "question_of": N_("Question {number} of {total}"),
    "case": N_("{what}: {place}"),
    "step": N_("{number}. {title}"),
    "write_this": N_("Write it here: {title}"),
    "under_18": N_("Is somebody under 18 in the picture?"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "unsure": N_("I am not sure"),
    # Letters.
    "subject": N_("Subject: {subject}"),
    "goes_to": N_("Goes to: {addressee}"),
    "later": N_("I fill this in later"),
    "one_a_line": N_("One address on each line."),
    "too_long": N_("This is longer than {most} characters. A letter is read when it is short. Please write less."),
    "from_work": N_(
        "This looks like an address from work. Use a private one, because others may read your mail at work."
    ),
    "no_link": N_(
        "This is not a web address that begins with https:// or http://. The letter has it as you typed it, "
        "but not as a link."
    ),
    "left": N_("Still to fill in: {blanks}."),
    "nothing_left": N_("Everything is filled in. Read it again before you send it."),
    "file_saved": N_("The file is saved. Anyone who gets the file can read it."),
    "file_not_saved": N_("The browser could not save the file. Copy the text instead."),
    # Searches.
    "too_many": N_("There are more than {number} in this line."),
    "too_long_word": N_("This is longer than {number} characters."),
    "hidden_sign": N_("There is a hidden character in this line."),
    "no_word": N_("There is nothing in this line that can be searched for."),
    "search_for": N_("Search for: {words}"),
    "open_sends": N_("Open {host}. Your words then go to that site."),
    "open_types": N_("Open {host}, and type the words there"),
    "look": N_("Where to look: {look}"),
    "how_many": N_("How many?"),
    "helps": N_("This helps: “{title}”."),
    "keep_proof": found.KEEP_PROOF,
    "act_on": N_("What to do, the most urgent first"),
    "nothing_to_act": N_("You found nothing to act on"),
    "no_answers": N_("You have not looked yet, so we cannot tell"),
    "only_today": N_("That is true for the searches that you did, today. Other people may see other results."),
    "found_here": N_("{title}: {answer} ({number})"),
    "get_steps": N_("Get your steps"),
    # Short walks.
    **occasions.LINES,
    "look_too": leads.OTHERS,
    "all_done": occasions.NOTHING_LEFT,
    "titles": N_("{titles}."),
}
"""A name and a sentence."""

IN_THE_WINDOW: Mapping[str, str] = {
    **{name: WINDOW[name] for name in ("silent", "shut_out", "working", "not_same")},
    "unlock": N_("Unlock"),
    "begin_history": N_("Begin my history"),
    "next_step": N_("Next: "),
    "is_kept": N_("This is saved."),
    "what_seen": N_("What did you see?"),
    "a_picture": N_("Picture"),
    "delete_entry": N_("Delete entry {number} with its pictures?"),
    "delete_all_proof": N_("Delete all proof with its pictures?"),
    "entries_gone": N_("Deleted entries: {numbers}."),
    "too_large": N_("This file is larger than 50 MB. The program did not take it. Take a picture in parts."),
    "left_out": N_("Left out: {file}"),
    "taken_in": N_("That is in memory now. It is kept when you press “Keep this as proof”."),
    "kept_as": N_("Kept as entry {number}. Pictures: {pictures}."),
}
"""Those besides, where a program is behind the page."""

NUMBERS: Mapping[str, Callable[[int], str]] = {
    "task_minutes": occasions.task_minutes,
    "about_minutes": occasions.about_minutes,
    "tasks_and_time": occasions.tasks_and_time,
    "more_searches": lambda number: ngettext("{number} more search", "{number} more searches", number),
    "not_looked": lambda number: ngettext(
        "{number} search was not looked at, so we cannot tell",
        "{number} searches were not looked at, so we cannot tell",
        number,
    ),
}
"""As above, for sentences that go with a number."""

MOST = 1_000
"""So many searches at most: of each kind of word there are three."""


def phrases(*, window: bool = False) -> tuple[Phrase, ...]:
    """Return every sentence in the language spoken now."""
    every = {**PHRASES, **(IN_THE_WINDOW if window else {})}
    return (
        *(Phrase(name, (_(text),)) for name, text in every.items()),
        *(with_number(name, said, MOST) for name, said in NUMBERS.items()),
    )
