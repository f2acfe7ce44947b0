"""The outside view: what anybody can read of a name, with nobody signed in.

Each address is public and documented, and is asked for once, with GET. The client is `http.client` of the standard
library, for what it does not do: it follows no redirect, keeps no cookie, unpacks no compressed reply, and reads no
proxy, password or setting from the environment. `urllib.request`, requests and httpx do some of these by themselves,
and switching them off is easier to get wrong than not having them. Its only way out is the gate, which knows the
platform's hosts, and which is shut when the time is up, so that a reply that drips cannot keep the program.

The name that the person typed is in memory only. It goes to the platform's server and nowhere else: no observation,
record, journal or message holds it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from privacyaudit.browser import reach
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.reply_bodies import no_number
from privacyaudit.clock import now
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import USER, Observation, OutsideProbe, Platform, ReaderName, Reason, has_address
from privacyaudit.model.reply_path import Gap, holds_of, value_at
from privacyaudit.plan import Item
from privacyaudit.readers.probe import Answer, meaning

MOST_BYTES = 2_000_000
MOST_SECONDS = 15.0

_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "privacyaudit"}
_NO_SUCH = (400, 404, 410)
_REFUSED = (401, 403, 429)


@dataclass(frozen=True)
class OutsideReader:
    """Look at platforms from outside. `names` maps a platform's id to a name there; `tell` says what is going on."""

    names: Mapping[str, str] = field(repr=False)
    tell: Callable[[str], None] = lambda _sentence: None
    seconds: float = MOST_SECONDS
    name: ReaderName = "outside"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        """Yield an observation per probe; each address is asked for once.

        A name that the platform does not know gives *not_found* for every check, whatever else came.
        """
        platforms: dict[str, list[Item]] = {}
        for item in items:
            if item.checklist.platform.id in self.names and any(has_address(probe.get) for probe in item.check.outside):
                platforms.setdefault(item.checklist.platform.id, []).append(item)
        for mine in platforms.values():
            yield from self._platform(mine)

    def _platform(self, items: Sequence[Item]) -> Iterator[tuple[str, Observation]]:
        platform = items[0].checklist.platform
        self.tell(_("Looking at {platform} from outside …").format(platform=_(platform.name)))
        name = self.names[platform.id]
        replies: dict[str, Any] = {}

        def reply(template: str) -> Any:
            if template not in replies:
                replies[template] = fetch(
                    template.replace(USER, quote(name, safe="")), platform.hosts, seconds=self.seconds
                )
            return replies[template]

        trouble = _unknown(platform, name, reply)
        if trouble is Reason.NOT_FOUND:
            self.tell(
                _(
                    "{platform} does not show anyone with that name. Check the spelling, and check which server the "
                    "account is on."
                ).format(platform=_(platform.name))
            )
        for item in items:
            for number, probe in enumerate(item.check.outside):
                answer = trouble or answer_of(probe, reply(probe.get), name)
                yield item.check.id, _observation(answer, number)


def names_typed(pairs: Iterable[str], platforms: Iterable[Platform], ask: Callable[[str], str]) -> dict[str, str]:
    """Return platform id to name from `PLATFORM=NAME` words; `ask` asks for the name where there is only `PLATFORM`.

    Raises UsageError, which never says the name, for a platform that is not audited or has no outside view, and for
    what cannot be a name there.
    """
    known = {platform.id: platform for platform in platforms}
    names: dict[str, str] = {}
    for pair in pairs:
        which, _equals, typed = pair.partition("=")
        platform = known.get(which)
        if platform is None:
            raise UsageError(
                _("--outside names a platform that is not part of this audit."),
                _("Write it like --outside mastodon=NAME, and add the platform."),
            )
        if platform.outside is None:
            raise UsageError(
                _("This program cannot look at {platform} from outside.").format(platform=_(platform.name)),
                _("Open your profile in a private window and look for yourself."),
            )
        if which in names:
            raise UsageError(
                _("--outside names {platform} twice.").format(platform=_(platform.name)),
                _("Look at one name at a time."),
            )
        names[which] = _name(platform, typed or ask(_(platform.outside.ask)))
    return names


def _name(platform: Platform, typed: str) -> str:
    """Return a name as it is asked for, without blanks around it and without an @ in front."""
    assert platform.outside is not None
    name = typed.strip().removeprefix("@")
    if not name.isprintable() or not re.fullmatch(platform.outside.written, name):
        raise UsageError(
            _("What you typed cannot be a name on {platform}. Nothing was sent.").format(platform=_(platform.name)),
            _(platform.outside.ask),
        )
    return name


def _unknown(platform: Platform, name: str, reply: Callable[[str], Any]) -> Reason | None:
    """Return why nothing can be told of a name, or None when the platform says that it is somebody's."""
    known = platform.outside.known if platform.outside else None
    if known is None:
        return None
    answer = reply(known.get)
    if isinstance(answer, Reason):
        return answer
    came = _came(answer, name)
    vetoes = [value_at(path, came) for path in known.unless]
    if any(value not in (False, Gap.MISSING) for value in vetoes):
        return Reason.NOT_FOUND
    said = value_at(known.path, came)
    return None if isinstance(said, str) and _same(said, name) else Reason.NOT_FOUND


def _same(one: str, other: str) -> bool:
    return one.casefold().replace("_", " ") == other.casefold().replace("_", " ")


def answer_of(probe: OutsideProbe, reply: Any, name: str) -> Answer:
    """Return the option id that a probe finds in a reply, or why it finds none."""
    if isinstance(reply, Reason):
        return reply
    came = _came(reply, name)
    value = value_at(probe.path, came)
    if value is Gap.UNFIT:
        return Reason.UNLISTED_VALUE
    if not isinstance(value, Gap):
        return meaning(value, probe.means)
    if probe.absent and holds_of(probe.absent.when, came):
        return probe.absent.option
    return Reason.NOT_FOUND


def _came(reply: Any, name: str) -> dict[str, Any]:
    return {"reply": reply, "user": name.lower()}


def _observation(answer: Answer, number: int) -> Observation:
    if isinstance(answer, Reason):
        return Observation(reader="outside", probe=number, reason=answer, at=now())
    return Observation(reader="outside", probe=number, option=answer, at=now())


# -- one address -----------------------------------------------------------------------------------


def fetch(url: str, hosts: Iterable[str], *, seconds: float = MOST_SECONDS) -> Any:
    """Return the JSON that a public address answers with, or the Reason why there is none.

    `hosts` are those of the platform, `seconds` the time for everything from the first connection to the last byte.
    """
    gate = Gate(hosts)
    late = threading.Event()

    def cut() -> None:
        late.set()
        gate.close()

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        came = _ask(gate, url, seconds)
    except TimeoutError:
        came = Reason.TIMED_OUT
    except (OSError, HTTPException) as error:
        came = Reason.BLOCKED_BY_GUARD if gate.traffic.refused() else reach.reason_of(error, url)
    finally:
        timer.cancel()
        gate.close()
    return Reason.TIMED_OUT if late.is_set() else came


def _ask(gate: Gate, url: str, seconds: float) -> Any:
    parts = urlsplit(url)
    assert parts.hostname
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind("127.0.0.1", gate.port, timeout=seconds)
    connection.set_tunnel(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers=_HEADERS)
        response = connection.getresponse()
        return _why_not(response) or _json(response)
    finally:
        connection.close()


def _why_not(response: HTTPResponse) -> Reason | None:
    """Return why a reply is not read, judging by what stands before it."""
    if response.status in _NO_SUCH:
        return Reason.NOT_FOUND
    if response.status in _REFUSED:
        return Reason.CHALLENGE
    if 300 <= response.status < 400:
        return Reason.PAGE_MOVED
    if response.status != 200 or response.headers.get("content-encoding", "identity") != "identity":
        return Reason.SITE_ERROR
    kind = response.headers.get_content_type()
    return None if kind == "application/json" or kind.endswith("+json") else Reason.PAGE_MOVED


def _json(response: HTTPResponse) -> Any:
    """Read a reply of at most `MOST_BYTES`; one that breaks off, is larger, or is not plain JSON is *site_error*."""
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES or response.length:
        return Reason.SITE_ERROR
    try:
        return json.loads(body, object_pairs_hook=_once_each, parse_constant=no_number)
    except (ValueError, RecursionError):
        return Reason.SITE_ERROR


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made
