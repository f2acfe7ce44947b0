"""The gate with a reader in it: it opens every connection of a guarded browser, reads each request and judges it.

To the browser it speaks for the site, with a certificate that this browser alone believes; to the site it speaks for
the browser, over a connection of its own that it verifies. What it does not let through is not sent.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import h11

from privacyaudit.browser.gate.addresses import dangerous
from privacyaudit.browser.gate.door import Gate, answer, new_talk, next_request
from privacyaudit.browser.gate.far import Place
from privacyaudit.browser.gate.jars import Jars
from privacyaudit.browser.gate.rules import Asked, Refusal, judge, judge_otherwise, same
from privacyaudit.browser.gate.sessions import SessionWatch
from privacyaudit.browser.gate.traffic import Entry

_TLS = b"\x16"


class ReadingGate(Gate):
    """A gate that lets reading requests through and no others.

    `own_dangers` are the platform's own beginnings of dangerous paths; `sessions` and `jars` are told what is asked
    with which cookies.
    """

    def __init__(self, hosts: Iterable[str], own_dangers: Iterable[str] = ()) -> None:
        self._own_dangers = tuple(own_dangers)
        self._expected: dict[str, list[str]] = {}
        self._led: dict[str, Entry] = {}
        self._sent_on: dict[str, str] = {}
        self._permit = ""
        self._rule = threading.Lock()
        self.sessions = SessionWatch()
        self.jars = Jars()
        super().__init__(hosts)

    def expect(self, url: str) -> None:
        """Let a page be led to an address, once, and from there where the site sends it on to."""
        with self._rule:
            self._expect(same(url), same(url))

    def _expect(self, url: str, begun: str) -> None:
        """Let a page be led somewhere that began elsewhere; two may be led to one address, each once."""
        self._expected.setdefault(url, []).append(begun)

    def led(self, url: str) -> Entry | None:
        """Return the last request with which a page was led from an address that was expected, None before any."""
        with self._rule:
            return self._led.get(same(url))

    def sent_on(self, url: str) -> str:
        """Return the host to which the site sent a page on that was led to an address; empty where it did not."""
        with self._rule:
            return self._sent_on.get(same(url), "")

    def permit(self, url: str) -> None:
        """Let a page be led to an address that signs out, once, also by a form that is sent; to no other danger."""
        with self._rule:
            if not dangerous(url, self._own_dangers, leaving=True):
                self._permit = same(url)
                self._expect(self._permit, self._permit)

    def admits(self, place: Place) -> bool:
        """Meet every connection: what is asked on it is refused where its site is not one of the platform's."""
        return True

    def judge(self, asked: Asked, place: Place) -> Refusal | None:
        """Return why a request is not let through, None when it is."""
        if refusal := super().judge(asked, place):
            return refusal
        with self._rule:
            if asked.url == self._permit and asked.kind == "document" and asked.method in ("GET", "POST"):
                self._permit = ""
                return judge_otherwise(asked)
            return judge(asked, self._expected, self._own_dangers)

    def noted(self, asked: Asked, entry: Entry) -> None:
        """Remember what became of a page that was led somewhere, and whose session it is."""
        if not entry.refusal:
            self.sessions.see_request(asked.headers.get("cookie", ""))
            self.jars.see_request(asked.url, asked.headers.get("cookie", ""))
        with self._rule:
            for begun in self._expected.get(asked.url, ()) if asked.replaces_the_page else ():
                self._led[begun] = entry
                self._sent_on.pop(begun, None)

    def answered(self, asked: Asked, reply: h11.Response) -> None:
        """Strike an address off once it was answered, and expect the one to which the site sends on."""
        self.sessions.see_reply(reply.headers, is_the_page=asked.replaces_the_page)
        self.jars.see_reply(asked.url, reply.headers)
        if not asked.replaces_the_page:
            return
        with self._rule:
            waiting = self._expected.pop(asked.url, [])
            begun = waiting.pop(0) if waiting else ""
            if waiting:
                self._expected[asked.url] = waiting
            where = next((value.decode("latin-1") for name, value in reply.headers if name == b"location"), "")
            if begun and where and 300 <= reply.status_code < 400:
                with suppress(ValueError):  # no address: the browser does not follow it either
                    to = same(urljoin(asked.url, where))
                    self._expect(to, begun)
                    self._sent_on[begun] = urlsplit(to).netloc

    def connect(self, client: socket.socket, talk: h11.Connection, place: Place) -> None:
        """Take the place of a site and read what is asked of it, with TLS or without."""
        answer(client, talk, 200)
        if client.recv(1, socket.MSG_PEEK) != _TLS:
            plain, inner = Place("http", place.host, place.port), new_talk()
            self.converse(client, inner, next_request(client, inner), plain)
            return
        from privacyaudit.browser.gate import authority

        try:
            opened = authority.of_this_run().context(place.host).wrap_socket(client, server_side=True)
        except ssl.SSLError:
            self.traffic.end(self.traffic.begin(Entry("CONNECT", place.name, "", refusal=Refusal.MALFORMED)))
            return
        with opened, self.lively(opened):
            inner = new_talk()
            self.converse(opened, inner, next_request(opened, inner), place)
