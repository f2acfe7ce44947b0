"""The optional parts of the program: what each is called in `pip install`, what it brings, what to say without it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from privacyaudit.errors import MissingExtra
from privacyaudit.i18n import N_, _
from privacyaudit.process import again


class Part(NamedTuple):
    """A part: its extra, the modules that it brings, and in English what is missing without it and what to do."""

    extra: str
    modules: tuple[str, ...]
    missing: str = ""
    advice: str = N_("Install it: {command}")
    stop: str = ""


PARTS = {
    "browser": Part(
        "browser",
        ("playwright",),
        N_("The part that reads in a browser is not installed."),
        N_('Install it with: pip install "privacyaudit[browser]"'),
    ),
    "clinic": Part(
        "clinic",
        ("psutil", "starlette", "uvicorn"),
        N_("The part that runs a clinic is not installed."),
        N_("Install it: {command} The phone page and the paper sheets work without it."),
        ".",
    ),
    "window": Part(
        "clinic",
        ("starlette", "uvicorn"),
        N_("The part that opens the window is not installed."),
        N_("Install it: {command} In the terminal, “privacyaudit audit” works without it."),
        ".",
    ),
    "codes": Part("clinic", ("segno",)),
    "history": Part(
        "history",
        ("apsw",),
        N_("The part that keeps a history is not installed."),
        N_("Install it: {command} Audits and reports work without it."),
        ".",
    ),
    "qr": Part(
        "qr",
        ("zxingcpp", "PIL.Image"),
        N_("The part that reads QR codes is not installed."),
        N_("Install it: {command} Or type the key beside the QR code."),
        ".",
    ),
    "copies": Part("qr", ("PIL.Image",)),
    "calendar": Part("remind", ("icalendar",), N_("The part that writes calendar files is not installed.")),
    "notification": Part("remind", ("desktop_notifier",), N_("The part that shows notifications is not installed.")),
    "readability": Part(
        "lint",
        ("textstat",),
        N_("The program cannot measure reading ease here."),
        N_('Install it with: pip install "privacyaudit[lint]"'),
    ),
}
EXTRAS = ("browser", "clinic", "history", "qr", "remind")  # without `lint`, which only makers of checklists need


def need(name: str) -> None:
    """Load the modules of a part. Raises MissingExtra when one is not installed."""
    try:
        for module in PARTS[name].modules:
            import_module(module)
    except ImportError as error:
        raise missing(name) from error


def missing(name: str) -> MissingExtra:
    """Return what to say of a part that is not installed."""
    part = PARTS[name]
    if again.packed():
        return MissingExtra(
            _(part.missing), _("The packed program does not have this part. Only an installed one has.")
        )
    command = f'pip install "privacyaudit[{part.extra}]"{part.stop}'
    return MissingExtra(_(part.missing), _(part.advice).format(command=command))


def installed(name: str) -> bool:
    """Tell whether a part is there, without loading it."""
    return all(map(_there, PARTS[name].modules))


def extra_installed(extra: str) -> bool:
    """Tell whether every part of an extra is there, without loading any."""
    return all(installed(name) for name, part in PARTS.items() if part.extra == extra)


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
