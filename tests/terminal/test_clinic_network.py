"""Opening a clinic to phones on networks as people have them: the real command on computers with other networks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import machines
from tests.support.machines import link

pytestmark = pytest.mark.terminal

HOTSPOT = link("wlan0", "192.168.43.57/24")
CABLE = link("enp3s0", "10.20.30.40/24")
VPN = link("tun0", "10.8.0.6/24")
CONTAINERS = link("docker0", "172.17.0.1/16", kind="bridge")
THROUGH_THE_VPN = ["route add default via 10.8.0.1 dev tun0"]
NEWER = link("wlan0", "fd00:1234::57/64")


def opened(tmp_path: Path, network: Sequence[str], *words: str, typed: str = "") -> tuple[str, str]:
    """Open a clinic to phones and end it at once; return what it said and what it complained of."""
    where = ("--memory-only", "--no-open", "--plain", "--out", str(tmp_path / "out"))
    command = ["-m", "privacyaudit", "clinic", "open", "--name", "T", "--role", "teacher", "everyday", "--quick"]
    done = machines.run([*command, *where, "--lan", *words], network=network, typed=typed + "\ny\n")
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def listed(network: Sequence[str]) -> list[tuple[str, str]]:
    """Return the addresses and kinds of network that the program finds there, in order."""
    script = "import json; from privacyaudit.clinic import network; "
    script += "print(json.dumps([(one.address, one.kind.name) for one in network.addresses()]))"
    done = machines.run(["-c", script], network=network)
    return [tuple(one) for one in json.loads(done.stdout)]


def test_the_hotspot_is_found_beside_a_vpn_that_takes_all_traffic(tmp_path: Path) -> None:
    said, trouble = opened(tmp_path, [*HOTSPOT, *VPN, *THROUGH_THE_VPN], "--address", "192.168.43.57")
    assert "To join on a phone: http://192.168.43.57:" in said, trouble


def test_without_being_named_the_one_network_that_a_phone_can_join_is_taken(tmp_path: Path) -> None:
    said, trouble = opened(tmp_path, [*VPN, *CONTAINERS, *HOTSPOT, *THROUGH_THE_VPN], typed="1\ny\n")
    assert "192.168.43.57, Wi-Fi (wlan0)" in said
    assert "To join on a phone: http://192.168.43.57:" in said, trouble


def test_a_travel_router_without_the_internet_is_a_network_too(tmp_path: Path) -> None:
    said, trouble = opened(tmp_path, HOTSPOT, "--address", "192.168.43.57")
    assert "To join on a phone: http://192.168.43.57:" in said, trouble


def test_networks_on_which_no_phone_is_come_last() -> None:
    assert listed([*CONTAINERS, *VPN, *CABLE, *HOTSPOT, *THROUGH_THE_VPN]) == [
        ("192.168.43.57", "WIFI"),
        ("10.20.30.40", "CABLE"),
        ("10.8.0.6", "VPN"),
        ("172.17.0.1", "CONTAINER"),
    ]


def test_a_card_that_is_down_is_not_a_network() -> None:
    assert listed([*HOTSPOT, *CABLE, "link set enp3s0 down"]) == [("192.168.43.57", "WIFI")]


def test_where_only_containers_are_the_sentence_says_so_and_an_address_that_is_named_is_believed(
    tmp_path: Path,
) -> None:
    said, trouble = opened(tmp_path, CONTAINERS)
    assert "not on a network that phones can join" in trouble
    assert "172.17.0.1" in trouble
    assert "hotspot" in trouble
    said, trouble = opened(tmp_path, CONTAINERS, "--address", "172.17.0.1")
    assert "To join on a phone: http://172.17.0.1:" in said, trouble


def test_two_networks_are_named_in_words_and_one_has_to_be_chosen(tmp_path: Path) -> None:
    _said, trouble = opened(tmp_path, [*HOTSPOT, *CABLE])
    assert "more than one address" in trouble
    assert "192.168.43.57, Wi-Fi (wlan0)" in trouble
    assert "10.20.30.40, cable (enp3s0)" in trouble


def test_a_network_with_addresses_of_the_newer_kind_only_is_said_in_a_sentence(tmp_path: Path) -> None:
    for words in ((), ("--address", "fd00:1234::57")):
        _said, trouble = opened(tmp_path, NEWER, *words)
        assert "fd00:1234::57 is a newer kind of address (IPv6)" in trouble
        assert "hotspot" in trouble


def test_only_an_address_that_others_can_use_is_believed(tmp_path: Path) -> None:
    asked = ["192.168.43.57", "10.8.0.6", "192.168.43.99", "0.0.0.0", "127.0.0.1", "224.0.0.1", "wlan0", "fd00::1"]
    script = "import sys; from privacyaudit.clinic import network; "
    script += "print(*(one for one in sys.argv[1:] if network.can_listen(one)))"
    assert machines.run(["-c", script, *asked], network=[*HOTSPOT, *VPN]).stdout.split() == asked[:2]
    _said, trouble = opened(tmp_path, HOTSPOT, "--address", "192.168.43.99")
    assert "does not have that address" in trouble
    assert "192.168.43.57, Wi-Fi" in trouble


MOVES = """
import re, subprocess, sys
def ip(words): subprocess.run(["ip", *words.split()], check=True)
def opened(*words):
    command = [sys.executable, "-m", "privacyaudit", "clinic", "open", "--passphrase-stdin", "--no-open", "--plain"]
    one = subprocess.Popen([*command, *words], text=True, bufsize=1, stdin=-1, stdout=-1, stderr=subprocess.STDOUT)
    one.stdin.write("three quiet words" + chr(10))
    return one
def until(one, words):
    for line in one.stdout:
        print(line, end="")
        if words in line:
            return line
    print("ended with", one.wait())
def board():
    from urllib.request import urlopen
    print("board:", urlopen("http://127.0.0.1:8360/board").read().decode())
new = ("--name", "T", "everyday", "--quick", "--lan", "--address", "192.168.43.57")
one = opened(*new)
until(one, "press Enter")
ip("addr del 192.168.43.57/24 dev wlan0")
ip("addr add 192.168.43.91/24 dev wlan0")
until(one, "a different address now")
until(one, "--resume")
board()
one.kill(), one.wait()
print("RESUMED")
one = opened("--resume", "--lan", "--address", "192.168.43.91")
until(one, "press Enter")
board()
ip("addr del 192.168.43.91/24 dev wlan0")
until(one, "a different address now")
ip("addr add 192.168.43.91/24 dev wlan0")
until(one, "has its old address again")
one.kill()
"""


def test_a_clinic_whose_computer_gets_another_address_says_so_and_goes_on_there(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "PRIVACYAUDIT_DATA": str(tmp_path / "data"), "PYTHONMALLOC": "pymalloc_debug"}
    done = machines.run(["-c", MOVES], network=HOTSPOT, env=home)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    lost, anew = done.stdout.split("RESUMED")
    assert "phones cannot reach it" in lost
    assert "clinic open --resume --lan" in lost
    board = lost.partition("board:")[2]
    assert "a different address now" in board
    assert "192.168.43" not in board
    assert "To join on a phone: http://192.168.43.91:8360/" in anew
    assert "192.168.43.91:8360" in anew.partition("board:")[2]
    assert "Phones can reach it." in anew
    codes = [re.search(r"Code: (\w+)", part) for part in (lost, anew)]
    assert codes[0]
    assert codes[1]
    assert codes[0][1] == codes[1][1]


NAMES = """
import sys
def hook(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostname", "socket.gethostbyname", "socket.gethostbyaddr"):
        print("LOOKED UP", event, arguments, flush=True)
sys.addaudithook(hook)
from privacyaudit.__main__ import main
main()
"""


def test_no_name_is_looked_up_to_find_the_networks_or_to_serve(tmp_path: Path) -> None:
    words = ["clinic", "open", "--name", "T", "everyday", "--quick", "--memory-only", "--no-open", "--plain"]
    done = machines.run(
        ["-c", NAMES, *words, "--out", str(tmp_path), "--lan", "--address", "192.168.43.57"],
        network=HOTSPOT,
        typed="\ny\n",
        env={"PYTHONMALLOC": "pymalloc_debug"},
    )
    assert "To join on a phone: http://192.168.43.57:" in done.stdout, done.stderr
    assert "LOOKED UP" not in done.stdout
