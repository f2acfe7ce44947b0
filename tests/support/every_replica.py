"""Every platform with replicas here, and their variants."""

from __future__ import annotations

from tests.browser.replicas import (
    facebook,
    instagram,
    linkedin,
    mastodon,
    meta_accounts_centre,
    moneysavingexpert_forum,
    pinterest,
    reddit,
    x,
)

PLATFORMS = (
    facebook,
    instagram,
    meta_accounts_centre,
    mastodon,
    x,
    linkedin,
    reddit,
    pinterest,
    moneysavingexpert_forum,
)
VARIANTS = [variant for platform in PLATFORMS for variant in platform.VARIANTS]
