"""Every sentence that the page's script puts together: looked up here, so that the script itself has no words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from privacyaudit import labels
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Reason, Verdict
from privacyaudit.over_time.compare import ChangeKind, WhyNot
from privacyaudit.report import changes

PHRASES: Mapping[str, str] = {
    "title": N_("Your privacy settings"),
    "stop_title": N_("{progress}: {title}"),
    "progress": N_("screen {number} of {total}, {left}"),
    "amount": N_("{changes}, {time}"),
    "place": N_("{platform} · {screen}"),
    "first": N_("{platform}: {title}"),
    "aim": N_("The aim: {title}"),
    "other_device": N_("On another device"),
    "unfound": N_("Nothing in the list has these letters in its name."),
    # How much time there is.
    "quick": N_("10 minutes: what matters most ({time} to look, then time for changes)"),
    "one_service": N_("One service"),
    "service_time": N_("{service}: {time}"),
    "everything": N_("Everything ({time})"),
    "for_role": N_("For: {role}."),
    "about": N_("About: {services}."),
    "left_out": N_("Not in this report: {services}."),
    "ten_minutes": N_("This is the ten-minute version. It has only the essential checks."),
    # A screen, and what is to change there.
    "your_choice": N_("your choice"),
    "all_so": N_("All of these are right"),
    "others_so": N_("All the others are right"),
    "go_on": N_("Continue"),
    "skip_screen": N_("Skip this screen"),
    "skip_rest": N_("Skip the rest"),
    "from_to": N_("Now: {now}. Should be: {aim}."),
    "chosen_changed": N_("Changed. We have noted the old setting and the new one."),
    "chosen_later": N_("Later. It stays on your list."),
    "chosen_leave": N_("You left this as it is. Your list shows it."),
    # The plan.
    "why": N_("Why"),
    "read_first": N_("Read first"),
    "more": N_("More"),
    "left_so": N_("You left this as it is."),
    "before": N_("You changed this during the audit. Before: {answer}."),
    "done": N_("Changed during the audit"),
    "nothing_left": N_("Nothing is left to change."),
    "change_all": N_("These changes take {time}."),
    "plan_shown": N_("Your list is in the box below, without your name. Anyone who gets it can read it."),
    "kept": N_("Your answers are kept on this device. Anyone who uses it can find them."),
    "no_longer_kept": N_("Your answers were removed from this device. They are on this page until you close it."),
    "others_kept": N_(
        "Your answers on this page were removed from this device. They stay here until you close the page. Answers "
        "from other pages are still kept. “Forget everything” removes those too."
    ),
    "cannot_keep": N_("This browser does not let the page keep anything. Copy your answers at the end instead."),
    "forgotten": N_("The page has forgotten everything."),
    "cannot_forget": N_("This browser does not let the page remove what it kept. Clear this site's data yourself."),
    "kept_elsewhere": N_("You answered in another window. This window has those answers now."),
    "still_count": N_("Those answers still count. To begin without them, press “Forget everything”."),
    "nothing_to_copy": N_("You have not chosen any answer yet, so there is nothing to copy."),
    "answers_shown": N_(
        "Your answers are in the box below. Copy them into a note that only you can read, or save them as {name}. Our "
        "page for phones and our program can open them again."
    ),
    # Earlier answers.
    "opened_large": N_("This is larger than 1 MB, so it cannot be an answers file. Choose another file."),
    "opened_no_text": N_("This is a picture or another file without text. Choose the file with your answers."),
    "opened_broken": N_("This is not an answers file, or a part of it is missing. Copy the whole text."),
    "opened_other": N_("There are no answers in this file. Choose the one that you saved from this page."),
    "opened_unfit": N_(
        "No answer in this file fits this page. It is about other services, or the questions have changed since."
    ),
    "opened_day": N_("You saved them on {day}."),
    "opened_early": N_(
        "The file says {day}, but this page did not exist then. The clock was wrong on the device that saved it."
    ),
    "opened_later": N_(
        "The file says {day}, which is still to come. So the clock is wrong, on this device or on the one that saved "
        "it."
    ),
    "opened_no_revisions": N_(
        "You cannot compare with these, because the file does not say which version of each question you answered."
    ),
    "opened_one": N_("The page opens one file at a time. It opened “{name}” and left the rest."),
    "opened_none": N_("The page can open none of these files. Choose the one with your answers."),
    # Stands for the day in “since {day}” where that is not known.
    "earlier_answers": N_("your earlier answers"),
    "use_compare": N_("To compare: you answer again. At the end you see what has changed since {day}."),
    "compares": N_("At the end you see what has changed since {day}."),
    "since": N_("Since {day}: {counts}."),
    "since_title": N_("What has changed since {day}"),
    "since_roles": N_("The earlier audit was for: {old}. The newer one was for: {new}."),
    "since_before": N_("Before"),
    "since_now": N_("Now"),
    "reminder_shown": N_("Put this event into your calendar. The event does not say what it is for."),
    # The headline, in the forms of headline.py.
    "to_change": N_("{changes}, {denominator}."),
    "to_change_and_untold": N_("{changes}, and {untold}, {denominator}."),
    "untold_only": N_("Nothing to change, but {untold}, {denominator}."),
    "untold_and_rest": N_("{untold}, and {rest}"),
    "nothing_checked": N_("Nothing was checked, so we cannot say anything."),
    "fine": N_("{fine}."),
    "and": N_("{first} and {last}"),
    # Do these first.
    "first_most": N_("These matter most. Together they take {time}."),
    "first_choice": N_("You do not have to change anything. Read “Your choice” below and decide what suits you."),
    "first_nothing": N_(
        "There is nothing to do now. Look again in a few months, or when a platform announces a change."
    ),
    "first_not_checked": N_("Nothing was checked. Go back to the questions and answer the ones that apply to you."),
}
"""By the name that the script uses. Placeholders are filled in by the script."""

CLINIC: Mapping[str, str] = {
    "share": N_("Share counts with this clinic"),
    "share_after": N_("Share what I changed"),
    "share_again": N_("Try again"),
    "sharing": N_("Sending …"),
    "shared": N_("Shared. Thank you. The clinic counts your answers and forgets them."),
    "shared_already": N_("You have already shared this, so the clinic did not count it again."),
    "share_ended": N_("The clinic has ended, so it did not count your answers. They are still here."),
    "share_too_many": N_(
        "Too many people are sharing at once. Wait a minute, then try again. Your answers are still here."
    ),
    "share_refused": N_(
        "The clinic did not accept this, and did not count anything. Tell the person who runs the clinic. Your "
        "answers are still here."
    ),
    "share_failed": N_(
        "The clinic did not answer. Are you on the same network as before? Your answers are still on this "
        "page, so try again in a moment. If the board now shows a different address, open that address and "
        "answer again."
    ),
}
"""Of a page that a clinic serves."""

SAVING: Mapping[str, str] = {
    "file_saved": N_("Your answers are saved. Anyone who gets the file can read it."),
    "file_not_saved": N_("The browser could not save the file. Copy the text instead."),
}
"""Of a page that can save a file: one that a site keeps, and the window."""

COPYING: Mapping[str, str] = {
    "copy_answers": N_("Copy my answers"),
    "answers_copied": N_(
        "Your answers are copied. Paste them into a note that only you can read, or save them as {name}. Our page for "
        "phones and our program can open them again."
    ),
}
"""Of a page that can copy a text by itself: one that a site keeps."""

WINDOW: Mapping[str, str] = {
    "saved": N_("Saved on this computer."),
    "not_kept": N_("Nothing is saved on this computer. When you close this page, your answers are gone."),
    "report_stays": N_("From now on, nothing more is saved. Your report is still on this computer: {files}"),
    "not_saved": N_("Not saved yet. Your answers are still on this page, and the page tries again. {why}"),
    "silent": N_("The program does not answer. If you ended it, start it again."),
    "shut_out": N_("This page is no longer connected. Start the program again. What was saved is still there."),
    "working": N_("One moment …"),
    "nothing_removed": N_("There is nothing to remove."),
    "not_removed": N_("These files were kept, because they have changed or are in use: {files}"),
    "no_reminder": N_("Remove the weekly reminder"),
    "weekly_reminder": N_("Remind me every week on this computer"),
    "not_same": N_("You typed two different passphrases. Type the same one twice."),
    "choose_first": N_("Choose one of the answers first."),
    "choose_network": N_("Choose a network first."),
    "hold_clinic": N_("Hold a clinic"),
    "show_clinic": N_("Show the clinic"),
}
"""What only the window says."""

READING: Mapping[str, str] = {
    "agreed_before": N_("You agreed to this before."),
    "choose_a_service": N_("Tick a service first, or answer by hand."),
    "starting": N_("Getting ready …"),
    "stopping": N_("Stopping. The program signs out first …"),
    "reads": N_("{service}: reading page {number} of {pages} ({screens})"),
    "reads_again": N_("{service}: looking again at page {number} of {pages} ({screens})"),
    "told_so_far": N_("Read: {told} of {asked}. Could not tell: {untold}."),
    "screen_of": N_("{service}: {screen}"),
    "read_answer": N_("We read: {answer}"),
    "picture_of": N_("The line on the page for: {question}"),
    "all_right": N_("All of these are right"),
    "rest_right": N_("The others are right"),
    "confirmed": N_("Confirmed by you."),
}
"""What the window says of a reading."""

NUMBERS: Mapping[str, Callable[[int], str]] = {
    "left": lambda number: ngettext("about {number} minute left", "about {number} minutes left", number),
    "time": lambda number: ngettext("about {number} minute", "about {number} minutes", number),
    "services": lambda number: ngettext("{number} service", "{number} services", number),
    "answered": lambda number: ngettext("{number} of {total} answered", "{number} of {total} answered", number),
    "change_now": lambda number: ngettext(
        "Change this one now, while you are there", "Change these {number} now, while you are there", number
    ),
    "changed_today": lambda number: ngettext("You changed {number} today.", "You changed {number} today.", number),
    "left_to_change": lambda number: ngettext(
        "You have {number} left to change: {time}.", "You have {number} left to change: {time}.", number
    ),
    "screens_left": lambda number: ngettext(
        "You have {number} screen left to look at: {time}.",
        "You have {number} screens left to look at: {time}.",
        number,
    ),
    "answered_before": lambda number: ngettext(
        "You have answered {number} question before.", "You have answered {number} questions before.", number
    ),
    "unfit": lambda number: ngettext(
        "{number} earlier answer no longer fits, so the page asks again.",
        "{number} earlier answers no longer fit, so the page asks again.",
        number,
    ),
    "differ": lambda number: ngettext(
        "{number} earlier answer differs from the one on this page, so the page asks again.",
        "{number} earlier answers differ from those on this page, so the page asks again.",
        number,
    ),
    "opened": lambda number: ngettext(
        "{number} answer in this file fits this page.", "{number} answers in this file fit this page.", number
    ),
    "elsewhere": lambda number: ngettext(
        "{number} earlier answer is about a question that this page does not have.",
        "{number} earlier answers are about questions that this page does not have.",
        number,
    ),
    "since_show": lambda number: ngettext("Show {number} check", "Show {number} checks", number),
    "reminder": lambda number: ngettext(
        "{title}: {day}, 17:00, and then every {number} month",
        "{title}: {day}, 17:00, and then every {number} months",
        number,
    ),
    "changes": lambda number: ngettext("{number} to change", "{number} to change", number),
    "untold": lambda number: ngettext("we could not tell about {number}", "we could not tell about {number}", number),
    "rest": lambda number: ngettext("you have not reached {number}", "you have not reached {number}", number),
    "denominator": lambda number: ngettext("out of {number} check", "out of {number} checks", number),
    "does_not_apply": lambda number: ngettext(
        "Nothing was checked: the only check does not apply.",
        "Nothing was checked: the {number} checks do not apply.",
        number,
    ),
    "not_settled": lambda number: ngettext(
        "Nothing to change, but the only check does not count as fine: {rest}.",
        "Nothing to change, but no check counts as fine. Of {number} checks, {rest}.",
        number,
    ),
    "all_fine": lambda number: ngettext(
        "The one thing checked looks fine", "All {number} things checked look fine", number
    ),
    "fine_and_rest": lambda number: ngettext(
        "{fine}. Of {number} check, {rest}.", "{fine}. Of {number} checks, {rest}.", number
    ),
    "rest_choice": lambda number: ngettext("{number} is your choice", "{number} are your choice", number),
    "rest_not_applicable": lambda number: ngettext("{number} does not apply", "{number} do not apply", number),
    "first_changes": lambda number: ngettext(
        "This is the one thing to change. It takes {time}.",
        "These are the {number} things to change. Together they take {time}.",
        number,
    ),
    "first_untold": lambda number: ngettext(
        "We found nothing to change, but could not tell about one check. Look at it yourself. It takes {time}.",
        "We found nothing to change, but could not tell about {number} checks. Begin with these. They take {time}.",
        number,
    ),
    "first_not_reached": lambda number: ngettext(
        "There is nothing to change so far. You have one check left. It takes {time}.",
        "There is nothing to change so far. You have {number} checks left. Continue with these. They take {time}.",
        number,
    ),
}
"""As above, for sentences that go with a number."""

INTROS: Mapping[Verdict, str] = {
    Verdict.FAIL: N_(
        "Each title says how a setting should be. Change one at a time. The most important ones come first."
    ),
    Verdict.CHOICE: N_("These settings are neither right nor wrong. Decide what suits your work and your life."),
    Verdict.UNKNOWN: N_(
        "Each title says how a setting should be. “Could not tell” does not mean fine, so check these yourself."
    ),
    Verdict.PASS: N_("There is nothing to do here."),
    Verdict.NOT_APPLICABLE: N_("You said that these do not apply to you."),
}
STEPS: Mapping[Verdict, str] = {
    Verdict.FAIL: N_("What to do"),
    Verdict.CHOICE: N_("If you want to change it"),
    Verdict.UNKNOWN: N_("If it needs changing"),
}


_COMPARED = tuple(kind for kind in ChangeKind if kind is not ChangeKind.UNCHANGED)
_WHY_NOT = (WhyNot.REVISION, WhyNot.UNKNOWN_BEFORE, WhyNot.UNKNOWN_AFTER, WhyNot.UNKNOWN_BOTH, WhyNot.ROLE)
_OPEN = (Reason.DONT_KNOW, Reason.SKIPPED, Reason.LOOKS_DIFFERENT)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by its name; `forms` tells which text goes with the numbers 0, 1, 2 …, the last one with all others.

    A form is a digit: the place of its text. A sentence without a number has no forms.
    """

    name: str
    texts: tuple[str, ...]
    forms: str = ""


READ_NUMBERS: Mapping[str, Callable[[int], str]] = {
    "can_be_read": lambda number: ngettext("{number} setting can be read", "{number} settings can be read", number),
    "not_read": lambda number: ngettext(
        "{number} setting could not be read. The page asks you about it.",
        "{number} settings could not be read. The page asks you about them.",
        number,
    ),
    "asked_by_hand": lambda number: ngettext(
        "Noted. The page asks you about {number} of these. Your report says that what we read did not match, and how "
        "to tell us.",
        "Noted. The page asks you about {number} of these. Your report says that what we read did not match, and how "
        "to tell us.",
        number,
    ),
}
"""What the window says of a reading, with a number."""


def phrases(most: int, *, clinic: bool = False, kept: bool = False, window: bool = False) -> tuple[Phrase, ...]:
    """Return every sentence in the language spoken now, with its forms for the numbers up to `most`."""
    return (
        *(Phrase(name, (_(text),)) for name, text in (CLINIC.items() if clinic else ())),
        *(Phrase(name, (_(text),)) for name, text in (SAVING.items() if kept or window else ())),
        *(Phrase(name, (_(text),)) for name, text in (COPYING.items() if kept else ())),
        *(Phrase(name, (_(text),)) for name, text in ({**WINDOW, **READING}.items() if window else ())),
        *(Phrase(name, (_(text),)) for name, text in PHRASES.items()),
        *(with_number(name, said, most) for name, said in NUMBERS.items()),
        *(with_number(name, said, most) for name, said in (READ_NUMBERS.items() if window else ())),
        *(Phrase(f"verdict_{one}", (labels.verdict(one),)) for one in INTROS),
        *(Phrase(f"shape_{one}", (labels.shape(one),)) for one in INTROS),
        *(Phrase(f"intro_{one}", (_(text),)) for one, text in INTROS.items()),
        *(Phrase(f"steps_{one}", (_(text),)) for one, text in STEPS.items()),
        *(Phrase(f"kind_{one}", (_(changes.HEADINGS[one][0]),)) for one in _COMPARED),
        *(Phrase(f"meaning_{one}", (_(changes.HEADINGS[one][1]),)) for one in _COMPARED),
        *(with_number(f"count_{one}", said, most) for one, said in changes.COUNTS.items()),
        *(Phrase(f"why_{one}", (_(changes.WHY_NOT[one]),)) for one in _WHY_NOT),
        Phrase("verdict_not_reached", (labels.not_reached(),)),
        Phrase("shape_not_reached", (labels.NOT_REACHED_SHAPE,)),
        Phrase(
            "intro_not_reached",
            (_("You stopped before these checks. To continue, press “Continue where you left off”."),),
        ),
        *(Phrase(f"reason_{one}", (labels.reason(one),)) for one in _OPEN),
        *(Phrase(f"step_{one}", (labels.next_step(one),)) for one in _OPEN),
    )


def with_number(name: str, said: Callable[[int], str], most: int) -> Phrase:
    """Return a sentence that goes with a number, with its forms for the numbers up to `most`."""
    every = [said(number) for number in range(most + 1)]
    texts = tuple(dict.fromkeys(every))
    forms = "".join(str(texts.index(text)) for text in every)
    return Phrase(name, texts, forms.rstrip(forms[-1]) + forms[-1])
