"""The `proof` commands: what is asked and refused, what is written for others, and that nothing is anywhere else."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from privacyaudit.about_me.proof.entries import Seen
from privacyaudit.about_me.proof.location import location
from privacyaudit.cli.dialogs import proof as dialog
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.errors import SaveError
from privacyaudit.model import Entry, FileKind, Location
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.over_time.proof_shelf import ProofShelf
from privacyaudit.pictures import TooBigError, UnreadableError, bare_copy
from privacyaudit.storage import encrypted
from tests.support import in_process
from tests.support.proofs import CANARY, exif, gif, heic, jpeg, pdf, png, seen
from tests.support.terminal import ENTER, Terminal

pytest.importorskip("apsw", reason="the extra [history] is not installed")

WORDS = "four dull wet Sundays"
ME, SOMEBODY_ELSE = "1", "3"
NO, MAYBE = "1", "2"
ADDRESS = "https://example.org/canary/1?q=ŵ"
NOTE = "Nodyn Canary ŷ مرحبا"
SECRETS = ("canary", "مرحبا", "IHDR")


def run(*words: str, typed: Sequence[str] = (), secret: str = WORDS) -> tuple[int, str]:
    done = in_process.run("proof", *words, "--passphrase-stdin", typed="".join(f"{one}\n" for one in (secret, *typed)))
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    return done.returncode, " ".join(said.split())


def add(*more: str, what: str = "post", addresses: Sequence[str] = (ADDRESS,), child: str = NO) -> tuple[int, str]:
    """Keep something; `more` are the answers to the questions for pictures and what comes after."""
    answers = [ME, what, *addresses, "", CANARY, "2026-11-30", "21:30", "1", NOTE, child, *more]
    return run("add", "--plain", typed=answers)


def kept() -> list[str]:
    with History.open(WORDS) as opened:
        return [one.model_dump_json() for one in opened.proof.entries()]


def traces(folder: Path) -> list[Path]:
    """Return the files below a folder in whose content or name there is anything of what was kept."""
    found = []
    for path in folder.rglob("*"):
        text = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [path for word in SECRETS if word.lower().encode() in text.lower()]
    return found


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pictures with odd names, away from where the program writes."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, raw in {
        "canary screen.png": png(),
        "with place.jpg": jpeg(inside=exif()),
        "phone.heic": heic(),
        "mail.pdf": pdf(),
        "moves.gif": gif(),
        "words.png": b"Dear Canary,\n",
        "cut.png": png(500)[:-300],
        "program.png": b"MZ\x90\0" + bytes(100),
        "empty.png": b"",
    }.items():
        (folder / name).write_bytes(raw)
    return folder


# -- keeping ---------------------------------------------------------------------------------------


def test_questions_lead_to_an_entry_that_is_shown_again(pictures: Path) -> None:
    code, said = add(f"'{pictures}/canary screen.png'", "", "y")
    assert code == 0
    assert said.index("ring 999") < said.index("Who is it about?") < said.index("What did you see?")
    assert "Kept as entry 1, with 1 picture." in said
    assert "What people who help will ask for" in said
    code, said = run("list")
    assert code == 0
    for words in ("Entry 1: A post or a story", ADDRESS, CANARY, NOTE, "30 November 2026, 21:30", "a PNG picture"):
        assert words in said
    assert re.search(r"Check number of the newest entry: [0-9a-f]{64}", said)


def test_called_plainly_it_asks_what_to_do() -> None:
    done = in_process.run("proof", "--plain", typed="list\n")
    assert done.returncode == 0
    assert "What would you like to do?" in done.stdout
    assert "You keep no proof yet." in done.stdout
    assert in_process.run("proof", "--plain", typed="").returncode == 2


def test_the_law_is_said_before_any_picture(pictures: Path) -> None:
    _code, said = add(str(pictures / "canary screen.png"), "", "y")
    assert said.index("That is an offence") < said.index("under 18 in it?") < said.index("Drop a picture here")


@pytest.mark.parametrize("what", ["intimate", "made_up", "group", "post"])
def test_where_a_child_may_be_in_it_no_picture_is_asked_for_and_words_are_kept(what: str) -> None:
    code, said = add("y", what=what, child=MAYBE)
    assert code == 0
    assert "Then the program takes no picture." in said
    assert "Drop a picture here" not in said
    for helper in ("Internet Watch Foundation", "101", "Report Remove", "safeguarding lead"):
        assert helper in said, helper
    [entry] = map(json.loads, kept())
    assert (entry["pictures"], entry["addresses"]) == ([], [ADDRESS])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "whatsapp://send", "C:\\x.png", "example.org"]
)
def test_what_is_no_address_is_told_and_asked_again(address: str) -> None:
    code, said = add("", "y", addresses=(address, ADDRESS))
    assert code == 0
    assert "the top of your browser" in said
    assert json.loads(kept()[0])["addresses"] == [ADDRESS]


def test_what_has_no_address_needs_a_place() -> None:
    answers = [ME, "group", "", "", "WhatsApp, class group", CANARY, "", "", "3", NOTE, NO, "", "y"]
    code, said = run("add", "--plain", typed=answers)
    assert code == 0
    assert "Proof without a place helps nobody." in said
    assert json.loads(kept()[0])["place"] == "WhatsApp, class group"


def test_each_file_is_told_by_what_it_is(pictures: Path) -> None:
    names = ("words.png", "program.png", "empty.png", "nowhere.png", "", "y")
    code, said = add(*(str(pictures / one) if "." in one else one for one in names))
    assert code == 0
    assert "holds text and not a picture" in said
    assert "does not know this kind of file" in said
    assert "This file is empty." in said
    assert "cannot be read" in said
    assert json.loads(kept()[0])["pictures"] == []
    code, said = add(*(str(pictures / one) for one in ("phone.heic", "mail.pdf", "moves.gif")), "", "y")
    assert "an HEIC picture" in said
    assert "could not tell whether the file says where" in said
    assert [one["kind"] for one in json.loads(kept()[1])["pictures"]] == ["heic", "pdf", "gif"]


def test_a_broken_picture_is_kept_only_if_the_person_says_so(pictures: Path) -> None:
    cut = str(pictures / "cut.png")
    _code, said = add(cut, "n", cut, "y", "", "y")
    assert said.count("It is broken, or was cut off.") == 2
    [picture] = json.loads(kept()[0])["pictures"]
    assert not picture["whole"]


def test_a_screenshot_of_40_mb_is_kept_and_one_above_the_limit_gets_a_sentence(pictures: Path) -> None:
    large, larger = pictures / "large.png", pictures / "larger.png"
    large.write_bytes(png(40_000_000))
    with larger.open("wb") as file:
        file.truncate(50_000_001)
    code, said = add(str(larger), str(large), "", "y")
    assert code == 0
    assert "larger than 50 MB" in said
    assert "40.0 MB" in said
    assert json.loads(kept()[0])["pictures"][0]["size"] == large.stat().st_size


def test_a_file_that_was_dropped_is_found_however_the_terminal_writes_it(pictures: Path) -> None:
    if os.name == "nt":
        pytest.skip("terminals of Windows quote a path")
    path = str(pictures / "canary screen.png")
    written = (path.replace(" ", "\\ "), f'"{path}"', f"'{path}' ", "file://" + path.replace(" ", "%20"), path)
    code, said = add(*written, "", "y")
    assert code == 0
    assert "Kept as entry 1, with 5 pictures." in said


def test_somebody_else_is_refused() -> None:
    code, said = run("add", "--plain", typed=[SOMEBODY_ELSE])
    assert code == 2
    assert "does not collect proof about other people" in said
    assert not history.exists()


def test_who_stops_or_says_no_has_kept_nothing() -> None:
    code, said = add("", "n")
    assert (code, "Nothing was kept." in said) == (0, True)
    assert run("add", "--plain", typed=[ME])[0] == 2
    code, said = run("add", "--plain", typed=[ME, "q"])
    assert (code, "Stopped. Nothing was kept." in said) == (130, True)
    assert not history.exists()


def test_an_address_on_the_command_line_is_not_taken() -> None:
    done = in_process.run("proof", "add", ADDRESS)
    assert done.returncode == 2
    assert "Other programs can read it there" in done.stderr
    assert ADDRESS not in done.stdout + done.stderr


def test_a_wrong_passphrase_is_told_before_anything_is_asked() -> None:
    add("", "y")
    before = history.path().read_bytes()
    for words in (("add", "--plain"), ("list",), ("export", "x.zip", "--yes"), ("delete", "--all", "--yes")):
        code, said = run(*words, secret="not the words", typed=[ME])
        assert code == 1
        assert "passphrase is wrong" in said
        assert "Who is it about?" not in said
    assert history.path().read_bytes() == before
    assert not Path("x.zip").exists()


def test_two_at_once_wait_and_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "PATIENCE", 0.2)
    add("", "y")
    with History.open(WORDS) as other, other._change():
        code, said = add("", "y")
    assert code == 1
    assert "Another program is using" in said
    assert len(kept()) == 1


def test_where_the_disk_is_full_what_was_typed_is_not_lost_and_can_be_kept_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = ProofShelf.keep
    left = [2]

    def full(shelf: ProofShelf, said: Seen) -> Entry:
        left[0] -= 1
        if left[0] >= 0:
            raise SaveError("The disk is full.")
        return really(shelf, said)

    monkeypatch.setattr(ProofShelf, "keep", full)
    monkeypatch.setattr(Person, "at_a_terminal", True)
    out = io.StringIO()
    with History.open(WORDS) as opened:
        made = dialog.keep(seen(), opened.proof, Person(PlainPrompter(io.StringIO("y\ny\n"), out)))
    assert (made.number, out.getvalue().count("Nothing is lost yet.")) == (1, 2)


@pytest.mark.terminal
def test_in_a_terminal_it_is_done_by_keyboard(tmp_path: Path, pictures: Path) -> None:
    words = [sys.executable, "-m", "privacyaudit", "proof", "add", "--passphrase"]
    env = {"HOME": str(tmp_path), "PRIVACYAUDIT_DATA": os.environ["PRIVACYAUDIT_DATA"]}
    with Terminal(words, env=env, columns=100, rows=40) as terminal:
        for question, typed in (
            ("Passphrase", WORDS),
            ("Type it again", WORDS),
            ("Who is it about?", None),
            ("What did you see?", None),
            ("The address of the page", ADDRESS),
            ("Is there another address?", ""),
            ("the name of the account", CANARY),
            ("On which day", ""),
            ("At what time?", ""),
            ("Who could see it?", None),
            ("In your own words", NOTE),
            ("under 18 in it?", None),
            ("Drop a picture here", f"'{pictures / 'canary screen.png'}'"),
            ("Drop the next one here", ""),
            ("Keep this as proof?", None),
        ):
            terminal.wait_for(question)
            if typed is None:
                terminal.reply({"What did you see?": "5", "Keep this as proof?": "y"}.get(question, "1"))
                continue
            if typed:
                terminal.paste(typed)
            if typed and typed != WORDS:
                terminal.wait_for(typed[-20:])
            terminal.send(ENTER)
        terminal.wait_for("Kept as entry 1, with 1 picture.")
        assert terminal.end() == 0
    assert json.loads(kept_with_true_rounds()[0])["note"] == NOTE


def kept_with_true_rounds() -> list[str]:
    """Read what the program kept in a process of its own, where passphrases are stretched as far as for a person."""
    done = subprocess.run([sys.executable, "-c", _READ], input=WORDS, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


_READ = """
from privacyaudit.over_time.history import History
with History.open(input()) as kept:
    for one in kept.proof.entries(): print(one.model_dump_json())
"""


# -- giving it to others ---------------------------------------------------------------------------


def export(tmp_path: Path, *words: str) -> zipfile.ZipFile:
    out = tmp_path / "out" / "proof.zip"
    code, said = run("export", str(out), "--yes", *words)
    assert code == 0, said
    assert "will not be encrypted" in said
    assert said.index("will not be encrypted") < said.index("Written:")
    if os.name != "nt":
        assert out.stat().st_mode & 0o777 == 0o600
    return zipfile.ZipFile(out)


def test_an_export_opens_in_other_programs_and_its_hashes_fit(tmp_path: Path, pictures: Path) -> None:
    if not (shutil.which("unzip") and shutil.which("sha256sum")):
        pytest.skip("needs unzip and sha256sum")
    add(*(str(pictures / one) for one in ("canary screen.png", "phone.heic")), "", "y")
    add("", "y")
    export(tmp_path)
    folder = tmp_path / "unpacked"
    subprocess.run(["unzip", "-q", tmp_path / "out" / "proof.zip", "-d", folder], check=True)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {line.split(": ")[0] for line in done.stdout.splitlines()} == files - {"SHA256SUMS"}
    assert (folder / "pictures/0001-1.png").read_bytes() == (pictures / "canary screen.png").read_bytes()
    first, second = (folder / f"entries/000{number}.json" for number in (1, 2))
    assert json.loads(second.read_bytes())["before"] == hashlib.sha256(first.read_bytes()).hexdigest()
    (folder / "proof.txt").write_text("something else")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1


def test_the_page_of_an_export_shows_everything_and_loads_and_runs_nothing(tmp_path: Path, pictures: Path) -> None:
    answers = [ME, "post", 'https://example.org/?<b>"', ADDRESS, "", "<script>x</script>", "", "", "1", NOTE, NO]
    run("add", "--plain", typed=[*answers, str(pictures / "canary screen.png"), "", "y"])
    html = export(tmp_path).read("proof.html").decode()
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert set(re.findall(r'(?:href|src)="([^"]*)"', html)) == {ADDRESS, "pictures/0001-1.png"}
    assert NOTE in html


def test_copies_hold_no_location_and_no_original_is_given_in_their_place(tmp_path: Path, pictures: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="the extra [qr] is not installed")
    place = image.Exif()
    place.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    photo = pictures / "photo.jpg"
    image.new("RGB", (40, 30), "red").save(photo, "JPEG", exif=place, comment=b"Canary")
    names = ("photo.jpg", "phone.heic", "canary screen.png")
    code, said = add(str(pictures / names[0]), "y", *(str(pictures / one) for one in names[1:]), "", "y")
    assert code == 0
    assert "The file says where it was taken." in said
    made = export(tmp_path, "--pictures", "copies")
    assert [one for one in made.namelist() if "/" in one] == [
        "copies/0001-1.jpg",
        "copies/0001-3.png",
        "entries/0001.json",
    ]
    copy = made.read("copies/0001-1.jpg")
    assert b"Exif" not in copy
    assert b"Canary" not in copy
    with image.open(made.open("copies/0001-1.jpg")) as picture:
        assert picture.size == (40, 30)
    assert "There is no copy: the program cannot make one of this kind of file." in made.read("proof.txt").decode()
    (tmp_path / "out" / "proof.zip").unlink()
    both = export(tmp_path, "--pictures", "both")
    assert both.read("pictures/0001-1.jpg") == photo.read_bytes()
    assert both.read("copies/0001-1.jpg") == copy


def test_a_picture_that_was_changed_at_random_gives_a_copy_or_a_sentence() -> None:
    image = pytest.importorskip("PIL.Image", reason="the extra [qr] is not installed")
    place = image.Exif()
    place.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    place[0x112] = 6
    chance = random.Random(20261201)
    copied = 0
    for kind in ("JPEG", "PNG", "WEBP"):
        made = io.BytesIO()
        image.new("RGB", (40, 30), "red").save(made, kind, exif=place)
        for _turn in range(300):
            raw = bytearray(made.getvalue())
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            with contextlib.suppress(UnreadableError, TooBigError):
                _ending, copy = bare_copy(bytes(raw))
                assert location(FileKind.JPEG, copy) is Location.NONE_FOUND
                copied += 1
    assert copied > 100


def test_without_the_part_that_makes_copies_that_is_said(
    tmp_path: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacyaudit.extras.installed", lambda name: name != "copies")
    add(str(pictures / "canary screen.png"), "", "y")
    made = export(tmp_path, "--pictures", "copies")
    assert not [one for one in made.namelist() if one.startswith(("copies/", "pictures/"))]
    assert "the part of the program that makes copies is not installed" in made.read("proof.txt").decode()


def test_only_the_entries_that_are_named_are_exported(tmp_path: Path) -> None:
    for _number in range(3):
        add("", "y")
    made = export(tmp_path, "--entry", "1", "--entry", "3")
    assert [one for one in made.namelist() if one.startswith("entries/")] == ["entries/0001.json", "entries/0003.json"]
    code, said = run("export", str(tmp_path / "x.zip"), "--yes", "--entry", "9")
    assert code == 2
    assert "You have no entry 9." in said


def test_a_file_that_is_there_is_never_written_over_and_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    add("", "y")
    out = tmp_path / "mine.zip"
    out.write_text("mine")
    code, said = run("export", str(out), "--yes")
    assert (code, "already exists" in said) == (2, True)
    assert out.read_text() == "mine"
    code, said = run("export", str(tmp_path / "x.zip"), "--plain", typed=["n"])
    assert "Nothing was written." in said
    assert not (tmp_path / "x.zip").exists()
    code, said = run("export", str(tmp_path / "x.zip"), "--yes", "--pictures", "some")
    assert (code, "Choose one of: originals, copies, both." in said) == (2, True)
    code, said = run("export", str(tmp_path / "x.doc"), "--yes")
    assert (code, ".zip or .pdf" in said) == (2, True)


def test_an_export_that_cannot_be_written_is_a_sentence() -> None:
    add("", "y")
    code, said = run("export", "/dev/null/proof.zip", "--yes")
    assert code == 1
    assert "could not be written" in said


# -- nothing anywhere else -------------------------------------------------------------------------


def test_no_name_address_or_picture_is_in_any_file_but_the_export(tmp_path: Path, pictures: Path) -> None:
    assert add(str(pictures / "canary screen.png"), "", "y")[0] == 0
    assert run("list")[0] == 0
    assert traces(tmp_path) == []
    history_json = tmp_path / "history.json"
    done = in_process.run("history", "export", str(history_json), "--passphrase-stdin", typed=f"{WORDS}\n")
    assert "What you keep as proof is not in it." in done.stdout
    assert traces(tmp_path) == []
    export(tmp_path)
    assert set(traces(tmp_path)) <= {tmp_path / "out" / "proof.zip"}
    assert in_process.run("clean", "--yes").returncode == 0
    assert not (tmp_path / "out" / "proof.zip").exists()


def test_a_fault_shows_nothing_of_what_was_typed(monkeypatch: pytest.MonkeyPatch, pictures: Path) -> None:
    def broken(shelf: ProofShelf, seen: object) -> None:
        raise RuntimeError(repr(seen))

    monkeypatch.setattr(ProofShelf, "keep", broken)
    picture = pictures / "canary screen.png"
    answers = [ME, "post", ADDRESS, "", CANARY, "", "", "1", NOTE, NO, str(picture), "", "y"]
    done = in_process.run("proof", "add", "--plain", "--passphrase-stdin", typed="\n".join([WORDS, *answers]) + "\n")
    assert done.returncode == 3
    assert "RuntimeError" in done.stderr
    for word in (CANARY, "canary", NOTE, str(picture), "example.org"):
        assert word not in done.stdout + done.stderr


def test_deleting_asks_first_and_says_what_stays() -> None:
    for _number in range(2):
        add("", "y")
    code, said = run("delete", "1", "--plain", typed=["n"])
    assert "Nothing was deleted." in said
    code, said = run("delete", "1", "--yes")
    assert code == 0
    assert "Entry 1 was deleted." in said
    assert "Files that you have exported are still there" in said
    assert "Entry 1 was deleted." in run("list")[1]
    code, said = run("delete", "--all", "--yes")
    assert "1 entry was deleted." in said
    for words in (("delete",), ("delete", "1", "--all")):
        assert run(*words)[0] == 2


def test_forgetting_all_leaves_no_file(tmp_path: Path) -> None:
    add("", "y")
    assert in_process.run("history", "forget", "--all", "--yes").returncode in (0, 1)  # 1: there is no keyring here
    data = Path(os.environ["PRIVACYAUDIT_DATA"])
    assert not data.exists() or list(data.iterdir()) == []
    assert "You keep no proof yet." in run("list")[1]


def test_without_the_extra_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apsw", None)
    for words in (("add",), ("list",), ("export", "x.zip", "--yes"), ("delete", "--all", "--yes")):
        code, said = run(*words)
        assert code == 1
        assert 'pip install "privacyaudit[history]"' in said
