"""The page of promises: each promise has tests, and each of them is there."""

from __future__ import annotations

import re

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
    assert written.count("\n- ") == len(promises)
    files = [len({test.partition("::")[0] for test in promise.tests}) for promise in promises]
    assert len(re.findall(r"\.py\)", written)) == sum(files)


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


def test_a_promise_stands_on_the_page_with_the_files_of_its_tests() -> None:
    name = "test_a_promise_stands_on_the_page_with_the_files_of_its_tests"
    written = page([Promise("A part", "It holds.", (f"{HERE}::{name}",))])
    assert written.endswith(f"\n## A part\n\n- It holds. [unit/core/test_promises.py](../{HERE})\n")
