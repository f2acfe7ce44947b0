"""Signing in by form on sites that answer without another page, and what becomes of a session that is broken off."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest

from privacyaudit.browser import sign_in
from privacyaudit.model import Checklist, Observation, Reason, SignedOut
from privacyaudit.plan import Item
from privacyaudit.readers import Outcome, web
from tests.support.person import Quiet
from tests.support.settings_page import BOX, checklist
from tests.support.site import Reply, Seen, Site

pytestmark = pytest.mark.browser

APP = """<!doctype html><html lang=en><meta charset=utf-8><title>App</title><main></main><script>
const main = document.querySelector("main"), kept = KEPT
const token = () => kept.getItem("token")
const ask = (path, more = {}) => fetch(path, { ...more, headers: { authorization: token() || "" } })
const show = async () => {
  if (location.pathname === "/sign-in") {
    main.innerHTML = "<form><input name=user><input name=pass type=password><button>In</button></form>"
    main.querySelector("form").onsubmit = async (event) => {
      event.preventDefault()
      const body = main.querySelector("[name=pass]").value
      WAITING
      const answer = await fetch("/api/sign-in", { method: "POST", body })
      if (answer.ok) { kept.setItem("token", await answer.text()); history.pushState({}, "", "/home") }
      else if (answer.status === 403) main.innerHTML = "<p>Too many tries"
      return answer.status === 403 || show()
    }
    return
  }
  const answer = await ask("/api/me")
  if (!answer.ok) { history.replaceState({}, "", "/sign-in"); return show() }
  main.innerHTML = `<a id=out href="/out">Sign out</a>${await answer.text()}`
}
show()
</script>"""
WAITING = 'main.innerHTML = "One moment"'
LEAVE = """<!doctype html><html lang=en><title>Out</title><main></main><script>
document.querySelector("main").innerHTML =
  `<form method=post action=/bye><input name=token value="${KEPT.getItem("token")}"><button>Leave</button></form>`
</script>"""


@dataclass
class App:
    """An app of one page with a server behind it, which knows who is in by a token that the page keeps."""

    site: Site
    kept: str = "localStorage"
    takes_s: float = 0.3
    refusal: int = 401
    tokens: set[str] = field(default_factory=set)
    given: list[str] = field(default_factory=list)

    def begin(self, *, waiting: bool) -> Checklist:
        app = Reply(APP.replace("KEPT", self.kept).replace("WAITING", WAITING if waiting else ""))
        self.site.pages |= {
            **dict.fromkeys(("/sign-in", "/home", "/page"), app),
            "/out": Reply(LEAVE.replace("KEPT", self.kept)),
            "/api/sign-in": self._sign_in,
            "/api/me": self._me,
            "/bye": self._bye,
        }
        form = {"user": {"field": "user"}, "password": {"field": "pass"}, "submit": {"role": "button", "name": ["In"]}}
        return checklist(
            self.site,
            BOX,
            sign_in={"open": f"{self.site.origin}/sign-in", "form": form | {"locked": ["Too many tries"]}},
            sign_out={"open": f"{self.site.origin}/out", "press": {"role": "button", "name": ["Leave"]}},
        )

    def _sign_in(self, seen: Seen) -> Reply:
        time.sleep(self.takes_s)
        if self.refusal != 401 or seen.sent != "right":
            return Reply("no", self.refusal, "text/plain")
        self.given.append(f"token-{len(self.given)}")
        self.tokens.add(self.given[-1])
        return Reply(self.given[-1], kind="text/plain")

    def _me(self, seen: Seen) -> Reply:
        known = seen.authorization in self.tokens
        return Reply("<input type=checkbox name=box checked>" if known else "no", 200 if known else 401, "text/plain")

    def _bye(self, _seen: Seen) -> Reply:
        self.tokens.clear()
        return Reply()


def audited(made: Checklist, password: str = "right") -> tuple[list[str | Reason | None], SignedOut, list[str]]:
    """Sign in by form, read and sign out; return what was read, how the session ended and what was told."""
    person = Quiet()
    known = sign_in.Credentials(made.platform.sign_in.open.removesuffix("/sign-in"), "ann", password, None)  # type: ignore[union-attr]
    reader = web.WebReader(person, headless=True, credentials=lambda _made: known)
    found = [one for _name, one in reader.read([Item(made, made.checks[0])], {})]
    [ended] = [one.signed_out for one in found if isinstance(one, Outcome)]
    options = [one.option or one.reason for one in found if isinstance(one, Observation)]
    return options, ended, [trouble.what for trouble in person.troubles]


@pytest.mark.parametrize(
    ("takes_s", "waiting"), [(0.3, False), (2.5, True)], ids=["soon", "late, and says so meanwhile"]
)
def test_an_app_that_never_leaves_its_page_is_signed_in_to_read_and_signed_out_of(
    takes_s: float, waiting: bool, site: Site
) -> None:
    app = App(site, takes_s=takes_s)
    assert audited(app.begin(waiting=waiting)) == (["yes"], SignedOut.CONFIRMED, [])
    assert (len(app.given), app.tokens) == (1, set())


def test_a_session_that_a_tab_keeps_is_signed_out_and_told_as_read_only_if_it_was(site: Site) -> None:
    app = App(site, kept="sessionStorage")
    found, ended, _told = audited(app.begin(waiting=False))
    assert app.tokens == set()
    assert (found, ended) in (
        (["yes"], SignedOut.CONFIRMED),
        ([Reason.NOT_SIGNED_IN], SignedOut.NOT_CONFIRMED),
    )


@pytest.mark.parametrize("waiting", [False, True], ids=["the form stays", "the form comes back"])
def test_a_wrong_password_in_an_app_is_told_soon_and_not_tried_again(waiting: bool, site: Site) -> None:
    app = App(site)
    begun = time.monotonic()
    found, _ended, told = audited(app.begin(waiting=waiting), "wrong")
    assert found == [Reason.NOT_SIGNED_IN]
    assert told == ["Small did not accept the user name or password. The program did not try again."]
    assert [seen.path for seen in site.log].count("/api/sign-in") == 1
    assert time.monotonic() - begun < 12


@pytest.mark.parametrize("refusal", [429, 403])
def test_too_many_tries_in_an_app_are_not_told_as_a_wrong_password(refusal: int, site: Site) -> None:
    app = App(site, refusal=refusal)
    found, _ended, told = audited(app.begin(waiting=False))
    assert found == [Reason.NOT_SIGNED_IN]
    assert told == ["Small is not accepting sign-ins at the moment. The program did not try again."]
    assert site.writes == ["/api/sign-in"] or site.writes == ["/api/sign-in", "/bye"]
