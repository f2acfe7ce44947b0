"""How fast the program starts, beside what it is built on and beside programs of its kind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench_measure import Figure, Part, compare, conditions, in_turn, median

ROUNDS = 25
TOOLS = {"pip-audit": "pip-audit", "shot-scraper": "shot-scraper", "mvt-ios": "mvt"}
"""Commands whose help ours is measured beside, and the package that each comes in."""

_TOOLS_HOME = Path(__file__).parent.parent / ".cache" / "bench-venv"
_TWO_COMMANDS = '''\
import typer

app = typer.Typer({options})


@app.command()
def hello(name: str, loud: bool = False) -> None:
    """Say hello."""


@app.command()
def goodbye(name: str, loud: bool = False) -> None:
    """Say goodbye."""


app()
'''


class Run(NamedTuple):
    """How long one process took on the clock, and how long processors worked for it, in milliseconds."""

    wall: float
    cpu: float


def measure() -> Part:
    """Start every program in turn."""
    with tempfile.TemporaryDirectory() as home:
        framed, plain = Path(home) / "framed.py", Path(home) / "plain.py"
        framed.write_text(_TWO_COMMANDS.format(options=""), encoding="utf-8")
        plain.write_text(_TWO_COMMANDS.format(options="rich_markup_mode=None"), encoding="utf-8")
        environment = {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8", "COLUMNS": "88"}
        ours = str(Path(sys.executable).with_name("privacyaudit"))
        commands: dict[str, list[str]] = {
            "bare": [sys.executable, "-c", "pass"],
            "typer": [sys.executable, "-c", "import typer"],
            "framed": [sys.executable, str(framed), "--help"],
            "plain": [sys.executable, str(plain), "--help"],
            "version": [ours, "--version"],
            "help": [ours, "--help"],
        }
        versions = tools()
        commands |= {name: [str(_TOOLS_HOME / "bin" / name), "--help"] for name in versions}
        samples = in_turn({name: _runner(command, environment) for name, command in commands.items()}, ROUNDS)
    wall = {name: median([run.wall for run in runs]) for name, runs in samples.items()}
    cpu = {name: median([run.cpu for run in runs]) for name, runs in samples.items()}
    return Part(tuple(_figures(wall, versions)), tuple(_remarks(wall, cpu, versions)))


def _figures(wall: dict[str, float], versions: dict[str, str]) -> list[Figure]:
    version, help_ = "`privacyaudit --version`", "`privacyaudit --help`"
    figures = [
        compare(version, wall["version"], '`python -c "import typer"`', wall["typer"], 1.3),
        compare(help_, wall["help"], "`--help` of two typer commands", wall["framed"], 1.3),
        compare(help_, wall["help"], "the same, without frames as ours", wall["plain"], 1.3),
    ]
    for name, number in versions.items():
        figures.append(compare(help_, wall["help"], f"`{name} --help` ({number})", wall[name], 1.0))
    if versions:
        fastest = min(versions, key=wall.__getitem__)
        figures.append(compare(version, wall["version"], f"`{fastest} --help`", wall[fastest], 1.0))
    return figures


def _remarks(wall: dict[str, float], cpu: dict[str, float], versions: dict[str, str]) -> list[str]:
    beside = {"two typer commands": "framed", "the same without frames": "plain", **{name: name for name in versions}}
    ratios = ", ".join(f"{cpu['help'] / cpu[key]:.2f} beside {name}" for name, key in beside.items())
    return [
        f"By processor time, which other load blurs less, `--help` ({cpu['help']:.0f} ms) is {ratios}.",
        f"In the same way `--version` ({cpu['version']:.0f} ms) is {cpu['version'] / cpu['typer']:.2f} beside typer.",
        f"`python -c pass` takes {wall['bare']:.0f} ms.",
        *([] if versions else ["The other programs could not be installed, so they were not measured."]),
        conditions(f"{ROUNDS} rounds"),
    ]


def tools() -> dict[str, str]:
    """Return the version of each program that ours is measured beside; they are installed when they are not there.

    Empty when they cannot be installed.
    """
    python = _TOOLS_HOME / "bin" / "python"
    packages = list(TOOLS.values())
    if not all((_TOOLS_HOME / "bin" / name).is_file() for name in TOOLS):
        print(f"Installing {', '.join(packages)} into {_TOOLS_HOME} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_TOOLS_HOME)], check=True)
        if subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=False).returncode:
            return {}
    ask = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    told = subprocess.run([str(python), "-c", ask, *packages], capture_output=True, text=True, check=True)
    return dict(zip(TOOLS, told.stdout.split(), strict=True))


def _runner(command: Sequence[str], environment: dict[str, str]) -> Callable[[], Run]:
    def run() -> Run:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}, so there is nothing to measure.")
        return Run(took * 1000, (usage.ru_utime + usage.ru_stime) * 1000)

    return run
