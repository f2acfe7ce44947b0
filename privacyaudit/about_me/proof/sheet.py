"""What an export of proof says, as plain text: the entries, what they are, and how to check that none was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from privacyaudit import clock, i18n
from privacyaudit.about_me import words
from privacyaudit.about_me.proof import rules
from privacyaudit.i18n import _
from privacyaudit.model import Entry, Picture


@dataclass(frozen=True)
class Sheet:
    """What is exported: the entries, the days on which others were deleted and which were changed, by their numbers.

    `last` is the check number of the newest entry that is kept. `copies` says of each picture, by its name, where its
    copy without a location is, or why there is none.
    """

    made: datetime
    entries: tuple[Entry, ...]
    deleted: Mapping[int, date] = field(default_factory=dict)
    changed: tuple[int, ...] = ()
    last: str = ""
    copies: Mapping[str, str] = field(default_factory=dict)


def title(one: Entry) -> str:
    """Return the heading of an entry."""
    return _("Entry {number}: {what}").format(number=one.number, what=words.harm(one.what))


def facts(one: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what an entry says, each part with its label; its pictures come after that."""
    if one.addresses:
        yield _("Address"), one.addresses
    if one.place:
        yield _("Where"), (one.place,)
    if one.account:
        yield _("Account"), (one.account,)
    yield _("Seen"), (_moment(one.seen, one.zone),)
    yield _("Who could see it"), (rules.audience(one.audience),)
    if one.note:
        yield _("In my own words"), (one.note,)
    yield _("Kept"), (_moment(clock.in_utc(one.noted), "UTC"),)


def _moment(when: datetime, zone: str) -> str:
    """Return a moment on the clock where it was seen, with the zone of that clock."""
    return _("{day}, {time} ({zone}, UTC{offset})").format(
        day=i18n.day(clock.day_there(when)),
        time=f"{when:%H:%M}",
        zone=zone,
        offset=f"{when:%z}"[:3] + ":" + f"{when:%z}"[3:5],
    )


def about(picture: Picture, copies: Mapping[str, str]) -> Iterator[str]:
    """Yield what is known of a picture."""
    yield _("{name}: {kind} of {size}").format(
        name=picture.name, kind=rules.kind(picture.kind), size=rules.size(picture.size)
    )
    yield f"SHA-256: {picture.sha256}"
    if not picture.whole:
        yield _("This file is broken or was cut off. It was kept as it was.")
    yield rules.location(picture.location)
    if told := copies.get(picture.name):
        yield told


def what_this_is(sheet: Sheet) -> Iterator[str]:
    """Yield what this is and what it can and cannot show, for somebody who has never heard of the program."""
    yield _(
        "Somebody wrote down here what they saw about themselves online: where, when and who could see it. They wrote "
        "it with the program privacyaudit, on their own computer."
    )
    yield _("The times are those of that computer's clock. Nobody else has checked what is written here.")
    yield _(
        "Each entry contains the check number (SHA-256) of the entry before. So nobody can change one entry later "
        "without it being noticed. The person who has the key could write all of them again. If somebody else was "
        "given a check number earlier, it shows that nothing up to that entry has changed since."
    )
    if sheet.last:
        yield _("The check number of the newest entry is {number}.").format(number=sheet.last)
    yield _("Please treat this as confidential. It may contain names, addresses and pictures of people.")


def gaps(sheet: Sheet) -> Iterator[str]:
    """Yield what is missing or does not fit."""
    for number, day in sheet.deleted.items():
        yield _("Entry {number} was deleted on {day} by the person who wrote it.").format(
            number=number, day=i18n.day(day)
        )
    for number in sheet.changed:
        yield _("Entry {number} is not as it was kept: something has changed it, or a part of it is missing.").format(
            number=number
        )


def not_as_kept(numbers: Iterable[int]) -> str:
    """Say which entries something has changed, or have lost a part."""
    return _("These entries are not as they were kept: {numbers}.").format(numbers=", ".join(map(str, numbers)))


def to_check() -> Iterator[str]:
    """Yield how to check the files of a ZIP with programs that other people made."""
    yield _("To check that no file has changed, unpack the ZIP, open a terminal in its folder, and type:")
    yield "Linux: sha256sum -c SHA256SUMS"
    yield "macOS: shasum -a 256 -c SHA256SUMS"
    yield _("On Windows, this shows one number, to compare with the list: {command}").format(
        command="certutil -hashfile proof.txt SHA256"
    )
    yield _(
        "The SHA-256 of each file in the folder “entries” is the “before” of the next entry, if that is in the ZIP too."
    )


def text(sheet: Sheet) -> str:
    """Return the entries as plain text."""
    lines = [_("What was seen"), _("Written on {day}").format(day=i18n.day(sheet.made)), ""]
    for sentence in [*what_this_is(sheet), *gaps(sheet)]:
        lines += [sentence, ""]
    for one in sheet.entries:
        lines += [title(one), ""]
        for label, values in facts(one):
            lines += [f"{label}: {value}" for value in values]
        for picture in one.pictures:
            first, *more = about(picture, sheet.copies)
            lines += [_("Picture: {about}").format(about=first), *(f"  {line}" for line in more)]
        lines.append("")
    return "\n".join(lines)


def read_me(sheet: Sheet) -> str:
    """Return the page that says in plain words what is in a ZIP, and how to check it."""
    sentences = [
        *what_this_is(sheet),
        _("proof.html and proof.txt say the same. Open proof.html in any browser: it loads nothing and prints well."),
        _("The folder “pictures” has the pictures as they were given, byte for byte."),
        _("The folder “copies” has copies that say nothing of where they were taken. They look the same."),
        _("If a folder is not there, the person has left it out, or there is nothing for it."),
        *to_check(),
    ]
    return "\n\n".join(sentences) + "\n"
