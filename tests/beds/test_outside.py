"""The outside view against a real MediaWiki."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.model import Reason
from privacyaudit.plan import plan
from tests.beds.recipes import mediawiki
from tests.support.outside_look import look, shipped

# -- the truth -------------------------------------------------------------------------------------


@pytest.mark.bed
def test_a_real_mediawiki_tells_the_truth_and_gets_one_get_per_name(mediawiki_cache: Path, tmp_path: Path) -> None:
    with mediawiki.running(mediawiki_cache, tmp_path) as wiki:
        what = plan([shipped("wikipedia")], "teacher", {"wikipedia": wiki.origin})
        before = wiki.dump()
        for name in ("Alice", "Bob", "bob"):
            truth = wiki.truth(name)
            assert look(what, name) == {
                "email-from-others": "off" if truth["disablemail"] == "1" else "on",
                "gender": "unknown" if truth["gender"] == "unknown" else "told",
            }
        assert set(look(what, "Nobody of that name").values()) == {Reason.NOT_FOUND}
        assert wiki.dump() == before
        assert wiki.live_sessions() == []
    assert [method for method, _target in wiki.log()] == ["GET"] * 4
