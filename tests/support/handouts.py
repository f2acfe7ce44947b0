"""The catalogue, for sheets and cards."""

from __future__ import annotations

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue


def known() -> Catalogue:
    return loading.catalogue()
