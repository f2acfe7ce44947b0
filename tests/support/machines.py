"""Computers as other people have them: files, networks and settings of their own, in namespaces of Linux."""

from __future__ import annotations

import functools
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POLICIES = "/etc/chromium/policies/managed/school.json"
_OWN = () if hasattr(os, "geteuid") and os.geteuid() == 0 else ("--map-root-user",)


@functools.cache
def missing() -> str:
    """Return why no namespace can be made here, or nothing."""
    for program in ("unshare", "mount", "ip"):
        if not shutil.which(program):
            return f"there is no {program}"
    tried = subprocess.run(
        ["unshare", *_OWN, "--mount", "--net", "ip", "link", "set", "lo", "up"], capture_output=True, check=False
    )
    return "" if tried.returncode == 0 else "this user may not make namespaces"


def run(
    words: Sequence[str],
    *,
    network: Sequence[str] | None = None,
    files: Mapping[str, str] | None = None,
    covered: Sequence[str] = (),
    sticks: Sequence[str] = (),
    read_only: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    typed: str = "",
    timeout: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run Python with these words on a computer of its own.

    `network` are words for `ip`, which make all the network there is, beside the loopback; None leaves the network of
    this computer. `files` are by their whole paths; the folder of the folder of each shows nothing else. `covered`
    files are there, and empty. `sticks` are folders at which another drive is, `read_only` those in which
    nothing is and nothing can be written.
    """
    if why := missing():
        pytest.skip(why)
    script = []
    for path, text in (files or {}).items():
        folder = Path(path).parent
        above = next(one for one in folder.parents if one.is_dir())
        script += [
            f"mount -t tmpfs none {shlex.quote(str(above))}",
            f"mkdir -p {shlex.quote(str(folder))}",
            f"printf %s {shlex.quote(text)} > {shlex.quote(path)}",
        ]
    script += [f"mount -t tmpfs none {shlex.quote(path)}" for path in sticks]
    script += [f"mount -t tmpfs -o ro none {shlex.quote(path)}" for path in read_only]
    script += [f"mount --bind /dev/null {shlex.quote(path)}" for path in covered]
    if network is not None:
        script += ["ip link set lo up", *(f"ip {one}" for one in network)]
    script.append(f"exec {shlex.join([sys.executable, *words])}")
    apart = ["--mount", *(["--net"] if network is not None else [])]
    return subprocess.run(
        ["unshare", *_OWN, *apart, "sh", "-ec", "\n".join(script)],
        cwd=ROOT,
        env=os.environ | dict(env or {}),
        input=typed,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def link(name: str, address: str = "", kind: str = "") -> list[str]:
    """Return words for `ip` that make a network card with this name and perhaps an address."""
    made = [f"link add {name} type {kind or f'veth peer name {name}-far'}"]
    if address:
        made.append(f"addr add {address} dev {name}{' nodad' if ':' in address else ''}")
    return [*made, f"link set {name} up", *([] if kind else [f"link set {name}-far up"])]
