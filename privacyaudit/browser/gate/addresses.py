"""Which addresses may sign out, delete, revoke or show secrets, whatever the method.

Source of the words: the platforms' own addresses and those of common frameworks, see docs/how-it-stays-read-only.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit

_WORDS = re.compile(
    r"logout|logoff|signout|signoff|userlogout|logoutall|signoutall|delete|deletion|deactivate|disable|remove"
    r"|terminate|revoke|regenerate|destroy|purge|erase|wipe|unlink|unsubscribe|deauthorize|deauthorise|deauth"
    r"|expire|hibernate|unfollow|unfriend|abmelden|ausloggen|loeschen|loschen|entfernen|deaktivieren|deconnexion"
    r"|deconnecter|supprimer|desactiver|uitloggen|afmelden|verwijderen|cerrarsesion|desconectar|eliminar|borrar"
    r"|disconnetti|elimina|disattiva|terminarsessao|excluir|desativar|wyloguj|usun|allgofnodi|dileu|logud|loggaut"
    r"|radera|endsession|singlelogout|invalidate"
)
"""Each is a danger wherever it stands in a path; accents are taken off, and the German ö is also written oe."""

_PAIRS = re.compile(
    r"log-out|log-off|sign-out|sign-off|end-session|session-end|turn-off|cerrar-sesion|logga-ut|log-ud|se-deconnecter"
    r"|close-account|close-accounts|account-close|accounts-close|close-session|close-sessions|sessions-close"
    r"|session-close|backup-code|backup-codes|recovery-code|recovery-codes|download-codes|reset-token|reset-tokens"
    r"|change-password|security-info|set-private|set-public|keys-new|new-key|key-new|tokens-new"
)
"""Two words that stand one after the other, also in two parts of a path."""

_ALONE = re.compile(
    r"exit|quit|block|unblock|accept|reject|approve|vote|reset|close|leave|ban|kick|trash|drop|clear|cancel|kill|forget"
    r"|toggle"
)
"""A danger where one is a whole part of a path."""

_LEAVING = re.compile(
    r"logout|logoff|signout|signoff|userlogout|log-out|log-off|sign-out|sign-off|abmelden|ausloggen|deconnexion"
    r"|deconnecter|se-deconnecter|uitloggen|afmelden|cerrarsesion|cerrar-sesion|desconectar|disconnetti"
    r"|terminarsessao|wyloguj|allgofnodi|logud|log-ud|loggaut|logga-ut|session-close|sessions-close|end-session"
    r"|session-end|endsession|singlelogout"
)
"""Of these, the ones that only sign out."""

_BEFORE = re.compile(r"do|user|account|accounts|session|my|ajax|cmd|action|perform|wp|special")
"""What may stand before the dangerous word in a value of a query."""

_SAYS_A_METHOD = re.compile(r"method|(?:^|[-_])verb$|^_(?:m|http)$", re.IGNORECASE)
_CHANGES = "mutation"
"""How a question to a GraphQL server begins that is none."""

_READING = ("GET", "HEAD", "OPTIONS", "")
_CODE = re.compile(r"\.(?:js|mjs|css|woff2?|ttf)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|ico)$", re.IGNORECASE)
_SPLIT = re.compile(
    r"[^a-zA-Z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])"
)
_UNSHOWN = ("Cf", "Mn")
_HIDDEN_END = re.compile(r"[\x00-\x1f\x7f]")
"""Some servers take a line's end for the end of an address."""

_UNQUOTED_MOST = 5


def dangerous(url: str, own: Iterable[str] = (), *, leaving: bool = False) -> bool:
    """Tell whether an address may sign out, delete, revoke or show secrets, whatever the method.

    Goes by the words of the path and of each name and value of the query. So is a query that says another method than
    reading, or that carries WordPress's token for an action. `own` are the platform's own beginnings of paths. With
    `leaving`, signing out is what is wanted, and only the other dangers count.
    """
    parts = urlsplit(url)
    path = _plain(parts.path)
    if any(begins(path, beginning) for beginning in own) or _HIDDEN_END.search(path):
        return True
    pairs = parse_qsl(parts.query.replace(";", "&"), keep_blank_values=True)
    found = {
        *_in_path(path, asks=bool(parts.query)),
        *(one for pair in pairs for word in pair for one in _in_value(_plain(word))),
    }
    if leaving and all(_LEAVING.fullmatch(one) for one in found):
        return False
    return bool(found) or _in_query(pairs)


def begins(path: str, pattern: str) -> bool:
    """Tell whether a path begins with a pattern, part by part; a * is any one part between two slashes."""
    parts, wanted = _parts(path), _parts(pattern)
    return len(parts) >= len(wanted) and all(one in ("*", part) for part, one in zip(parts, wanted, strict=False))


def fits(path: str, pattern: str) -> bool:
    """Tell whether a path is like a pattern from end to end."""
    return begins(path, pattern) and len(_parts(path)) == len(_parts(pattern))


def _in_path(path: str, *, asks: bool) -> set[str]:
    """Return the dangers in a path; the last part of a file that is code or a picture may have one in its name.

    Only a picture whose whole name is one is refused: that of a sign-out button, which shows nothing of a setting.
    """
    beside = [word for part in path.split("/") for word in part.split(";")[1:]]
    if found := {one for word in beside for one in _in_value(word.rpartition("=")[2])}:
        return found
    parts = [part.split(";")[0] for part in path.split("/") if part]
    if parts and not asks and path.split("/")[-1] == parts[-1]:
        if _CODE.search(parts[-1]):
            parts.pop()
        elif _PICTURE.search(parts[-1]):
            name = _words(_PICTURE.sub("", parts.pop()))
            if len(name) <= 2 and (found := _said(name)):
                return found
    alone = {part.lower() for part in parts if _ALONE.fullmatch(part.lower())}
    return alone | _said([word for part in parts for word in _words(part)])


def _in_query(pairs: list[tuple[str, str]]) -> bool:
    names = {name.lower() for name, _value in pairs}
    says_a_method = any(_SAYS_A_METHOD.search(name) and value.strip().upper() not in _READING for name, value in pairs)
    changes = any(value.lstrip().lower().startswith(_CHANGES) for _name, value in pairs)
    return says_a_method or changes or {"action", "_wpnonce"} <= names


def _in_value(text: str) -> set[str]:
    """Return the dangers in a value; there, one counts at the beginning of a part, or after a word such as do."""
    found: set[str] = set()
    for part in re.split(r"[/:;,|?&=\s]+", text):
        words = _words(part)
        while len(words) > 1 and _BEFORE.fullmatch(words[0]):
            words = words[1:]
        found |= _said(words[:1]) | {pair for pair in ["-".join(words[:2])] if _PAIRS.fullmatch(pair)}
    return found


def _said(words: list[str]) -> set[str]:
    pairs = {f"{one}-{next_one}" for one, next_one in pairwise(words)}
    return {word for word in words if _WORDS.fullmatch(word)} | {pair for pair in pairs if _PAIRS.fullmatch(pair)}


def _words(text: str) -> list[str]:
    return [word.lower() for word in _SPLIT.split(text) if word]


def _parts(path: str) -> list[str]:
    return [part for part in path.lower().split("/") if part]


def _plain(text: str) -> str:
    """Undo percent signs, also those that stand for percent signs, accents, and signs that do not show."""
    for _time in range(_UNQUOTED_MOST):
        if (plain := unquote(text)) == text:
            break
        text = plain
    return "".join(one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one) not in _UNSHOWN)
