"""How a person signs in and out, how to tell that they are signed in, and whose account a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import ME, Data, Host, Line, Link, PartError, host_of, regular_expression
from privacyaudit.model.probe import Asked, Control, Disclosure, Named, ReplyPath, Take
from privacyaudit.model.reply_path import value_at

_PRESSED = ("button", "link", "menuitem")
_IN_AN_ADDRESS = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9._~-]{1,100}")


class Form(Data):
    """The fields of a sign-in form that the program may type into, and nothing else.

    `origin` is where the form really stands, when that is not where `sign_in.open` begins.
    `locked` are words with which the site says that it will take no more tries for now.
    """

    origin: Link | None = None
    user: Control
    user_submit: Control | None = None
    password: Control
    submit: Control
    code: Control | None = None
    code_submit: Control | None = None
    locked: tuple[Line, ...] = ()


class SignIn(Data):
    """Where a person signs in, which further hosts that needs, and the form for those who want help."""

    open: Link
    hosts: tuple[Host, ...] = ()
    form: Form | None = None


class Who(Data):
    """Where each settings page says whose account it shows; compared in memory, and kept nowhere.

    It stands on the page (`find` and `take`), or in a reply that each page asks for (`reply` and `path`).
    """

    find: Control | None = None
    take: Literal[Take.TEXT, Take.VALUE, Take.NAME_REST] | None = None
    reply: Asked | None = None
    host: Host | None = None
    path: ReplyPath | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        on_page, in_reply = (self.find, self.take), (self.reply, self.path)
        if not ((all(on_page) and not any((*in_reply, self.host))) or (all(in_reply) and not any(on_page))):
            raise PartError(N_("who needs either find and take, or reply and path"))
        if self.find and self.take is Take.NAME_REST and not self.find.name_starts:
            raise PartError(N_("take: name_rest needs find.name_starts"))
        return self

    def said_in(self, reply: Any) -> str | None:
        """Return what a reply says of whose account it is, or None."""
        return _word(value_at(self.path, reply)) if self.path else None


class SignedIn(Data):
    """How to tell that somebody is signed in: a page, and what only they can see on it.

    `on_every_page` is something that each settings page shows to people who are signed in; `who` tells them apart.
    """

    open: Link
    find: Control
    on_every_page: Control | None = None
    who: Who | None = None


class Me(Data):
    """Where the page that proves the sign-in says what stands for the person in addresses: {me}, kept in memory only.

    It stands in a link to one of the platform's hosts, or in a reply. `pattern` fits the whole path of that link, or
    the whole value in the reply; what its one group holds is {me}.
    """

    from_: Literal["link", "reply"] = Field(alias="from")
    reply: Asked | None = None
    host: Host | None = None
    path: ReplyPath | None = None
    pattern: Annotated[str, Field(max_length=200), AfterValidator(regular_expression)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.from_ == "link" and (self.reply or self.host or self.path):
            raise PartError(N_("from: link needs pattern and nothing else"))
        if self.from_ == "reply" and not (self.reply and self.path):
            raise PartError(N_("from: reply needs reply and path"))
        if re.compile(self.pattern).groups != 1:
            raise PartError(N_("pattern needs one pair of round brackets, around the part for {me}"), "pattern", me=ME)
        return self

    def in_links(self, addresses: Iterable[str], hosts: Iterable[str]) -> str | None:
        """Return what stands for the person in the links of a page, if all that fit say the same."""
        known = set(hosts)
        return self._only(urlsplit(address).path for address in addresses if host_of(address) in known)

    def in_reply(self, reply: Any) -> str | None:
        """Return what stands for the person in a reply, or None."""
        word = _word(value_at(self.path, reply)) if self.path else None
        return self._only([] if word is None else [word])

    def _only(self, texts: Iterable[str]) -> str | None:
        fitting = {found.group(1) or "" for text in texts if (found := re.fullmatch(self.pattern, text))}
        one = fitting.pop() if len(fitting) == 1 else ""
        return one if _IN_AN_ADDRESS.fullmatch(one) else None


class SignOut(Data):
    """The page on which one button or link signs out, in a menu that `expand` unfolds if need be.

    Whether it ends other sessions too is for the notice to say. `stays` names cookies that the site leaves behind and
    that sign nobody in, such as one with the name for the next time; `*` stands for any letters.
    """

    open: Link
    stays: tuple[Line, ...] = ()
    expand: Disclosure | None = None
    press: Named

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.press.role not in _PRESSED:
            raise PartError(N_("the control that signs out needs the role button, link or menuitem"), "press", "role")
        if self.expand and self.press.role == self.expand.role and set(self.expand.name) & set(self.press.name):
            raise PartError(N_("expand and press name the same button"), "expand")
        return self


def _word(value: Any) -> str | None:
    """Return a text that is not empty, or a whole number, as one line."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).split()) or None
