"""What is wrong with a file, in our own words: where it stands, what it is and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from privacyaudit import model
from privacyaudit.catalogue import strictyaml
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import PartError

_Model = TypeVar("_Model", bound=BaseModel)


def validate(kind: type[_Model], text: strictyaml.Text, path: Path, schemas: Sequence[str] = ()) -> _Model:
    """Turn parsed YAML into a model. Raises ChecklistError that names the first three faults by line.

    The schema comes first: a file of another one than is read (`schemas`, where there are several) says so, and nothing
    else.
    """
    if not isinstance(text.data, dict):
        raise ChecklistError(
            at(path, text.line(()), _("this is empty, or it has no keys.")), _("See checklists/_template.yaml.")
        )
    schema = text.data.get("schema")
    known = schemas or get_args(kind.model_fields["schema_"].annotation)
    if isinstance(schema, str) and schema not in known:
        raise ChecklistError(
            at(
                path,
                text.line(("schema",)),
                _("this program reads schema {known}, and this file has {schema!r}.").format(
                    known=", ".join(known), schema=schema[:20]
                ),
            ),
            _('If the file is newer than the program, update privacyaudit. If not, write schema: "{newest}".').format(
                newest=known[-1]
            ),
        )
    try:
        return kind.model_validate(text.data)
    except ValidationError as error:
        raise ChecklistError(_faults(error, text, path), _("See docs/mend/add-a-platform.md for each key.")) from error


def _faults(error: ValidationError, text: strictyaml.Text, path: Path) -> str:
    seen: dict[strictyaml.Place, str] = {}
    faults = error.errors()
    for fault in faults:
        if fault["type"] == "too_short" and any(_inside(other["loc"], fault["loc"]) for other in faults):
            continue  # it counts only those that are right, and what is wrong with the others is told already
        place = _place(fault["loc"], text.data)
        if fault["loc"][-1:] == ("open",) != place[-1:] and fault["type"] != "missing":
            continue  # a probe opens its screen, and there the address is told already
        about = fault.get("ctx", {})
        if isinstance(cause := about.get("error"), PartError):
            place = (*place, *cause.place)
        if fault["type"] == "extra_forbidden":
            word = str(fault["loc"][-1])
            near = difflib.get_close_matches(word, _known_keys(), n=1) if len(seen) < _SHOWN_FAULTS else []
            message = (
                _("unknown key {key!r}. Did you mean {near!r}?").format(key=word, near=near[0])
                if near
                else _("unknown key {key!r}").format(key=word)
            )
            place = (*place, word) if (*place, word) in text.lines else place
        elif fault["type"] in ("missing", "union_tag_not_found"):
            key = str(about.get("discriminator", fault["loc"][-1]))
            message = _("the key {key!r} is missing").format(key=key.strip("'"))
        else:
            message = f"{'.'.join(map(str, place)) or _('the file')}: {_sentence(fault['type'], about, place)}"
        seen.setdefault(place, at(path, text.line(place), message))
    return first(list(seen.values()), _SHOWN_FAULTS)


def first(lines: list[str], most: int) -> str:
    """Return the first of many lines, and how many more there are."""
    more = len(lines) - most
    rest = ngettext("… and {number} more", "… and {number} more", more).format(number=more)
    return "\n".join([*lines[:most], rest] if more > 0 else lines)


_SHOWN_FAULTS = 3
_SENTENCES = {
    "string_type": N_("this must be text"),
    "string_too_long": N_("this text is too long: write at most {max_length} characters"),
    "too_short": N_("there are too few entries: write at least {min_length}"),
    "too_long": N_("there are too many entries: write at most {max_length}"),
    "enum": N_("choose from: {expected}"),
    "literal_error": N_("choose from: {expected}"),
    "union_tag_invalid": N_("choose from: {expected_tags}"),
    "tuple_type": N_("this must be a list"),
    "dict_type": N_("this must have keys with values"),
    "model_": N_("this must have keys with values"),
    "int_": N_("this must be a whole number"),
    "float_": N_("this must be a number"),
    "bool_": N_("this must be true or false"),
    "date_": N_("this must be a date, such as 2026-11-30"),
    "greater_than_equal": N_("this must be at least {ge}"),
    "greater_than": N_("this must be more than {gt}"),
    "less_than_equal": N_("this must be at most {le}"),
}
"""Our sentences for what pydantic finds, by how its error type begins; the first that fits is said."""


_SHAPES = {
    "checks.id": N_("write the id of the platform, a dot and a name, in small letters"),
    "checks.aliases": N_("write the id of the platform, a dot and a name, in small letters"),
    "routes.id": N_("write a word, a dot and a name, in small letters"),
    "routes.refused": N_("write the id of a route: a word, a dot and a name, in small letters"),
    "tasks.check": N_("write the id of a check: a platform, a dot and a name, in small letters"),
    "services.checks": N_("write the id of a check: a platform, a dot and a name, in small letters"),
    "tasks.route": N_("write the id of a route: a word, a dot and a name, in small letters"),
    "write": N_("write an e-mail address, such as help@example.com"),
    "call": N_("write a telephone number with digits and spaces only"),
    "sources.page": N_("write a year, a month or a day, such as 2024, 2026-11 or 2026-11-30, or undated"),
    "sources.read": N_("write a month or a day, such as 2026-11 or 2026-11-30"),
    "hosts": N_("write a host, such as www.example.com, without https:// and in small letters"),
    "host": N_("write a host, such as www.example.com, without https:// and in small letters"),
    "reply": N_("write a path prefix (/metrics/), a host (stats.example.com), or *. and a host"),
    "noise": N_("write a path that begins with / and has no space"),
    "field": N_("write the name or id of a form field, without spaces or quotes"),
    "guidance": N_("write the id of a clause: small letters, digits, dots and dashes"),
    "": N_("use small letters, digits, - and _ only"),
}
"""What a text must look like, by how the names of the keys that lead to it end."""


def _sentence(kind: str, about: Mapping[str, Any], place: strictyaml.Place) -> str:
    """Say in our own words what pydantic found: it has English only, and speaks of tuples and patterns."""
    if isinstance(cause := about.get("error"), PartError):
        return _(cause.message).format(**cause.values)
    if kind == "string_pattern_mismatch":
        keys = ".".join(step for step in place if isinstance(step, str))
        return _(next(sentence for end, sentence in _SHAPES.items() if keys.endswith(end)))
    sentence = next(
        (said for begin, said in _SENTENCES.items() if kind.startswith(begin)), N_("this value cannot be used here")
    )
    return _(sentence).format(**{name: _plainly(value) for name, value in about.items()})


def _plainly(value: Any) -> str:
    """Write a number without a needless .0, and the values that pydantic lists in quotes with commas only."""
    return f"{value:g}" if isinstance(value, int | float) else ", ".join(re.findall(r"'([^']*)'", str(value)))


def _inside(loc: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def _place(loc: tuple[int | str, ...], data: Any) -> strictyaml.Place:
    """Keep those steps of a pydantic location that exist in the data (unions add steps of their own)."""
    place: list[str | int] = []
    for step in loc:
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            place.append(step)
            data = data[step]  # type: ignore[index]
    return tuple(place)


@cache
def _known_keys() -> tuple[str, ...]:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return tuple({info.alias or name for kind in kinds for name, info in kind.model_fields.items()})
