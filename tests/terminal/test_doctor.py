"""`doctor` on six computers as other people have them: each says its true cause, and none of the others."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import machines
from tests.support.machines import POLICIES, link
from tests.support.secret_service import private_keyring

pytestmark = [pytest.mark.terminal, pytest.mark.browser, pytest.mark.keyring]

CHROMIUM = Path("/usr/bin/chromium")
HOTSPOT = link("wlan0", "192.168.43.57/24")
COUNCIL = "OneDrive - Example County Council"


class Machine(NamedTuple):
    """What is different about a computer, and what its doctor has to say."""

    says: str
    network: Sequence[str] = HOTSPOT
    files: Mapping[str, str] = {}
    env: Mapping[str, str] = {}
    home: Mapping[str, str] = {}


MACHINES = {
    "managed browser": Machine(
        "This computer's administrator does not let programs control the browser",
        files={POLICIES: '{"RemoteDebuggingAllowed": false}'},
    ),
    "no keyring": Machine(
        "This computer has no system keyring", env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    ),
    "proxy only": Machine(
        "A proxy is set on this computer (http://proxy.school.invalid:8080)",
        env={"HTTPS_PROXY": "http://ann:secret@proxy.school.invalid:8080"},
    ),
    "VPN first": Machine(
        "This computer uses a VPN: 10.8.0.6",
        network=[*HOTSPOT, *link("tun0", "10.8.0.6/24"), "route add default via 10.8.0.1 dev tun0"],
    ),
    "no screen": Machine("This computer has no screen", env={"DISPLAY": "", "WAYLAND_DISPLAY": ""}),
    "employer's cloud": Machine(
        "a cloud that belongs to an employer",
        home={".config/user-dirs.dirs": f'XDG_DOCUMENTS_DIR="$HOME/{COUNCIL}/Documents"\n'},
    ),
}


@pytest.fixture
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What `doctor` says on each computer, and on one on which all is well."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with private_keyring() as ring, ThreadPoolExecutor(2) as both:

        def visit(name: str, machine: Machine) -> subprocess.CompletedProcess[str]:
            home = tmp_path_factory.mktemp("home")
            for path, text in machine.home.items():
                (home / path).parent.mkdir(parents=True)
                (home / path).write_text(text)
            usual = {"HOME": str(home), "DISPLAY": ":7", "PRIVACYAUDIT_BROWSER": str(CHROMIUM), "COLUMNS": "400"}
            own = {"PRIVACYAUDIT_STATE": str(home / "state"), "PRIVACYAUDIT_DATA": str(home / "data")}
            own["XDG_CONFIG_HOME"] = str(home / ".config")
            env = {**ring, **usual, **own, **machine.env}
            return machines.run(
                ["-m", "privacyaudit", "doctor"], network=machine.network, files=machine.files, env=env, timeout=120
            )

        every = {"well": Machine("")} | MACHINES
        done = dict(zip(every, both.map(visit, every, every.values()), strict=True))
        assert {name: (one.returncode, one.stderr) for name, one in done.items() if one.returncode} == {}
        yield {name: one.stdout for name, one in done.items()}


def test_each_computer_says_its_own_cause_and_none_of_the_others(said: dict[str, str]) -> None:
    """All of it is looked at in one test, because each visit starts a whole browser."""
    causes = {name: [one for one, machine in MACHINES.items() if machine.says in text] for name, text in said.items()}
    assert causes == {"well": []} | {name: [name] for name in MACHINES if MACHINES[name].says}
    for works in (
        "The browser chromium starts.",
        "The keyring can save a password and read it back",
        "The program can open a port",
        "Phones can join at 192.168.43",
    ):
        assert f"✓ {works}" in said["well"].replace("/usr/bin/", "")
    for name in ("managed browser", "no screen"):
        assert "you can answer every check by hand" in said[name].lower()
    assert "secret" not in said["proxy only"], "the password of a proxy"
    [reports] = [line for line in said["employer's cloud"].splitlines() if "Reports: " in line]
    assert "OneDrive" not in reports
    assert reports.startswith("✓")
