"""Find, read, bind and lint checklists, roles and answers files."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from privacyaudit import model, places, shipped, strictyaml
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import SITE, Check, Checklist, Origin, PartError, Role, Roles
from privacyaudit.strictyaml import at

_Model = TypeVar("_Model", bound=BaseModel)
_ORIGIN: TypeAdapter[str] = TypeAdapter(Origin)


@dataclass(frozen=True)
class Loaded:
    """A checklist, where it came from, and the SHA-256 of its file."""

    checklist: Checklist
    path: Path
    sha256: str
    origin: Literal["built-in", "own"]
    text: strictyaml.Text = field(repr=False, compare=False)

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
    see = _("“privacyaudit {command}” shows all of them.").format(command=command)
    return (_("Did you mean {names}?").format(names=", ".join(near)) + " " + see) if near else see


def load(path: Path, origin: Literal["built-in", "own"] = "built-in") -> Loaded:
    """Read one checklist. Raises ChecklistError with file, line and what to do."""
    text = strictyaml.read(path)
    checklist = validate(Checklist, text, path)
    return Loaded(checklist, path, text.sha256, origin, text)


def validate(kind: type[_Model], text: strictyaml.Text, path: Path) -> _Model:
    """Turn parsed YAML into a model. Raises ChecklistError that names the first three faults by line.

    The schema comes first: a file for a newer program says so, and nothing else.
    """
    if not isinstance(text.data, dict):
        raise ChecklistError(
            at(path, text.line(()), _("this is empty or is not a list of keys.")), _("See checklists/_template.yaml.")
        )
    schema = text.data.get("schema")
    if isinstance(schema, str) and schema != "1":
        raise ChecklistError(
            at(
                path,
                text.line(("schema",)),
                _("this program reads schema 1, and not {schema!r}.").format(schema=schema[:20]),
            ),
            _('Update privacyaudit if the file is newer than the program; otherwise write schema: "1".'),
        )
    try:
        return kind.model_validate(text.data)
    except ValidationError as error:
        raise ChecklistError(_faults(error, text, path), _("See docs/add-a-platform.md for each key.")) from error


def _faults(error: ValidationError, text: strictyaml.Text, path: Path) -> str:
    seen: dict[strictyaml.Place, str] = {}
    faults = error.errors()
    for fault in faults:
        if fault["type"] == "too_short" and any(_inside(other["loc"], fault["loc"]) for other in faults):
            continue  # it counts only those that are right, and what is wrong with the others is told already
        place = _place(fault["loc"], text.data)
        about = fault.get("ctx", {})
        if isinstance(cause := about.get("error"), PartError):
            place = (*place, *cause.place)
        if fault["type"] == "extra_forbidden":
            word = str(fault["loc"][-1])
            near = difflib.get_close_matches(word, _known_keys(), n=1) if len(seen) < _SHOWN_FAULTS else []
            message = (
                _("the key {key!r} is not known here; did you mean {near!r}?").format(key=word, near=near[0])
                if near
                else _("the key {key!r} is not known here").format(key=word)
            )
            place = (*place, word) if (*place, word) in text.lines else place
        elif fault["type"] in ("missing", "union_tag_not_found"):
            key = str(about.get("discriminator", fault["loc"][-1]))
            message = _("the key {key!r} is missing").format(key=key.strip("'"))
        else:
            message = f"{'.'.join(map(str, place)) or _('the file')}: {_sentence(fault['type'], about, place)}"
        seen.setdefault(place, at(path, text.line(place), message))
    return _first(list(seen.values()), _SHOWN_FAULTS)


def _first(lines: list[str], most: int) -> str:
    """Return the first of many lines, and how many more there are."""
    more = len(lines) - most
    rest = ngettext("… and {number} more", "… and {number} more", more).format(number=more)
    return "\n".join([*lines[:most], rest] if more > 0 else lines)


_SHOWN_FAULTS = 3

_SENTENCES = {
    "string_type": N_("this must be one text"),
    "string_too_long": N_("this text is too long: at most {max_length} characters"),
    "too_short": N_("there are too few entries: at least {min_length}"),
    "enum": N_("choose from: {expected}"),
    "literal_error": N_("choose from: {expected}"),
    "union_tag_invalid": N_("choose from: {expected_tags}"),
    "tuple_type": N_("this must be a list"),
    "dict_type": N_("this must be keys with values"),
    "model_": N_("this must be keys with values"),
    "int_": N_("this must be a whole number"),
    "float_": N_("this must be a number"),
    "bool_": N_("this must be true or false"),
    "date_": N_("this must be a day, such as 2026-11-30"),
    "greater_than_equal": N_("this must be at least {ge}"),
    "greater_than": N_("this must be more than {gt}"),
    "less_than_equal": N_("this must be at most {le}"),
}
"""Our sentences for what pydantic finds, by how its error type begins; the first that fits is said."""

_SHAPES = {
    "checks.id": N_("write the id of the platform, a dot and a name, in small letters"),
    "checks.aliases": N_("write the id of the platform, a dot and a name, in small letters"),
    "seen": N_("write a month or a day, such as 2026-11 or 2026-11-30"),
    "hosts": N_("write a host, such as www.example.com, without https:// and in small letters"),
    "host": N_("write a host, such as www.example.com, without https:// and in small letters"),
    "reply": N_("write a path that begins with / and has no space"),
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
        (said for begin, said in _SENTENCES.items() if kind.startswith(begin)), N_("this does not fit here")
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
    """
    known_roles = roles()
    clauses = clause_ids()
    loaded: dict[str, Loaded] = {}
    troubles: list[ChecklistError] = []
    for path in files(shipped.folder("checklists")):
        one = load(path)
        check_references(one, known_roles, clauses)
        _no_clash(one, loaded)
        loaded[one.checklist.platform.id] = one
    usual = places.own_checklists()
    for folder in (usual, *own) if usual.is_dir() else own:
        for path in files(folder) if folder.is_dir() else [folder]:
            try:
                one = load(path, "own")
                check_references(one, known_roles, clauses)
                before = loaded.get(one.checklist.platform.id)
                if before and before.sha256 == one.sha256:
                    continue
                _no_clash(one, loaded)
            except ChecklistError as error:
                troubles.append(error)
            else:
                loaded[one.checklist.platform.id] = one
    return Catalogue(loaded, known_roles, tuple(troubles))


def clause_ids() -> frozenset[str]:
    """Return the ids of every clause of every guide."""
    from privacyaudit import guidance

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
                _("the platform {platform!r} exists already ({path}).").format(
                    platform=platform, path=others[platform].path
                ),
            ),
            _("Give your own checklist another platform id."),
        )
    taken = {name: other for other in others.values() for check in other.checklist.checks for name in _names(check)}
    for check in one.checklist.checks:
        for name in _names(check):
            if name in taken:
                raise ChecklistError(
                    at(
                        one.path,
                        one.line_of(check),
                        _("the name {name!r} stands for a check in {path} already.").format(
                            name=name, path=taken[name].path
                        ),
                    ),
                    _("Take another name or alias."),
                )


def _names(check: Check) -> tuple[str, ...]:
    return (check.id, *check.aliases)


def site_of(checklist: Checklist, site: str | None) -> str | None:
    """Return the origin that stands for {site}: the person's own, else the usual one, else None.

    An origin is scheme, host and port only, so that no page and no account name gets into a record with it. Raises
    UsageError for anything else, and for a platform that has one address only.
    """
    if site is None:
        return checklist.platform.site.default if checklist.platform.site else None
    if checklist.platform.site is None:
        raise UsageError(
            _("{name} has one address only, so --site does not fit it.").format(name=_(checklist.platform.name)),
            _("Leave --site out."),
        )
    try:
        return _ORIGIN.validate_python(site)
    except ValidationError as error:
        raise _no_site(site) from error


def _no_site(site: str) -> UsageError:
    return UsageError(
        _("“{site}” is not an address that can be used.").format(site=site),
        _("Write it like https://en.wikipedia.org, without a page (http only for 127.0.0.1)."),
    )


def bind(checklist: Checklist, site: str | None) -> Checklist:
    """Put the person's own site (or the usual one) where the checklist says {site}: its host in hosts, else its origin.

    Without a site and a usual one the checklist comes back as it is, and `has_address` is false for its links. Raises
    UsageError as `site_of` does.
    """
    origin = site_of(checklist, site)
    if origin is None:
        return checklist
    host = model.host_of(origin)

    def fill(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return host if value == SITE and key in ("hosts", "help_hosts", "host") else value.replace(SITE, origin)
        if isinstance(value, list):
            return [fill(item, key) for item in value]
        if isinstance(value, dict):
            return {name: fill(item, name) for name, item in value.items()}
        return value

    try:
        return Checklist.model_validate(fill(checklist.model_dump(mode="json", by_alias=True)))
    except ValidationError as error:
        raise _no_site(origin) from error


def json_schema() -> str:
    """Return the JSON Schema of a checklist, for editors."""
    return json.dumps(Checklist.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def messages(fileobj: Any, *_args: Any, **_options: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield every text of a checklist, guidance or roles file that a person reads, in the shape Babel wants.

    Registered as an extraction method in pyproject.toml.
    """
    text = strictyaml.parse(fileobj.read().decode(), getattr(fileobj, "name", "checklist"))
    yield from ((line, "_", words, []) for line, words in _texts(text.data, (), text))


_TEXT_KEYS = {
    *("title", "question", "why", "label", "fix", "caution", "notice", "menu", "ios", "android", "text", "name"),
    *("summary", "signposts", "limits", "two_factor", "ask", "by_hand_because", "audience", "publisher"),
}
_NOT_TEXT_INSIDE = {"find", "press", "within", "expand", "form", "probes"}


def _texts(value: Any, place: strictyaml.Place, text: strictyaml.Text) -> Iterator[tuple[int, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _TEXT_KEYS and isinstance(item, str):
                yield text.line((*place, key)), item
            elif key in _TEXT_KEYS and isinstance(item, list):
                yield from ((text.line((*place, key)), line) for line in item if isinstance(line, str))
            elif key not in _NOT_TEXT_INSIDE:
                yield from _texts(item, (*place, key), text)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index), text)


def answers(path: Path, known: Mapping[str, Loaded]) -> dict[str, str]:
    """Read an answers file (YAML or JSON, check id to option id), aliases turned into today's ids.

    Raises ChecklistError with the line for unknown checks and options, and for a check answered twice.
    """
    text = strictyaml.read(path)
    wrapped = isinstance(text.data, dict) and "answers" in text.data
    entries: Any = text.data["answers"] if wrapped else text.data
    prefix: strictyaml.Place = ("answers",) if wrapped else ()
    if not isinstance(entries, dict) or not entries:
        raise ChecklistError(
            at(path, text.line(prefix), _("here are no “check: option” lines.")),
            _("See docs/answers.md for the shape."),
        )
    checks = [check for loaded in known.values() for check in loaded.checklist.checks]
    every = {name: check for check in checks for name in check.aliases} | {check.id: check for check in checks}
    outside = [name for name in text.data if "." in name] if wrapped else []
    given: dict[str, str] = {}
    faults = [
        at(path, text.line((name,)), _("{name!r} stands outside of “answers”.").format(name=name)) for name in outside
    ]
    for name, option in entries.items():
        check = every.get(name)
        fault = ""
        if check is None:
            fault = _no_such_check(name, every if len(faults) < _SHOWN_ANSWERS else {})
        elif not isinstance(option, str) or check.option(option) is None:
            fault = _no_such_option(name, check, option)
        elif check.id in given:
            fault = _("{check} is answered twice.").format(check=check.id)
        else:
            given[check.id] = option
        if fault:
            faults.append(at(path, text.line((*prefix, name)), fault))
    if faults:
        raise ChecklistError(_first(faults, _SHOWN_ANSWERS), _("Nothing was changed. Mend the file and try again."))
    return given


_SHOWN_ANSWERS = 5


def _no_such_check(name: str, known: Mapping[str, Check]) -> str:
    if near := difflib.get_close_matches(name, known, n=1):
        return _("there is no check {name!r}; did you mean {near!r}?").format(name=name, near=near[0])
    return _("there is no check {name!r}.").format(name=name)


def _no_such_option(name: str, check: Check, option: object) -> str:
    options = ", ".join(one.id for one in check.options)
    if isinstance(option, str):
        return _("{check} has no option {option!r}; it has {options}.").format(
            check=name, option=option, options=options
        )
    return _("{check} needs one word as its answer; it has {options}.").format(check=name, options=options)


# -- lint ------------------------------------------------------------------------------------------


def lint(loaded: Loaded) -> list[str]:
    """Return what could be better in a checklist that can be used: one sentence each, with file and line."""
    found: list[str] = []
    questions: dict[str, str] = {}
    platform = loaded.checklist.platform
    help_hosts = {*platform.hosts, *platform.help_hosts}
    for number, check in enumerate(loaded.checklist.checks):
        remarks = [
            _("{check} asks nearly the same as {other}.").format(check=check.id, other=other)
            for other, question in questions.items()
            if difflib.SequenceMatcher(None, question, check.question.lower()).ratio() > 0.93
        ]
        questions[check.id] = check.question.lower()
        remarks += _remarks(check, help_hosts)
        found += [at(loaded.path, loaded.text.line(("checks", number)), remark) for remark in remarks]
    return found


def _remarks(check: Check, hosts: Set[str]) -> Iterator[str]:
    for step in check.fix:
        if len(step) > 120:
            yield _("{check} has a step of more than 120 characters: {step}…").format(check=check.id, step=step[:40])
    verdicts = {option.verdict_for("default") for option in check.options}
    if not verdicts & {model.Verdict.FAIL, model.Verdict.CHOICE}:
        yield _("{check} can never find anything to change.").format(check=check.id)
    web = check.where.web
    if web and model.host_of(web) not in hosts:
        yield _("{check} links to {host}, which is neither in hosts nor in help_hosts.").format(
            check=check.id, host=model.host_of(web)
        )
    if not check.guidance:
        yield _("{check} answers no clause of any guide.").format(check=check.id)
    for index, outside in enumerate(check.outside, 1):
        for path in (outside.path, outside.absent.when if outside.absent else outside.path):
            if not _is_path(path):
                yield _("{check}, outside {number}: {path!r} is not a JMESPath expression.").format(
                    check=check.id, number=index, path=path
                )
    for index, probe in enumerate(check.probes, 1):
        if isinstance(probe, model.JsonProbe) and not _is_path(probe.path):
            yield _("{check}, probe {number}: {path!r} is not a JMESPath expression.").format(
                check=check.id, number=index, path=probe.path
            )


def _is_path(path: str) -> bool:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        jmespath.compile(path)
    except JMESPathError:
        return False
    return True
