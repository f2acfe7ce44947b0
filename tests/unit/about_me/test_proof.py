"""What may be kept as proof and what must not, what a file is by its bytes, and how entries are chained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from privacyaudit.about_me.proof import answers, entries, kinds, rules, sheet
from privacyaudit.about_me.proof.location import location
from privacyaudit.about_me.proof.rules import Child
from privacyaudit.about_me.proof.sheet import Sheet
from privacyaudit.errors import UsageError
from privacyaudit.model import Audience, Entry, FileKind, Harm, Location, Shelved
from tests.support import proofs
from tests.support.proofs import ADDRESS, CANARY, WHEN, exif, heic, jpeg, pdf, png, seen
from tests.support.zones import needs_zones, zone

KINDS: dict[FileKind, Callable[[], bytes]] = {
    FileKind.PNG: png,
    FileKind.JPEG: jpeg,
    FileKind.WEBP: proofs.webp,
    FileKind.GIF: proofs.gif,
    FileKind.HEIC: heic,
    FileKind.PDF: pdf,
}

# -- children --------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", Harm)
def test_where_a_child_may_be_in_it_no_picture_is_possible_and_the_question_offers_doubt(what: Harm) -> None:
    question, offered = rules.question(what)
    assert "18" in question
    assert [child for child, _label in offered] == [Child.NO, Child.MAYBE]
    assert "not sure" in dict(offered)[Child.MAYBE]
    assert not rules.pictures_are_possible(Child.MAYBE)
    assert rules.pictures_are_possible(Child.NO)


def test_for_intimate_and_made_up_pictures_only_being_sure_lets_one_in() -> None:
    for what in (Harm.INTIMATE, Harm.MADE_UP):
        question, offered = rules.question(what)
        assert question == "Is everybody in it 18 or older?"
        assert dict(offered)[Child.NO] == "Yes, I am sure"


def test_before_any_picture_the_law_is_said() -> None:
    assert "That is an offence" in rules.before_a_picture()
    assert "no picture" in rules.in_place_of_a_picture()


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_told_by_its_bytes_and_whole_only_with_its_end(kind: FileKind) -> None:
    raw = KINDS[kind]()
    assert kinds.kind_of(raw) is kind
    assert kinds.whole(kind, raw)
    for end in range(20, len(raw) - 8):
        assert not kinds.whole(kind, raw[:end]), end


def test_one_changed_byte_of_a_png_is_noticed() -> None:
    raw = bytearray(png(200))
    raw[100] ^= 1
    assert not kinds.whole(FileKind.PNG, bytes(raw))


def test_the_end_of_a_small_picture_inside_a_jpeg_is_not_taken_for_its_own() -> None:
    raw = jpeg(inside=b"\xff\xd8 a small one \xff\xd9")
    assert kinds.whole(FileKind.JPEG, raw)
    assert not kinds.whole(FileKind.JPEG, raw[:-2])


@pytest.mark.parametrize(
    "raw", [b"", b"a letter", b"MZ\x90\0", b"PK\x03\x04", b"\0\0\0\x18ftypisom\0\0", b"RIFF\0\0\0\0WAVE"]
)
def test_what_is_no_picture_is_not_taken_for_one(raw: bytes) -> None:
    assert kinds.kind_of(raw) is None
    assert entries.take(raw) is None


def test_text_is_told_whatever_it_is_called() -> None:
    assert kinds.is_text("Annwyl Siân,\n".encode())
    assert not kinds.is_text(b"\xff\xfe\0\0")
    assert not kinds.is_text(b"")


@pytest.mark.parametrize("order", "<>")
def test_a_location_is_found_in_every_kind_that_holds_exif(order: str) -> None:
    for kind, raw in (
        (FileKind.JPEG, jpeg(inside=exif(order))),
        (FileKind.PNG, png(extra=exif(order))),
        (FileKind.HEIC, heic(inside=b"Exif\0\0" + exif(order))),
    ):
        assert location(kind, raw) is Location.FOUND, kind


def test_a_location_in_xmp_is_found() -> None:
    assert location(FileKind.JPEG, jpeg(inside=b'<x exif:GPSLatitude="51,30N"/>')) is Location.FOUND


@pytest.mark.parametrize(
    "raw", [png(), jpeg(inside=exif(where=False)), jpeg(inside=b"MM\0*\xff\xff\xff\xff"), png(9000)]
)
def test_where_none_is_found_that_is_all_that_is_said(raw: bytes) -> None:
    assert location(FileKind.PNG, raw) is Location.NONE_FOUND
    assert "We found no place" in rules.location(Location.NONE_FOUND)


@pytest.mark.parametrize("kind", [FileKind.HEIC, FileKind.PDF])
def test_what_cannot_be_looked_into_is_never_called_clean(kind: FileKind) -> None:
    assert location(kind, KINDS[kind]()) is Location.UNKNOWN
    assert "could not tell" in rules.location(Location.UNKNOWN)


# -- what is typed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("javascript:alert(1)", "a script"),
        ("data:text/html,<b>x", "a script"),
        ("file:///home/x/y.png", "a file on a computer"),
        ("C:\\Users\\x\\y.png", "a file on a computer"),
        ("/home/x", "a file on a computer"),
        ("whatsapp://send?phone=1", "opens an app"),
        ("intent://x#Intent;end", "opens an app"),
        ("mailto:a@example.org", "opens an app"),
        ("example.org/x", "begins with https://"),
        ("example.org:8080/x", "begins with https://"),
        ("https://ann:secret@example.org/", "a name in it"),
        ("https://example.org/" + "x" * 2_000, "longer than 2,000"),
    ],
)
def test_what_is_no_address_of_a_page_is_told_apart(typed: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        answers.address(typed)
    assert said in refused.value.what
    assert refused.value.advice


@pytest.mark.parametrize("typed", ["", ADDRESS, "http://127.0.0.1:8080/x", "https://example.org/" + "x" * 1_500])
def test_an_address_of_a_page_is_taken_as_it_was_typed(typed: str) -> None:
    assert answers.address(f" {typed}\u202e ") == typed


@needs_zones
def test_when_it_was_seen_has_the_zone_of_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    with zone("Europe/London"):
        assert answers.moment("", "").isoformat() == "2026-12-01T12:00:00+00:00"
        assert answers.moment("2026-07-01", "9.30 pm").isoformat() == "2026-07-01T21:30:00+01:00"
        assert answers.moment("2026-07-01", "21:30").tzname() == "BST"


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("yesterday", "", "not a date"),
        ("2026-13-01", "", "not a date"),
        ("2026-11-01", "", "needs a time"),
        ("", "soon", "not a time"),
        ("2026-12-24", "17:30", "still to come"),
        ("9999-12-31", "23:59", "still to come"),
    ],
)
def test_a_day_or_a_time_that_cannot_be_is_told(day: str, at: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    with pytest.raises(UsageError, match=said):
        answers.moment(day, at)


# -- the chain -------------------------------------------------------------------------------------


def chain(number: int = 4) -> tuple[list[Shelved], dict[tuple[int, int], bytes]]:
    kept: list[Shelved] = []
    contents: dict[tuple[int, int], bytes] = {}
    for one in range(1, number + 1):
        raw = png(one)
        made = entries.entry(seen(raw), one, kept[-1].sha256 if kept else None, WHEN, f"{one:064x}")
        kept.append(entries.shelved(made))
        contents[one, 1] = raw
    return kept, contents


def changed(kept: Sequence[Shelved], contents: dict[tuple[int, int], bytes]) -> list[int]:
    return entries.changed(kept, lambda number, place: contents.get((number, place)))


def test_what_was_not_touched_fits() -> None:
    assert changed(*chain()) == []


def test_a_changed_letter_a_missing_entry_and_another_order_are_noticed() -> None:
    kept, contents = chain()
    text = kept[1].text
    assert text
    one_letter = kept[1].model_copy(update={"text": text.replace("Canary", "Canory")})
    assert changed([kept[0], one_letter, *kept[2:]], contents) == [2]
    assert changed([kept[0], *kept[2:]], contents) == [3, 4]
    assert changed([kept[1], kept[0], *kept[2:]], contents)


def test_an_entry_that_was_written_anew_with_its_hash_does_not_fit_to_the_next_one() -> None:
    kept, contents = chain()
    made = entries.read(kept[1])
    assert made
    forged = entries.shelved(made.model_copy(update={"note": "something else"}))
    assert changed([kept[0], forged, *kept[2:]], contents) == [3]


def test_another_picture_or_none_is_noticed() -> None:
    kept, contents = chain()
    assert changed(kept, contents | {(3, 1): png(99)}) == [3]
    del contents[2, 1]
    assert changed(kept, contents) == [2]


def test_a_deleted_entry_leaves_a_chain_that_fits_and_its_hash_tells_nothing_of_it() -> None:
    kept, contents = chain()
    gone = kept[1].model_copy(update={"text": None, "deleted": date(2026, 12, 1)})
    del contents[2, 1]
    assert changed([kept[0], gone, *kept[2:]], contents) == []
    assert changed([kept[0], gone.model_copy(update={"deleted": None}), *kept[2:]], contents) == [2]
    same = [entries.shelved(entries.entry(seen(), 1, None, WHEN, f"{salt:064x}")).sha256 for salt in (1, 2)]
    assert len(set(same)) == 2


# -- what is read ----------------------------------------------------------------------------------


def entry(**changes: object) -> Entry:
    return entries.entry(seen(png(), **changes), 1, None, WHEN + timedelta(hours=1), "0" * 64)


def test_the_text_holds_all_that_was_kept_and_says_what_it_cannot_show() -> None:
    one = entry(place="in the app", audience=Audience.GROUP)
    text = sheet.text(Sheet(WHEN, (one,), {2: date(2026, 12, 1)}, (3,), "ab" * 32))
    for words in (
        ADDRESS,
        CANARY,
        "مرحبا",
        "in the app",
        "30 November 2026, 21:30 (GMT, UTC+00:00)",
        one.pictures[0].sha256,
    ):
        assert words in text
    assert "Entry 2 was deleted on 1 December 2026" in text
    assert "Entry 3 is not as it was kept" in text
    assert "could write all of them again" in text
    assert "ab" * 32 in text


@needs_zones
def test_the_day_is_that_of_the_place_where_it_was_seen_wherever_it_is_read() -> None:
    late = datetime.fromisoformat("2026-07-01T23:30:00+01:00")
    with zone("Pacific/Auckland"):
        told = dict(sheet.facts(entry(when=late, zone="BST")))
    assert told["Seen"] == ("1 July 2026, 23:30 (BST, UTC+01:00)",)


@pytest.mark.parametrize("what", Harm)
def test_for_everything_that_can_happen_it_is_said_what_is_asked_for(what: Harm) -> None:
    lines = list(rules.wanted(what))
    assert len(lines) >= 4
    assert "full address" in lines[0]
