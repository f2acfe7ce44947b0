"""Where a platform with many addresses is: the person's own site put in place of {site}."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from privacyaudit import model
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import SITE, Checklist, Origin

_ORIGIN: TypeAdapter[str] = TypeAdapter(Origin)


def site_of(checklist: Checklist, site: str | None) -> str | None:
    """Return the origin that stands for {site}: the person's own, else the usual one, else None.

    An origin is scheme, host and port only, so that no page and no account name gets into a record with it. Raises
    UsageError for anything else, and for a platform that has one address only.
    """
    if site is None:
        return checklist.platform.site.default if checklist.platform.site else None
    if checklist.platform.site is None:
        raise UsageError(
            _("{name} has only one address, so it does not need --site.").format(name=_(checklist.platform.name)),
            _("Leave --site out."),
        )
    try:
        return _ORIGIN.validate_python(site)
    except ValidationError as error:
        raise _no_site(site) from error


def _no_site(site: str) -> UsageError:
    return UsageError(
        _("The program cannot use “{site}” as an address.").format(site=site),
        _("Write it like https://en.wikipedia.org, without a page (http only for 127.0.0.1)."),
    )


def bind(checklist: Checklist, site: str | None) -> Checklist:
    """Put the person's own site (or the usual one) where the checklist says {site}: its host in hosts, else its origin.

    Without a site and a usual one the checklist comes back as it is, and `has_address` is false for its links. Raises
    UsageError as `site_of` does.
    """
    origin = site_of(checklist, site)
    if origin is None:
        return checklist
    host = model.host_of(origin)

    def fill(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return host if value == SITE and key in ("hosts", "help_hosts", "host") else value.replace(SITE, origin)
        if isinstance(value, list):
            return [fill(item, key) for item in value]
        if isinstance(value, dict):
            return {name: fill(item, name) for name, item in value.items()}
        return value

    try:
        return Checklist.model_validate(fill(checklist.model_dump(mode="json", by_alias=True)))
    except ValidationError as error:
        raise _no_site(origin) from error
