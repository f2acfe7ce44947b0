"""Saved sign-ins and one-time codes, without a system keyring: which one is taken, what is handed out and when."""

from __future__ import annotations

import base64
import re
import sys
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha1, sha256, sha512
from pathlib import Path
from typing import Any

import keyring.core
import keyring.errors
import pyotp
import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from PIL import Image
from pydantic import SecretStr, ValidationError
from typer.testing import CliRunner

from privacyaudit.cli.commands import keys
from privacyaudit.cli.commands.keys import app
from privacyaudit.credentials import qr, sign_ins
from privacyaudit.credentials.keyring import choose_backend
from privacyaudit.credentials.totp import read_totp
from privacyaudit.errors import AuditError, KeyringError, MissingExtra, UsageError
from privacyaudit.model import Platform

ORIGIN = "https://auth.example.org"
SEED = "JBSWY3DPEHPK3PXP"
LONG_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PASSWORD = "correct horse – ünïcode"
ADDRESS = f"otpauth://totp/Example:ann?secret={LONG_SEED}&issuer=Example"


class Shelf(KeyringBackend):
    """Keeps everything in memory. Below zero, so that the keyring library never picks it by itself."""

    priority = -1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError
        del self.kept[service, username]


class Prompting(Shelf):
    """Would ask for a password of its own; here that is a failure of the test."""

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("the keyring was asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("the keyring was asked")


def as_if_from(module: str, kind: type[Shelf] = Shelf, name: str = "Keyring") -> Shelf:
    """Make a keyring whose class says that it comes from a module."""
    made: Shelf = type(name, (kind,), {"__module__": module, "__qualname__": name})()
    return made


def use(monkeypatch: pytest.MonkeyPatch, ring: KeyringBackend) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    ring = as_if_from("keyring.backends.macOS")
    use(monkeypatch, ring)
    return ring


def entry(name: str = "example", origin: str = ORIGIN, totp: str = "") -> sign_ins.SavedSignIn:
    return sign_ins.make_entry(name, origin, "ann", PASSWORD, read_totp(totp) if totp else None)


# -- which keyring ---------------------------------------------------------------------------------


def test_a_known_system_keyring_is_taken(shelf: Shelf) -> None:
    assert choose_backend() is shelf


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        (fail.Keyring(), "no system keyring"),  # type: ignore[no-untyped-call]
        (null.Keyring(), "switched off"),  # type: ignore[no-untyped-call]
        (as_if_from("keyrings.alt.file", Prompting, "PlaintextKeyring"), "in a file"),
        (as_if_from("keyrings.alt.Windows", Prompting, "RegistryKeyring"), "in a file"),
        (as_if_from("keyrings.alt.file", Prompting, "EncryptedKeyring"), "its own password"),
        (as_if_from("keyrings.cryptfile.cryptfile", Prompting, "CryptFileKeyring"), "its own password"),
        (as_if_from("somebody.elses", Prompting), "does not recognise this keyring"),
        (as_if_from("keyring.backends.SecretService.fake", Prompting), "does not recognise this keyring"),
    ],
    ids=lambda value: type(value).__qualname__ if isinstance(value, KeyringBackend) else None,
)
def test_every_other_keyring_is_refused_with_its_own_sentence_and_never_asked(
    monkeypatch: pytest.MonkeyPatch, ring: KeyringBackend, words: str
) -> None:
    use(monkeypatch, ring)
    for call in (
        choose_backend,
        sign_ins.names,
        lambda: sign_ins.save(entry()),
        lambda: sign_ins.find("example"),
    ):
        with pytest.raises(KeyringError, match=words) as refused:
            call()
        assert "by hand" in refused.value.advice


def chain(*members: KeyringBackend) -> KeyringBackend:
    body = {"__module__": "keyring.backends.chainer", "backends": list(members), "priority": -1}
    made: KeyringBackend = type("ChainerBackend", (ChainerBackend,), body)()
    return made


def test_of_a_chain_the_first_safe_member_is_used_and_the_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    safe = as_if_from("keyring.backends.Windows")
    use(monkeypatch, chain(as_if_from("keyrings.cryptfile.cryptfile", Prompting), safe))
    sign_ins.save(entry())
    assert choose_backend() is safe
    assert safe.get_password("privacyaudit", "example")


def test_a_home_that_cannot_be_looked_into_is_told_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> KeyringBackend:
        raise PermissionError(13, "Permission denied", "/home/ann/.config")

    monkeypatch.setattr("keyring.get_keyring", refused)
    with pytest.raises(KeyringError) as told:
        choose_backend()
    assert "/home/ann/.config: Permission denied" in told.value.what
    assert "keyringrc" not in told.value.what


def test_a_chain_without_a_safe_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, chain(as_if_from("keyrings.cryptfile.cryptfile", Prompting)))
    with pytest.raises(KeyringError, match="its own password"):
        choose_backend()
    use(monkeypatch, chain())
    with pytest.raises(KeyringError, match="no system keyring"):
        choose_backend()


@pytest.mark.parametrize("name", ["bogus", "bogus.Keyring", "keyring.backends.fail.Nothing"])
def test_a_keyring_that_is_chosen_but_not_there_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(KeyringError, match="PYTHON_KEYRING_BACKEND names cannot be used"):
        choose_backend()


@pytest.mark.parametrize("kind", [keyring.errors.KeyringLocked, keyring.errors.InitError])
def test_a_window_that_was_closed_means_locked(monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    class Closed(Shelf):
        def get_password(self, service: str, username: str) -> str | None:
            raise kind("Prompt dismissed..")

    use(monkeypatch, as_if_from("keyring.backends.macOS", Closed))
    with pytest.raises(KeyringError, match="locked"):
        sign_ins.find("example")


def test_a_keyring_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    class Waiting(Shelf):
        def get_password(self, service: str, username: str) -> str | None:
            answered.wait()
            return None

    use(monkeypatch, as_if_from("keyring.backends.macOS", Waiting))
    monkeypatch.setattr("privacyaudit.credentials.keyring.PATIENCE", 0.1)
    began = time.monotonic()
    with pytest.raises(KeyringError, match="did not answer") as refused:
        sign_ins.find("example")
    answered.set()
    assert time.monotonic() - began < 5
    assert "window" in refused.value.advice


# -- saving ----------------------------------------------------------------------------------------


def test_what_is_saved_comes_back_and_can_be_forgotten(shelf: Shelf) -> None:
    sign_ins.save(entry("one", totp=SEED))
    sign_ins.save(entry("two"))
    assert sign_ins.find("one") == entry("one", totp=SEED)
    assert sign_ins.names() == ("one", "two")
    assert sign_ins.forget("one") is True
    assert sign_ins.forget("one") is False
    assert sign_ins.names() == ("two",)
    assert sign_ins.find("one") is None
    assert sign_ins.forget_all() == ("two",)
    assert shelf.kept == {}


def test_the_list_of_names_holds_names_only(shelf: Shelf) -> None:
    sign_ins.save(entry("one"))
    assert shelf.kept["privacyaudit", sign_ins.INDEX] == '["one"]'
    assert sign_ins.forget(sign_ins.INDEX) is False
    assert sign_ins.names() == ("one",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(user=st.text(min_size=1), password=st.text(min_size=1))
@pytest.mark.usefixtures("shelf")
def test_every_user_name_and_password_comes_back_as_it_was(user: str, password: str) -> None:
    made = sign_ins.make_entry("example", ORIGIN, user, password)
    sign_ins.save(made)
    found = sign_ins.find("example")
    assert found
    assert (found.user.get_secret_value(), found.password.get_secret_value()) == (user, password)


@pytest.mark.parametrize(("user", "password"), [("", "secret"), ("ann", ""), ("ann", "secret\udcff")])
def test_an_empty_or_broken_sign_in_is_refused(user: str, password: str) -> None:
    with pytest.raises(UsageError) as refused:
        sign_ins.make_entry("example", ORIGIN, user, password)
    assert "secret" not in str(refused.value)


def garbled(text: str | None) -> str | None:
    return text and text.replace("ann", "bob")


@pytest.mark.parametrize("wrong", [lambda _text: None, lambda text: text and text[:-1], garbled])
def test_what_does_not_come_back_as_it_was_is_removed_again(
    monkeypatch: pytest.MonkeyPatch, wrong: Callable[[str | None], str | None]
) -> None:
    class Wrong(Shelf):
        def get_password(self, service: str, username: str) -> str | None:
            kept = super().get_password(service, username)
            return wrong(kept) if username == "example" else kept

        def delete_password(self, service: str, username: str) -> None:
            self.kept.pop((service, username), None)

    ring = as_if_from("keyring.backends.macOS", Wrong)
    use(monkeypatch, ring)
    with pytest.raises(KeyringError):
        sign_ins.save(entry())
    assert sign_ins.INDEX not in [name for _service, name in ring.kept]


def test_a_keyring_that_forgets_the_list_is_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoList(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            if username != sign_ins.INDEX:
                super().set_password(service, username, password)

    ring = as_if_from("keyring.backends.macOS", NoList)
    use(monkeypatch, ring)
    with pytest.raises(KeyringError, match="did not return"):
        sign_ins.save(entry())
    assert ring.kept == {}


@pytest.mark.parametrize("raw", ["", "no json", "{}", '{"name": "example"}', "[1]", '"x"'])
def test_a_saved_sign_in_that_cannot_be_read_gets_a_sentence_and_can_be_forgotten(shelf: Shelf, raw: str) -> None:
    sign_ins.save(entry())
    shelf.kept["privacyaudit", "example"] = raw
    with pytest.raises(KeyringError, match="cannot read") as refused:
        sign_ins.find("example")
    assert "keys forget example" in refused.value.advice
    assert sign_ins.forget("example") is True


@pytest.mark.parametrize("raw", ["no json", "3", "{"])
def test_a_list_of_names_that_cannot_be_read_gets_a_sentence(shelf: Shelf, raw: str) -> None:
    shelf.kept["privacyaudit", sign_ins.INDEX] = raw
    for call in (sign_ins.names, sign_ins.forget_all, lambda: sign_ins.save(entry())):
        with pytest.raises(KeyringError, match="list of saved sign-ins"):
            call()


def test_a_sign_in_that_stays_although_it_was_removed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn(Shelf):
        def delete_password(self, service: str, username: str) -> None:
            """Do nothing."""

    use(monkeypatch, as_if_from("keyring.backends.macOS", Stubborn))
    sign_ins.save(entry())
    with pytest.raises(KeyringError, match="did not remove"):
        sign_ins.forget("example")


# -- nothing leaks ---------------------------------------------------------------------------------


def test_no_secret_is_in_a_repr_or_a_dump() -> None:
    made = entry(totp=SEED)
    for shown in (repr(made), str(made), f"{made}", repr(made.totp), str(made.model_dump()), made.model_dump_json()):
        assert "ann" not in shown
        assert PASSWORD not in shown
        assert SEED not in shown


def told_with_values(error: BaseException) -> str:
    """Return a traceback that shows the values of every frame."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def test_no_secret_is_in_an_error_even_with_the_values_of_every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chatty(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            if username != sign_ins.INDEX:
                raise RuntimeError(f"cannot write {password!r}")

    use(monkeypatch, as_if_from("keyring.backends.macOS", Chatty))
    made = entry(totp=SEED)
    with pytest.raises(KeyringError, match=r"did not work \(RuntimeError\)") as refused:
        sign_ins.save(made)
    told = told_with_values(refused.value)
    assert "horse" not in told
    assert SEED not in told


def test_no_secret_is_in_the_error_about_a_sign_in_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cut(Shelf):
        def get_password(self, service: str, username: str) -> str | None:
            return '{"name": "example", "password": "hunter2"'

    use(monkeypatch, as_if_from("keyring.backends.macOS", Cut))
    with pytest.raises(KeyringError, match="cannot read") as refused:
        sign_ins.find("example")
    told = told_with_values(refused.value)
    assert "hunter2" not in told


def test_a_broken_entry_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValidationError) as refused:
        sign_ins.SavedSignIn.model_validate(
            {"name": "x", "origin": ORIGIN, "user": "ann", "password": ["hunter2"], "totp": {"seed": 7070}}
        )
    assert "hunter2" not in str(refused.value)
    assert "7070" not in str(refused.value)


def test_a_wrong_key_is_not_repeated() -> None:
    for text in (
        "hunter2-hunter2-hunter2!",
        f"otpauth://totp/x?secret={LONG_SEED}&digits=99",
        "otpauth://hotp/x?secret=AA",
    ):
        with pytest.raises(UsageError) as refused:
            read_totp(text)
        told = "".join(traceback.TracebackException.from_exception(refused.value).format())
        assert "hunter2" not in told
        assert LONG_SEED not in told


# -- the origin ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shelf")
def test_a_sign_in_is_handed_out_for_its_own_origin_only() -> None:
    sign_ins.save(entry())
    assert sign_ins.for_origins("example", [ORIGIN]) == entry()
    for other in (
        "https://auth.example.org.evil.test",
        "https://example.org",
        "http://auth.example.org",
        "https://auth.example.org:8443",
        "https://auth.example.org/",
        "https://AUTH.example.org",
        "",
    ):
        with pytest.raises(KeyringError, match=f"is for {re.escape(ORIGIN)}") as refused:
            sign_ins.for_origins("example", [other])
        assert "Nothing was typed" in refused.value.what


@pytest.mark.usefixtures("shelf")
def test_a_sign_in_that_is_not_there_gets_a_sentence() -> None:
    with pytest.raises(KeyringError, match="You have not saved a sign-in for example"):
        sign_ins.for_origins("example", [ORIGIN])
    with pytest.raises(KeyringError, match="You have not saved a sign-in for example"):
        sign_ins.saved("example")


@pytest.mark.parametrize(
    "origin",
    ["https://example.org/", "https://example.org/login", "http://example.org", "ftp://example.org", "{site}", ""],
)
def test_only_a_bare_safe_origin_can_be_saved(origin: str) -> None:
    with pytest.raises(UsageError):
        sign_ins.make_entry("example", origin, "ann", PASSWORD)


def platform(**sign_in: Any) -> Platform:
    return Platform.model_validate(
        {"id": "example", "name": "Example", "group": "social", "notice": "None.", "sign_in": sign_in or None}
    )


FORM = {"user": {"field": "u"}, "password": {"field": "p"}, "submit": {"field": "s"}}


def test_the_origin_is_where_the_form_stands() -> None:
    assert sign_ins.origins_for(platform(open="https://example.org/login", form=FORM)) == ("https://example.org",)
    elsewhere = FORM | {"origin": "https://login.example.org:8443/x"}
    moved = platform(open="https://example.org/login", form=elsewhere)
    assert sign_ins.origins_for(moved) == ("https://login.example.org:8443",)


def test_a_sign_in_that_moves_elsewhere_can_be_bound_to_one_of_the_named_hosts_and_to_no_other() -> None:
    offered = sign_ins.origins_for(platform(open="https://example.org/login", hosts=["auth.example.net"], form=FORM))
    assert sign_ins.choose_origin(offered, "") == "https://example.org"
    assert sign_ins.choose_origin(offered, "https://auth.example.net/x") == "https://auth.example.net"
    with pytest.raises(UsageError, match="cannot sign in to this platform at"):
        sign_ins.choose_origin(offered, "https://evil.example.com")


def test_without_a_form_or_an_address_there_is_no_origin() -> None:
    for one in (platform(), platform(open="https://example.org/login")):
        with pytest.raises(UsageError, match="cannot sign in to Example"):
            sign_ins.origins_for(one)
    with pytest.raises(UsageError, match="more than one address"):
        sign_ins.origins_for(platform(open="{site}/login", form=FORM))


# -- codes -----------------------------------------------------------------------------------------

RFC_6238 = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]


@pytest.mark.parametrize(("at", "of_sha1", "of_sha256", "of_sha512"), RFC_6238)
def test_codes_are_those_of_rfc_6238(at: int, of_sha1: str, of_sha256: str, of_sha512: str) -> None:
    digits = b"1234567890" * 7
    for algorithm, length, expected in (("SHA1", 20, of_sha1), ("SHA256", 32, of_sha256), ("SHA512", 64, of_sha512)):
        seed = base64.b32encode(digits[:length]).decode().rstrip("=")
        totp = read_totp(f"otpauth://totp/x?secret={seed}&digits=8&algorithm={algorithm}")
        assert totp.code(at // 30) == expected


@given(
    st.binary(min_size=14, max_size=80),
    st.integers(6, 8),
    st.integers(10, 120),
    st.sampled_from([sha1, sha256, sha512]),
    st.integers(0, 2**40),
)
def test_an_otpauth_address_gives_the_codes_that_pyotp_gives(
    key: bytes, digits: int, period: int, digest: Any, at: int
) -> None:
    seed = base64.b32encode(key).decode().rstrip("=")
    other = pyotp.TOTP(seed, digits=digits, interval=period, digest=digest, name="ann@x.org", issuer="A & B: C")
    totp = read_totp(other.provisioning_uri())
    assert totp.code(at) == other.generate_otp(at)


@given(
    st.binary(min_size=10, max_size=64),
    st.integers(1, 6),
    st.sampled_from([" ", "-", "\n", "\u2009", " – "]),
    st.booleans(),
)
def test_a_key_may_have_spaces_dashes_and_small_letters(key: bytes, size: int, between: str, small: bool) -> None:
    seed = base64.b32encode(key).decode()
    shown = between.join(seed[i : i + size] for i in range(0, len(seed), size))
    totp = read_totp(f" {shown.lower() if small else shown}\n")
    assert totp.seed.get_secret_value() == seed.rstrip("=")
    assert len(totp.code(1)) == 6


@given(
    st.text()
    | st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567= -otpauth:/?&")
    | st.builds(str.__add__, st.just("otpauth://"), st.text())
)
def test_whatever_is_given_as_a_key_is_one_that_works_or_is_refused(text: str) -> None:
    with suppress(UsageError):
        assert read_totp(text).code(1).isdigit()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a key"),
        ("123456", "not a key"),
        ("234567", "not a key"),
        ("JBSWY3DPEHPK3PX", "not a key"),
        ("JBSWY3DPEHPK3PX0", "not a key"),
        ("JBSWY3DPEHPK3PXPA", "not a key"),
        ("JBSWY3DPEHPK3PXß", "not a key"),
        ("otpauth://totp/x", "not a key"),
        (f"otpauth://hotp/x?secret={SEED}&counter=1", "by counting"),
        ("otpauth-migration://offline?data=abc", "bundle of keys"),
        (f"otpauth://totp/x?secret={SEED}&digits=5", "kind of code"),
        (f"otpauth://totp/x?secret={SEED}&period=0", "kind of code"),
        (f"otpauth://totp/x?secret={SEED}&period=soon", "kind of code"),
        (f"otpauth://totp/x?secret={SEED}&algorithm=MD5", "kind of code"),
        (f"otpauth://totp/x?secret={SEED}&encoder=steam", "kind of code"),
        (f"otpauth://steam/x?secret={SEED}", "kind of code"),
        ("otpauth://[/x", "kind of code"),
    ],
)
def test_each_wrong_key_gets_its_sentence(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_totp(text)


class Clock:
    """A clock that stands still until somebody waits."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def code(self, made: sign_ins.SavedSignIn) -> str:
        return sign_ins.next_code(made, self, self.wait)


@pytest.mark.usefixtures("shelf")
def test_a_code_is_given_at_once_and_the_next_one_waits_for_its_turn() -> None:
    made = entry(totp=LONG_SEED)
    sign_ins.save(made)
    clock = Clock(1000.0)
    totp = pyotp.TOTP(LONG_SEED)
    assert clock.code(made) == totp.at(1000)
    assert clock.waited == []
    assert clock.code(made) == totp.at(1020)
    assert clock.waited == [20.0]


def test_that_a_step_is_used_up_is_saved_before_the_code_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(Shelf):
        full = False

        def set_password(self, service: str, username: str, password: str) -> None:
            if self.full:
                raise keyring.errors.PasswordSetError
            super().set_password(service, username, password)

    ring = as_if_from("keyring.backends.macOS", Full)
    use(monkeypatch, ring)
    made = entry(totp=SEED)
    sign_ins.save(made)
    ring.full = True  # type: ignore[attr-defined]
    with pytest.raises(KeyringError):
        Clock(1000.0).code(made)
    ring.full = False  # type: ignore[attr-defined]
    Clock(1000.0).code(made)
    assert sign_ins.saved("example").last_step == 33


@pytest.mark.usefixtures("shelf")
def test_what_is_saved_counts_and_not_an_entry_that_was_read_earlier() -> None:
    made = entry(totp=SEED)
    sign_ins.save(made)
    Clock(1000.0).code(made)
    later = Clock(1001.0)
    later.code(made)
    assert later.waited == [19.0]
    sign_ins.save(made)
    assert sign_ins.saved("example").last_step == 34, "saving the same key again must not make its codes fresh"


@pytest.mark.usefixtures("shelf")
def test_no_code_is_handed_out_with_less_than_three_seconds_to_live() -> None:
    made = entry(totp=LONG_SEED)
    sign_ins.save(made)
    clock = Clock(1017.5)
    assert clock.code(made) == pyotp.TOTP(LONG_SEED).at(1020)
    assert clock.waited == [2.5]


def test_a_code_that_grew_old_while_the_keyring_was_slow_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(1000.0)

    class Slow(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password)
            if clock.now == 1000.0 and username == "example" and '"last_step": 33' in password:
                clock.now = 1018.0

    use(monkeypatch, as_if_from("keyring.backends.macOS", Slow))
    made = entry(totp=LONG_SEED)
    sign_ins.save(made)
    assert clock.code(made) == pyotp.TOTP(LONG_SEED).at(1020)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.sampled_from([10, 30, 60]))
def test_however_often_it_is_asked_no_step_is_used_twice_and_each_code_lives(
    shelf: Shelf, pauses: list[float], period: int
) -> None:
    shelf.kept.clear()
    made = entry(totp=f"otpauth://totp/x?secret={SEED}&period={period}")
    sign_ins.save(made)
    clock = Clock(1_000_000.0)
    steps = []
    for pause in pauses:
        clock.now += pause
        clock.code(made)
        steps.append(sign_ins.saved("example").last_step)
        assert steps[-1] == clock.now // period
        assert period - clock.now % period >= sign_ins.LEAST_LIFE
    assert len(set(steps)) == len(steps)


@pytest.mark.usefixtures("shelf")
def test_a_clock_that_went_back_is_told_instead_of_waited_for() -> None:
    made = entry(totp=SEED)
    sign_ins.save(made)
    Clock(2_000_000_000.0).code(made)
    early = Clock(1_700_000_000.0)
    with pytest.raises(KeyringError, match="clock"):
        early.code(made)
    assert early.waited == []


@pytest.mark.usefixtures("shelf")
def test_without_a_key_there_is_no_code() -> None:
    sign_ins.save(entry())
    with pytest.raises(KeyringError, match="has no key for one-time codes"):
        sign_ins.next_code(entry())


@pytest.mark.usefixtures("shelf")
def test_a_code_is_not_given_for_a_sign_in_that_has_moved_meanwhile() -> None:
    before = entry(totp=SEED)
    sign_ins.save(entry(origin="https://elsewhere.example.org", totp=SEED))
    with pytest.raises(KeyringError, match="is for https://elsewhere"):
        sign_ins.next_code(before)


# -- pictures --------------------------------------------------------------------------------------


def picture(path: Path, *texts: str, **looks: Any) -> Path:
    """Save a picture with QR codes side by side."""
    drawn = []
    for number, text in enumerate(texts):
        segno.make(text, micro=False).save(str(path.with_suffix(f".{number}.png")), scale=5, **looks)
        drawn.append(Image.open(path.with_suffix(f".{number}.png")).convert("RGBA"))
    sheet = Image.new("RGBA", (sum(d.width + 40 for d in drawn), max(d.height for d in drawn)), (255, 255, 255, 0))
    left = 0
    for one in drawn:
        sheet.paste(one, (left, 0))
        left += one.width + 40
    (sheet if path.suffix in (".png", ".webp", ".gif") else sheet.convert("RGB")).save(path)
    return path


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp", ".gif", ".bmp"])
def test_a_key_is_read_from_a_picture(tmp_path: Path, ending: str) -> None:
    read = qr.read_picture(picture(tmp_path / f"code{ending}", ADDRESS))
    assert read == ADDRESS
    assert read_totp(read).seed == SecretStr(LONG_SEED)


@pytest.mark.parametrize(
    "looks", [{"light": None}, {"dark": "white", "light": "black"}, {"dark": "#333", "light": "#ddd"}]
)
def test_see_through_dark_and_grey_codes_are_read_too(tmp_path: Path, looks: dict[str, str | None]) -> None:
    assert qr.read_picture(picture(tmp_path / "code.png", ADDRESS, **looks)) == ADDRESS


def test_the_same_code_twice_is_one_code(tmp_path: Path) -> None:
    assert qr.read_picture(picture(tmp_path / "code.png", ADDRESS, ADDRESS)) == ADDRESS


def png_that_claims(width: int, height: int) -> bytes:
    """Return the beginning of a PNG file, which is all that should be read of a vast one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))


def test_each_wrong_picture_gets_its_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    Image.new("RGB", (200, 200), "white").save(empty)
    broken = tmp_path / "broken.png"
    broken.write_bytes(empty.read_bytes()[:60])
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    script = tmp_path / "drawing.png"
    script.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")
    vast = tmp_path / "vast.png"
    vast.write_bytes(png_that_claims(40_000, 30_000))
    heavy = tmp_path / "heavy.png"
    with heavy.open("wb") as file:
        file.truncate(qr.MOST_BYTES + 1)
    for path, words in (
        (empty, "no QR code"),
        (picture(tmp_path / "two.png", ADDRESS, ADDRESS.replace("ann", "bob")), "2 different"),
        (picture(tmp_path / "link.png", "https://example.org/"), "for something else"),
        (broken, "as a picture"),
        (text, "as a picture"),
        (script, "as a picture"),
        (vast, "too big"),
        (heavy, "too big"),
        (tmp_path / "missing.png", "no file"),
        (tmp_path, "no file"),
    ):
        with pytest.raises(UsageError, match=words) as refused:
            qr.read_picture(path)
        assert LONG_SEED not in refused.value.what
        assert refused.value.advice


def test_a_picture_of_a_whole_bundle_of_keys_gets_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="bundle of keys"):
        read_totp(qr.read_picture(picture(tmp_path / "code.png", "otpauth-migration://offline?data=CjEKCkhlbGxv")))


def test_without_the_part_that_reads_pictures_its_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "code.png", ADDRESS)
    for missing in ("zxingcpp", "PIL.Image"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, missing, None)
            with pytest.raises(MissingExtra) as refused:
                qr.read_picture(path)
        assert 'pip install "privacyaudit[qr]"' in refused.value.advice
    assert qr.read_picture(path) == ADDRESS


# -- the commands ----------------------------------------------------------------------------------

CHECKLIST = """
schema: "2"
platform:
  id: lantern
  name: Lantern
  group: social
  site: { ask: "Which server?" }
  hosts: ["{site}"]
  sign_in:
    open: "{site}/login"
    form: { user: { field: u }, password: { field: p }, submit: { field: s }, code: { field: c } }
  notice: A pretend platform of the tests.
screens: [{ id: settings, title: Settings }]
checks:
  - id: lantern.one
    title: One
    area: contact
    severity: low
    question: One?
    why: Because.
    screen: settings
    options: [{ id: "yes", label: "Yes", verdict: pass }, { id: "no", label: "No", verdict: fail }]
    fix: [Do it.]
    confidence: low
"""


@pytest.fixture
def commands(
    shelf: Shelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., Any]]:
    """Run the sub-app with a keyring in memory, empty at first, and one platform of our own."""
    assert shelf.kept == {}
    from privacyaudit.storage import folders

    folder = tmp_path / "checklists"
    folder.mkdir()
    (folder / "lantern.yaml").write_text(CHECKLIST)
    monkeypatch.setattr(folders, "own_checklists", lambda: folder)
    monkeypatch.setattr(keys, "need_typist", lambda _otherwise: None)  # a CliRunner types, and is no terminal

    def run(*words: str, typed: str | bytes = "") -> Any:
        result = CliRunner().invoke(app, words, input=typed)
        for secret in ("hunter2", SEED):
            assert secret not in result.output
        return result

    yield run
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["lantern.yaml"], "a file was written"


SITE = ("--site", "https://lantern.example.org")


def test_add_asks_and_says_where_it_will_type(commands: Callable[..., Any]) -> None:
    result = commands("add", "lantern", *SITE, typed=f"ann\n hunter2 \n{SEED.lower()}\n")
    assert result.exit_code == 0, result.output
    assert "types it only at https://lantern.example.org." in result.output
    made = sign_ins.saved("lantern")
    assert made.user.get_secret_value() == "ann"
    assert made.password.get_secret_value() == " hunter2 "
    assert made.totp


def test_add_asks_again_for_a_wrong_key_and_takes_none(commands: Callable[..., Any]) -> None:
    result = commands("add", "lantern", *SITE, typed="ann\nhunter2\n123456\n\n")
    assert result.exit_code == 0, result.output
    assert "not a key" in result.output
    assert sign_ins.saved("lantern").totp is None


def test_add_takes_lines_from_a_script(commands: Callable[..., Any]) -> None:
    words = ("add", "lantern", *SITE, "--user", "ann", "--password-stdin", "--totp-stdin")
    assert commands(*words, typed=f" hunter2 \r\n{SEED}\r\n").exit_code == 0
    made = sign_ins.saved("lantern")
    assert made.password.get_secret_value() == " hunter2 "
    assert made.totp


@pytest.mark.parametrize("typed", [b"", b"\n", b"\xff\xfe\n", b"hunter2\nwrong\n", b"hunter2\n"])
def test_add_refuses_lines_that_are_missing_or_wrong_and_saves_nothing(
    commands: Callable[..., Any], typed: bytes
) -> None:
    words = ("add", "lantern", *SITE, "--user", "ann", "--password-stdin", "--totp-stdin")
    assert isinstance(commands(*words, typed=typed).exception, UsageError)
    assert sign_ins.names() == ()


@pytest.mark.parametrize(
    "words",
    [
        ("add", "lantern", *SITE, "--password-stdin"),
        ("add", "lantern", *SITE, "--totp-stdin"),
        ("add", "lantern", *SITE, "--user", "ann", "--totp-stdin"),
        ("add", "lantern", *SITE, "--user", "ann", "--password-stdin", "--totp-stdin", "--qr", "x.png"),
        ("add", "lantern"),
        ("add", "lantern", "--site", "http://lantern.example.org"),
        ("add", "nosuch"),
        ("forget",),
        ("forget", "lantern", "--all"),
        ("forget", "lantern"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_asked(
    commands: Callable[..., Any], words: tuple[str, ...]
) -> None:
    result = commands(*words)
    assert isinstance(result.exception, UsageError), result.output
    assert result.exception.advice
    assert "Password" not in result.output


def test_add_refuses_an_unsafe_keyring_before_it_asks_for_a_password(
    commands: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, null.Keyring())  # type: ignore[no-untyped-call]
    result = commands("add", "lantern", *SITE, typed="ann\nhunter2\n\n")
    assert isinstance(result.exception, KeyringError)
    assert "Password" not in result.output


def test_add_reads_a_picture(commands: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = picture(tmp_path_factory.mktemp("pictures") / "code.png", ADDRESS)
    assert commands("add", "lantern", *SITE, "--qr", str(path), typed="ann\nhunter2\n").exit_code == 0
    assert sign_ins.saved("lantern").totp == read_totp(ADDRESS)


def test_there_is_no_way_to_give_a_password_on_the_command_line(commands: Callable[..., Any]) -> None:
    result = commands("add", "lantern", *SITE, "--user", "ann", "--password", "secret")
    assert result.exit_code == 2
    assert sign_ins.names() == ()


def test_list_shows_names_and_origins_and_no_secret(commands: Callable[..., Any]) -> None:
    assert "You have not saved any sign-ins." in commands("list").output
    sign_ins.save(sign_ins.make_entry("lantern", ORIGIN, "ann-the-user", "hunter2", read_totp(SEED)))
    sign_ins.save(sign_ins.make_entry("zebra", ORIGIN, "ann-the-user", "hunter2"))
    lines = commands("list").output.splitlines()
    assert lines == [f"lantern: {ORIGIN}, with one-time codes", f"zebra: {ORIGIN}, without one-time codes"]


def test_code_prints_the_code_alone_and_says_how_long_it_lasts(
    commands: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(1_000_000_000.0)
    monkeypatch.setattr(time, "time", clock)
    monkeypatch.setattr(time, "sleep", clock.wait)
    monkeypatch.setattr(sign_ins.next_code, "__defaults__", (clock, clock.wait))
    sign_ins.save(sign_ins.make_entry("lantern", ORIGIN, "ann", "hunter2", read_totp(LONG_SEED)))
    first = commands("code", "lantern")
    assert first.stdout == pyotp.TOTP(LONG_SEED).at(1_000_000_000) + "\n"
    assert first.stderr == "This code lasts 20 seconds.\n"
    second = commands("code", "lantern")
    assert second.stdout == pyotp.TOTP(LONG_SEED).at(1_000_000_020) + "\n"
    assert "Next code in 20 seconds." in second.stderr
    assert clock.waited == [20.0]


def test_code_for_what_is_not_saved_gets_a_sentence(commands: Callable[..., Any]) -> None:
    assert isinstance(commands("code", "lantern").exception, AuditError)


def test_forget_removes_one_or_all_and_says_which(commands: Callable[..., Any]) -> None:
    for name in ("one", "two", "three"):
        sign_ins.save(entry(name))
    assert "Removed: two." in commands("forget", "two").output
    assert "Removed: one, three." in commands("forget", "--all").output
    assert "You have not saved any sign-ins." in commands("forget", "--all").output


def test_the_commands_load_no_keyring_until_they_need_one() -> None:
    import subprocess

    snippet = "import sys, privacyaudit.cli.commands.keys; print([m for m in ('keyring', 'PIL') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", snippet], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
