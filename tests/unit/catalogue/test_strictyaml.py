"""A YAML file that is wrong is refused with its name, its line and what to do; nothing in it can trip the reader."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.catalogue import strictyaml
from privacyaudit.errors import ChecklistError

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

WRONG = {
    "bracket that is not closed": ("a: 1\nb: [1, 2\n", 3, "this is not valid YAML"),
    "quote that is not closed": ("a: 1\nb: 'x\n", 3, "this is not valid YAML"),
    "tab as indentation": ("a:\n\t- b\n", 2, "this is not valid YAML"),
    "colon inside plain text": ("a: b: c\n", 1, "this is not valid YAML"),
    "sign that begins a text": ("a: @b\n", 1, "this is not valid YAML"),
    "spaces that do not fit": ("a:\n    b: c\n  d: e\n", 3, "this is not valid YAML"),
    "key without a colon": ("a: b\nc\nd: e\n", 3, "this is not valid YAML"),
    "repeated key": ("a: 1\nb: 2\na: 3\n", 3, "appears twice"),
    "repeated key in a flow": ("x: { a: 1, a: 2 }\n", 1, "appears twice"),
    "repeated key, once in quotes": ("a: 1\n'a': 2\n", 2, "appears twice"),
    "bare on": ("a: 1\nb: on\n", 2, "without quotes"),
    "bare off": ("- Off\n", 1, "without quotes"),
    "bare yes": ("a: YES\n", 1, "without quotes"),
    "bare no": ("a: [no]\n", 1, "without quotes"),
    "bare on as a key": ("a: { on: b }\n", 1, "without quotes"),
    "empty key": ("a: 1\n~: 2\n", 2, "a key is empty"),
    "list as a key": ("? [a]\n: b\n", 1, "must be plain text"),
    "anchor": ("a: &x b\n", 1, "anchors and aliases"),
    "anchor on a key": ("a: 1\n&x b: c\n", 2, "anchors and aliases"),
    "alias": ("a: *x\n", 1, "anchors and aliases"),
    "alias as a key": ("? *x\n: b\n", 1, "anchors and aliases"),
    "merge of an alias": ("a: { b: c }\nd:\n  <<: *a\n", 3, "anchors and aliases"),
    "alias bomb": (BOMB, 1, "anchors and aliases"),
    "Python tag": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "is not allowed"),
    "harmless tag": ("a: !!str b\n", 1, "is not allowed"),
    "tag on a key": ("a: 1\n!!str b: c\n", 2, "is not allowed"),
    "tag with a hidden escape": ("a: !<tag:%1b[2J> x\n", 1, "is not allowed"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "two documents"),
    "100000 open brackets": ("[" * 100_000, 1, "nested too deep"),
    "100000 open braces": ("{" * 100_000, 1, "must be plain text"),
    "100000 dashes": ("- " * 100_000, 1, "nested too deep"),
    "deep mapping": ("a: {" * 30 + "}" * 30, 1, "nested too deep"),
    "escape character": ("a: 1\nb: \x1b[31mred\n", 2, "control character"),
    "escape character in disguise": ('a: 1\nb: "\\e[31mred"\n', 2, "control character"),
    "C1 control character": ("a: \x9b31m\n", 1, "control character"),
    "backspace in a key": ('"a\\b": 1\n', 1, "control character"),
    "NUL": ("a: 1\nb: \x00\n", 2, "control character"),
    "text turned around": ("a: 1\nb: x\u202egpj.exe\n", 2, "control character"),
    "text turned around in a comment": ("a: 1\n# \u2066 pass\n", 2, "control character"),
    "text turned around in disguise": ('a: "x\\u202e"\n', 1, "control character"),
    "half a character": ('a: 1\nb: "\\ud800"\n', 2, "not valid YAML"),
    "line separator": ("a: x\u2028y\n", 1, "control character"),
    "noncharacter": ("a: 1\nb: \ufffe\n", 2, "control character"),
}


@pytest.mark.parametrize(("text", "line", "what"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_text_is_refused_with_name_line_and_advice(text: str, line: int, what: str) -> None:
    with pytest.raises(ChecklistError) as caught:
        strictyaml.parse(text, "pond.yaml")
    assert caught.value.what.startswith(f"pond.yaml, line {line}: ")
    assert what in caught.value.what
    assert caught.value.advice
    assert caught.value.what.isprintable()


TOO_DEEP = 10_000

DEEP = {
    "brackets": ("a: b\nc: " + "[" * TOO_DEEP, 2),
    "brackets that are closed": ("a: b\nc: " + "[" * TOO_DEEP + "]" * TOO_DEEP, 2),
    "brackets on lines of their own": ("[\n" * TOO_DEEP, 22),
    "dashes": ("# a\n" + "- " * TOO_DEEP, 2),
    "braces": ("\n\n" + "{a: " * TOO_DEEP, 3),
    "braces in quotes": ('{"a": ' * TOO_DEEP, 1),
    "braces and brackets": ("[{a: " * TOO_DEEP, 1),
    "dashes, then brackets": ("- - - [[[" + "[" * TOO_DEEP, 1),
    "keys on lines of their own": ("".join(" " * depth + "a:\n" for depth in range(600)), 22),
}


@pytest.mark.parametrize(("loader", "limit"), [("CSafeLoader", None), ("SafeLoader", None), ("SafeLoader", 25)])
@pytest.mark.parametrize(("text", "line"), DEEP.values(), ids=DEEP.keys())
def test_a_text_nested_too_deep_is_refused_in_our_words_whatever_limit_the_library_has(
    text: str, line: int, loader: str, limit: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
    if limit:
        monkeypatch.setattr(yaml, "parse", with_a_limit(limit))
    with pytest.raises(ChecklistError) as caught:
        strictyaml.parse(text, "pond.yaml")
    assert caught.value.what == f"pond.yaml, line {line}: this is nested too deeply."
    assert caught.value.advice == "Check the indentation."


def with_a_limit(limit: int) -> Callable[..., Iterator[yaml.Event]]:
    """Return the library's `parse` as one that looks far ahead and complains of nesting in words nobody knows."""
    parse = yaml.parse

    def limited(text: str, **how: Any) -> Iterator[yaml.Event]:
        ahead: list[Any] = []
        depth = 0
        with contextlib.suppress(yaml.YAMLError):
            for event in islice(parse(text, **how), 3 * limit):
                ahead.append(event)
        for event in ahead:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > limit:
                mark = event.start_mark
                raise yaml.scanner.ScannerError("mens vi leser", mark, "for mange nivåer", mark)
        yield from ahead

    return limited


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    "text", ["'{}'", '"{}"', "a # {}", "|\n  {}", ">\n  {}", "x{}", "- a\n- '{}'"], ids=lambda text: repr(text)
)
def test_brackets_in_a_text_are_not_nesting(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
    for deep in ("[" * TOO_DEEP, "{a: " * TOO_DEEP if "x" not in text else "{" * TOO_DEEP, "- " * TOO_DEEP):
        strictyaml.parse(text.format(deep), "x")


def test_nesting_as_deep_as_is_allowed_reads() -> None:
    strictyaml.parse("[" * 20 + "a" + "]" * 20, "x")
    with pytest.raises(ChecklistError, match="nested too deep"):
        strictyaml.parse("[" * 21 + "a" + "]" * 21, "x")


@pytest.mark.parametrize("said", [*strictyaml._PROBLEMS, "noe annet", None])
def test_a_complaint_is_put_into_our_words_and_words_nobody_knows_are_a_sentence_too(
    said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complains(text: str, **how: Any) -> Iterator[yaml.Event]:
        begin, mark = yaml.Mark("x", 3, 1, 0, None, 0), yaml.Mark("x", 6, 2, 0, None, 0)
        raise yaml.scanner.ScannerError("mens vi leser", begin, said and f"did not find {said} here", mark)

    monkeypatch.setattr(yaml, "parse", complains)
    with pytest.raises(ChecklistError) as caught:
        strictyaml.parse("a:\nb:\nc:\n", "x")
    ours = strictyaml._PROBLEMS.get(said or "", "this is not valid YAML.")
    assert caught.value.what == f"x, line 3: {ours} That line belongs to the part that begins on line 2."


def test_a_text_that_a_complaint_cuts_off_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = yaml.parse

    def complains(text: str, **how: Any) -> Iterator[yaml.Event]:
        if text == "a: none\n":
            mark = yaml.Mark("x", 5, 0, 5, None, 0)
            raise yaml.scanner.ScannerError(None, None, "noe annet", mark)
        return parse(text, **how)

    monkeypatch.setattr(yaml, "parse", complains)
    with pytest.raises(ChecklistError, match=r"^x, line 1: this is not valid YAML"):
        strictyaml.parse("a: none\n", "x")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_for_every_kind_of_line_end(end: str) -> None:
    assert strictyaml.parse(f"a: b{end}c:{end}  - d{end}  - e{end}", "x").line(("c", 1)) == 4
    with pytest.raises(ChecklistError, match=r"x, line 3:"):
        strictyaml.parse(f"a: b{end}c: d{end}e: on{end}", "x")


def test_every_scalar_is_text() -> None:
    text = "[true, 1:20, 1e3, 2026-08, 0x1f, .nan, 'on', 'null', '', <<, '=']"
    assert strictyaml.parse(text, "x").data == [
        *("true", "1:20", "1e3", "2026-08", "0x1f", ".nan"),
        *("on", "null", "", "<<", "="),
    ]


def test_only_an_empty_place_and_null_are_nothing() -> None:
    assert strictyaml.parse("{ a: , b: null, c: ~ }", "x").data == {"a": None, "b": None, "c": None}


def test_the_last_line_break_of_a_block_is_not_part_of_its_text() -> None:
    assert strictyaml.parse("a: |\n  x\n  y\nb: >\n  x\n  y\n\nc: z\n", "x").data == {"a": "x\ny", "b": "x y", "c": "z"}


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n"])
def test_an_empty_text_is_nothing_and_no_error(text: str) -> None:
    assert strictyaml.parse(text, "x").data is None


def test_each_part_knows_its_line() -> None:
    parsed = strictyaml.parse("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\n", "x")
    assert parsed.line(("b", 0, "d")) == 4
    assert parsed.line(("b", 1)) == 5
    assert parsed.line(("b", 0, "missing", "deeper")) == 3
    assert parsed.line(("nothing",)) == 1


@given(
    st.recursive(
        st.none() | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=4), inner, max_size=3
            )
        ),
        max_leaves=8,
    )
)
def test_json_reads_as_itself(data: Any) -> None:
    assert strictyaml.parse(json.dumps(data, ensure_ascii=False), "x").data == data
    assert strictyaml.parse(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "x").data == data


@given(st.text(max_size=60) | st.text("ab:-[]{}&*!|>'\"%@`#?,~ \n\t\\0", max_size=60))
def test_any_text_reads_or_is_refused_and_never_crashes(text: str) -> None:
    with contextlib.suppress(ChecklistError):
        strictyaml.parse(text, "x")
        return
    with pytest.raises(ChecklistError, match=r"^x, line \d+: ") as caught:
        strictyaml.parse(text, "x")
    assert caught.value.advice


# -- files -----------------------------------------------------------------------------------------


def refused(path: Path) -> ChecklistError:
    with pytest.raises(ChecklistError) as caught:
        strictyaml.read(path)
    assert str(path) in caught.value.what
    assert caught.value.advice
    return caught.value


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000_000)
    assert "larger than 1 MB" in refused(path).what


def test_a_file_of_10_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text("# a\n" * 2_500_000)
    assert "larger than 1 MB" in refused(path).what


def test_a_device_without_an_end_is_refused() -> None:
    assert "is not a file" in refused(Path("/dev/zero")).what


def test_the_largest_file_that_is_allowed_reads(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("a: b\n" + "#" * (strictyaml.MAX_BYTES - 5))
    assert strictyaml.read(path).data == {"a": "b"}
    path.write_text("a: b\n" + "#" * (strictyaml.MAX_BYTES - 4))
    refused(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere" / "a.yaml")


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: b\nc: café\n".encode("latin-1"))
    assert f"{path}, line 2: " in refused(path).what
    path.write_bytes("a: b\n".encode("utf-16"))
    assert "not UTF-8" in refused(path).what


def test_a_byte_order_mark_at_the_beginning_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes("a: b\n".encode("utf-8-sig"))
    assert strictyaml.read(path).data == {"a": "b"}


def test_the_hash_is_that_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    from hashlib import sha256

    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    assert strictyaml.read(path).sha256 == sha256(path.read_bytes()).hexdigest()
