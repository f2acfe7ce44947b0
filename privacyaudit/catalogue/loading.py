"""Find, read, bind and lint checklists, roles and answers files."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from privacyaudit import shipped
from privacyaudit.catalogue import guidance, strictyaml
from privacyaudit.catalogue.faults import validate
from privacyaudit.catalogue.screens import on_screens, upgraded
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Check, Checklist, Role, Roles
from privacyaudit.model.schema1 import Checklist1
from privacyaudit.storage import folders

SCHEMAS = ("1", "2")
"""The schemas of checklists that are read, the newest last."""


@dataclass(frozen=True)
class Loaded:
    """A checklist, where it came from, the SHA-256 of its file, and (in `text`) the lines of its parts.

    `old` is the place of what `lint --upgrade` would bring up to date first, or None.
    """

    checklist: Checklist
    path: Path
    sha256: str
    origin: Literal["built-in", "own"]
    text: strictyaml.Text = field(repr=False, compare=False)
    old: strictyaml.Place | None = None

    def line_of(self, check: Check) -> int:
        """Return the line on which a check, bound to a site or not, begins."""
        ids = [one.id for one in self.checklist.checks]
        return self.text.line(("checks", ids.index(check.id)))


@dataclass(frozen=True)
class Catalogue:
    """All checklists that could be used, and what is wrong with those that could not."""

    loaded: Mapping[str, Loaded]
    roles: tuple[Role, ...]
    troubles: tuple[ChecklistError, ...] = ()

    def checklist(self, platform: str) -> Loaded:
        """Return the checklist of a platform. Raises UsageError for an unknown one, with the nearest names."""
        if found := self.loaded.get(platform):
            return found
        for trouble in self.troubles:
            if re.search(rf"(^|[/\\]){re.escape(platform)}\.yaml\b", trouble.what):
                raise trouble
        raise UsageError(
            _("There is no platform “{name}”.").format(name=platform), _suggest(platform, self.loaded, "list")
        )

    def check(self, check_id: str) -> tuple[Loaded, Check]:
        """Return a check and its checklist by id or alias. Raises UsageError for an unknown one."""
        for loaded in self.loaded.values():
            if found := loaded.checklist.check(check_id):
                return loaded, found
        every = [check.id for loaded in self.loaded.values() for check in loaded.checklist.checks]
        raise UsageError(
            _("There is no check “{name}”.").format(name=check_id), _suggest(check_id, every, "list --checks")
        )

    def role(self, role_id: str | None) -> Role:
        """Return a role, the first one for None. Raises UsageError for an unknown one."""
        if role_id is None:
            return self.roles[0]
        for role in self.roles:
            if role.id == role_id:
                return role
        names = ", ".join(role.id for role in self.roles)
        raise UsageError(
            _("There is no role “{name}”.").format(name=role_id), _("Choose one of: {names}.").format(names=names)
        )


def _suggest(name: str, known: Any, command: str) -> str:
    near = difflib.get_close_matches(name, list(known), n=3)
    see = _("“privacyaudit {command}” shows the full list.").format(command=command)
    return (_("Did you mean {names}?").format(names=", ".join(near)) + " " + see) if near else see


def load(path: Path, origin: Literal["built-in", "own"] = "built-in") -> Loaded:
    """Read one checklist. Raises ChecklistError with file, line and what to do."""
    text = strictyaml.read(path)
    lines = replace(text, data=None, lines=MappingProxyType(text.lines))
    return Loaded(checklist(text, path), path, text.sha256, origin, lines, old_part(text))


def checklist(text: strictyaml.Text, path: Path) -> Checklist:
    """Turn parsed YAML of either schema into a checklist. Raises ChecklistError with file, line and what to do."""
    if not is_schema_1(text):
        return validate(Checklist, text, path, SCHEMAS)
    placed = on_screens(validate(Checklist1, text, path))
    return Checklist.model_validate(upgraded(text.data, placed))


def old_part(text: strictyaml.Text) -> strictyaml.Place | None:
    """Return where parsed YAML says that it is of schema 1, or dates a source by `seen`; None where it does neither."""
    return ("schema",) if is_schema_1(text) else next(iter(old_dates(text)), None)


def is_schema_1(text: strictyaml.Text) -> bool:
    """Tell whether parsed YAML is a checklist of schema 1, in which each check says itself where it is."""
    return isinstance(text.data, dict) and text.data.get("schema") == "1"


def old_dates(text: strictyaml.Text) -> list[strictyaml.Place]:
    """Return where sources have one date, `seen`, in place of `page` and `read`."""
    return [place for place in text.lines if place[::2] == ("checks", "sources", "seen")]


def roles() -> tuple[Role, ...]:
    """Read the roles that came with the program."""
    path = shipped.folder("checklists") / "roles.yaml"
    return validate(Roles, strictyaml.read(path), path).roles


def files(folder: Path) -> list[Path]:
    """Return the checklist files in a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_") and path.name != "roles.yaml")


def catalogue(*own: Path) -> Catalogue:
    """Read all built-in checklists, those in the person's own folder if there is one, and those in `own`.

    A built-in file that is wrong raises ChecklistError; a wrong own file becomes a trouble, and the rest still loads.
    What is built in is read once in a process, as long as its files stay the same; own files are read each time.
    """
    folder = shipped.folder("checklists")
    built_in = _built_in(folder, shipped.stamp(folder), shipped.stamp(folder / "guidance"))
    loaded = dict(built_in.loaded)
    troubles: list[ChecklistError] = []
    usual = folders.own_checklists()
    for place in (usual, *own) if usual.is_dir() else own:
        for path in files(place) if place.is_dir() else [place]:
            try:
                one = load(path, "own")
                check_references(one, built_in.roles, built_in.clauses)
                before = loaded.get(one.checklist.platform.id)
                if before and before.sha256 == one.sha256:
                    continue
                _no_clash(one, loaded)
            except ChecklistError as error:
                troubles.append(error)
            else:
                loaded[one.checklist.platform.id] = one
    return Catalogue(loaded, built_in.roles, tuple(troubles))


@dataclass(frozen=True)
class _BuiltIn:
    """What came with the program; nothing of it can be changed, because all who ask share it."""

    loaded: Mapping[str, Loaded]
    roles: tuple[Role, ...]
    clauses: frozenset[str]


@lru_cache(maxsize=2)
def _built_in(folder: Path, *stamps: shipped.Stamp) -> _BuiltIn:
    """Read what came with the program. The stamps are there for the cache: changed files are read again."""
    del stamps
    known_roles = roles()
    clauses = clause_ids()
    loaded: dict[str, Loaded] = {}
    for path in files(folder):
        one = load(path)
        check_references(one, known_roles, clauses)
        _no_clash(one, loaded)
        loaded[one.checklist.platform.id] = one
    return _BuiltIn(MappingProxyType(loaded), known_roles, clauses)


def clause_ids() -> frozenset[str]:
    """Return the ids of every clause of every guide."""
    return frozenset(clause.id for guide in guidance.guides() for clause in guide.clauses)


def check_references(loaded: Loaded, known_roles: tuple[Role, ...], clauses: frozenset[str]) -> None:
    """Refuse a checklist that names a role or a clause that does not exist. Raises ChecklistError."""
    names = {"default", *(role.id for role in known_roles)}
    for number, check in enumerate(loaded.checklist.checks):
        for index, option in enumerate(check.options):
            if isinstance(option.verdict, dict) and (strange := sorted(set(option.verdict) - names)):
                line = loaded.text.line(("checks", number, "options", index))
                raise ChecklistError(
                    at(
                        loaded.path,
                        line,
                        _("{check} names the role {role!r}, which does not exist.").format(
                            check=check.id, role=strange[0]
                        ),
                    ),
                    _("Choose from: {names}.").format(names=", ".join(sorted(names))),
                )
        for index, clause in enumerate(check.guidance):
            if clause not in clauses:
                line = loaded.text.line(("checks", number, "guidance", index))
                raise ChecklistError(
                    at(
                        loaded.path,
                        line,
                        _("{check} names the clause {clause!r}, which does not exist.").format(
                            check=check.id, clause=clause
                        ),
                    ),
                    _("“privacyaudit guidance” shows all clauses."),
                )


def _no_clash(one: Loaded, others: Mapping[str, Loaded]) -> None:
    platform = one.checklist.platform.id
    if platform in others:
        raise ChecklistError(
            at(
                one.path,
                one.text.line(("platform", "id")),
                _("the platform {platform!r} already exists ({path}).").format(
                    platform=platform, path=others[platform].path
                ),
            ),
            _("Give your own checklist another platform id."),
        )
    taken = {name: other for other in others.values() for check in other.checklist.checks for name in check.names}
    for check in one.checklist.checks:
        for name in check.names:
            if name in taken:
                raise ChecklistError(
                    at(
                        one.path,
                        one.line_of(check),
                        _("{path} already uses the name {name!r} for a check.").format(
                            name=name, path=taken[name].path
                        ),
                    ),
                    _("Choose another name or alias."),
                )


def json_schema() -> str:
    """Return the JSON Schema of a checklist, for editors."""
    return json.dumps(Checklist.model_json_schema(by_alias=True), indent=2) + "\n"
