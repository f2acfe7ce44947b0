"""How the server sent the fields of a page, before any script ran."""

from __future__ import annotations

import pytest

from privacyaudit.browser.first_html import First


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ("<option>Everyone<option selected> Only \n me </option>", ["Only me"]),
        ("<option>Everyone</option><option value=me selected>Only me", ["me"]),
        ("<optgroup label=a><option selected>Fish &amp; chips</optgroup><option>No", ["Fish & chips"]),
        ("<option value selected>None<option>One", [""]),
        ("<option>First<option>Second", ["First"]),
    ],
)
def test_the_value_of_an_option_without_one_is_its_words(options: str, sent: list[str]) -> None:
    html = f"<form><select name=who>{options}</select>tail<textarea name=about>x</textarea></form>"
    first = First(html, stays=True, whole=html)
    assert first.states("who") == sent
    assert first.states("about") == ["x"]


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        ("<main><ul><li>a<li>b</ul></main>", False),
        ("<main><ul><li>a<li>b", True),
        ("<main><ul><li>a</ul>", True),
        ("<table><tr><td>a<tr><td>b</table>", False),
        ("<table><tr><td>a", True),
        ("<div><p>a<script>'<ul>'</script>", False),
        ("<ul><li>a</ul></ul></section><p>b", False),
        ("<textarea><ul></textarea><!-- <ul> --><p>a", False),
        ("<UL><li>a<script>run()</script>", True),
    ],
)
def test_a_page_is_cut_where_a_part_of_it_begins_and_does_not_end(html: str, cut: bool) -> None:
    assert First("", stays=True, whole=html).is_cut == cut
