"""How a page is drawn: one HTML file that loads nothing. The report is one that runs nothing and sends nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import string
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit import shipped
from privacyaudit.i18n import _, ngettext

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template

    from privacyaudit.report.counts import Sign


def draw(
    name: str,
    signs: Iterable[Sign],
    foot: str,
    *,
    style: str | Sequence[str] = "",
    script: str = "",
    connect: bool = False,
    forms: bool = False,
    register: str = "",
    pictures: bool = False,
    inline_pictures: bool = False,
    **values: object,
) -> str:
    """Draw a template of the reports folder, with the shape of each sign and the foot of its printed pages.

    `style` names files of that folder whose rules come after those of every page, `script` is one that the template
    puts inline. The content security policy allows these and nothing else, each by its SHA-256; `connect` also lets
    the script, and `forms` a form, write to the server that the page came from. With `pictures`, the script may show
    what it was handed in memory; with `inline_pictures`, some stand in the page itself. `register` is a second script,
    with which a browser keeps the pages of that server: its worker, manifest and icons are allowed too.
    """
    styles = _styles(style, _shapes_and_foot(signs, foot))
    scripts = [one for one in (script, register) if one]
    policy = [
        *_only(styles),
        *(["script-src " + " ".join(map(_digest, scripts))] if scripts else []),
        *(["connect-src 'self'"] if connect else []),
        *(["worker-src 'self'", "manifest-src 'self'", "img-src 'self' data:"] if register else []),
        *(["img-src blob:"] if pictures else []),
        *(["img-src data:"] if inline_pictures else []),
        "base-uri 'none'",
        "form-action 'self'" if forms else "form-action 'none'",
    ]
    return _template(name).render(styles=styles, script=script, register=register, policy="; ".join(policy), **values)


def draw_plain(name: str, *, style: str | Sequence[str] = "", **values: str) -> str:
    """Draw a page that is there before the template engine is loaded: `name` is one with a `$word` for each value.

    It runs nothing and sends nothing.
    """
    text = (shipped.folder("reports") / name).read_text(encoding="utf-8")
    styles = _styles(style)
    return string.Template(text).substitute(
        {word: html.escape(value) for word, value in values.items()},
        styles="".join(f"<style>{one}</style>\n" for one in styles),
        policy="; ".join([*_only(styles), "base-uri 'none'", "form-action 'none'"]),
    )


def _styles(style: str | Sequence[str], *more: str) -> tuple[str, ...]:
    return (_style("style.css"), *map(_style, [style] if isinstance(style, str) and style else style), *more)


def _only(styles: Iterable[str]) -> list[str]:
    """Return the beginning of a policy that allows these styles and nothing else."""
    return ["default-src 'none'", "style-src " + " ".join(map(_digest, styles))]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = shipped.folder("reports")
    environment = Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=_compiled(folder),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # codespell:ignore optimized
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


def _compiled(folder: Path) -> BytecodeCache | None:
    """Keep compiled templates where and when Python keeps compiled modules: beside them, if it may write there."""
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    place = folder / "__pycache__"
    if sys.dont_write_bytecode:
        return None
    try:
        place.mkdir(exist_ok=True)
    except OSError:
        return None
    return Kept(str(place), "%s.template")


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _style(name: str) -> str:
    """Return a style sheet without its comments, indents and empty lines; none of ours has such a thing in a text."""
    text = (shipped.folder("reports") / name).read_text(encoding="utf-8")
    return re.sub(r"^\s+", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), flags=re.MULTILINE)


def _shapes_and_foot(signs: Iterable[Sign], foot: str) -> str:
    """Return those styles that hold words: the shape before each title, and the foot of a printed page."""
    shapes = [
        f'.{sign.name} h4::before{{content:{_css_string(sign.shape)};content:{_css_string(sign.shape)}/""}}'
        for sign in signs
    ]
    return "\n".join([*shapes, f"@page{{@bottom-left{{content:{_css_string(foot)}}}}}"])


def _css_string(text: str) -> str:
    return '"' + "".join(one if one.isalnum() or one in " .," else f"\\{ord(one):x} " for one in text) + '"'


def _digest(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
