"""All there is for the mutation test to change."""

from __future__ import annotations

from tests.mutation import mutate


def every() -> list[mutate.Job]:
    return mutate.jobs(mutate.variants())
