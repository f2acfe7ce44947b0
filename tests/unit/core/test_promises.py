"""The page of promises: each promise has tests, and each of them is there."""

from __future__ import annotations

import pytest

from tests.support.promises import MOST_TESTS, NoSuchTestError, Promise, page, read

HERE = "tests/unit/core/test_promises.py"


def test_each_promise_is_said_once_and_has_one_to_six_tests_that_are_there() -> None:
    promises = read()
    assert len({promise.words for promise in promises}) == len(promises) >= 25
    for promise in promises:
        assert 1 <= len(set(promise.tests)) == len(promise.tests) <= MOST_TESTS, promise.words
        assert promise.words.endswith(".")
    written = page(promises)
    assert written.count("\n- ") == sum(len(promise.tests) for promise in promises)


@pytest.mark.parametrize(
    "test",
    [
        f"{HERE}::test_that_nobody_wrote",
        f"{HERE}::read",
        "tests/unit/core/test_nothing.py::test_each_promise_is_said_once_and_has_one_to_six_tests_that_are_there",
        HERE,
    ],
)
def test_a_promise_whose_test_is_not_there_stops_the_page(test: str) -> None:
    with pytest.raises(NoSuchTestError, match=f"not there: {test}$"):
        page([Promise("A part", "It holds.", (test,))])


def test_a_test_stands_on_the_page_as_a_sentence_with_its_file() -> None:
    written = page(
        [Promise("A part", "It holds.", (f"{HERE}::test_a_test_stands_on_the_page_as_a_sentence_with_its_file",))]
    )
    line = f"- A test stands on the page as a sentence with its file ([unit/core/test_promises.py](../{HERE}))"
    assert written.endswith(f"\n## A part\n\n**It holds.**\n\n{line}\n")
