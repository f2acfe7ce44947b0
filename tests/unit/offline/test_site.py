"""The site as files: what is in it, that every link leads somewhere, and what a browser keeps of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from privacyaudit import i18n
from privacyaudit.catalogue import loading
from privacyaudit.errors import SaveError, UsageError
from privacyaudit.offline import keeping, site, site_folder
from tests.support import html_checker, pages, pseudo, whole_site
from tests.support.pseudo import english
from tests.support.whole_site import DAY, PAPER, ROOT, made

LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made()


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    if not whole_site.has_sphinx():
        pytest.skip("Sphinx and myst-parser are not installed")
    return site_folder.guide(whole_site.guide(tmp_path_factory.mktemp("guide")))


class Page(HTMLParser):
    """The links of a page, what it loads, the ids in it, and what stands in it as script or style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag in ("a", "form"):
            self.links += [address for name in ("href", "action") if (address := given.get(name))]
        elif address := given.get(LOADED.get(tag, "")):
            self.loads.append(address)


def target(name: str, link: str) -> tuple[str, str]:
    """Return which file of the site a link of another leads to, and to which part of it."""
    path, part = urldefrag(urljoin(f"https://site.invalid/{name}", link))
    return urlsplit(path).path.removeprefix("/"), part


def html(files: dict[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


# -- what is in it ---------------------------------------------------------------------------------


def test_there_is_a_page_for_everyone_one_for_each_role_and_one_for_each_set(files: dict[str, bytes]) -> None:
    roles = {f"for-{role.id.replace('_', '-')}.html": role.id for role in loading.catalogue().roles}
    assert len(roles) >= 7
    for name, role in roles.items():
        assert re.findall(r'<div data-role="(\w+)"', files[name].decode()) == [role]
    assert len(re.findall(r'<div data-role="(\w+)"', files[site.START].decode())) == len(roles)
    for one in site.SETS:
        platforms = re.findall(r'data-platform="([^"]+)"', files[one.file].decode())
        assert sorted(platforms) == sorted(one.platforms or platforms)
        assert (" data-quick" in files[one.file].decode()) == one.quick


def test_home_is_small_and_needs_nothing_else(files: dict[str, bytes]) -> None:
    assert len(files[site.HOME]) < 250_000
    loads = Page(files[site.HOME].decode()).loads
    assert [one for one in loads if not one.startswith("data:")] == [
        keeping.MANIFEST,
        "icon-180.png",
    ]  # in the background


def test_every_link_leads_to_a_file_of_the_site_or_to_a_page_of_the_guide(files: dict[str, bytes]) -> None:
    seen = 0
    for name in (site.HOME, *site.READERS):
        for link in Page(files[name].decode()).links:
            file, part = target(name, link)
            seen += 1
            if file.startswith(site.GUIDE):
                source = ROOT / file.removeprefix(site.GUIDE).replace(".html", ".md")
                assert source.is_file(), link
                assert not part or part in pages.anchors(source.read_text("utf-8")), link
            else:
                assert file in files, link
    assert seen > 45


def test_every_paper_is_linked_and_every_page_for_phones(files: dict[str, bytes]) -> None:
    linked = {target(name, link)[0] for name in (site.HOME, *site.READERS) for link in Page(files[name].decode()).links}
    wanted = {name for name in files if name.startswith(("paper/", "for-", "set-"))} - {"for-everyone.html"}
    assert wanted - linked == set()


def test_no_page_loads_anything_from_elsewhere(files: dict[str, bytes]) -> None:
    for name, page in html(files).items():
        for address in Page(page).loads:
            assert address.startswith("data:") or target(name, address)[0] in files, (name, address)


def test_the_html_of_pages_and_poster_has_no_errors(files: dict[str, bytes], tmp_path: Path) -> None:
    made_now = {name: files[name] for name in (site.HOME, *site.READERS, "set-clinic.html")}
    made_now["poster.html"] = site.papers(loading.catalogue(), today=DAY)[site.POSTER].encode()
    for name, content in made_now.items():
        (tmp_path / name).write_bytes(content)
    assert html_checker.errors(tmp_path / name for name in made_now) == []


def test_the_policy_of_each_page_lets_a_browser_keep_the_site_and_nothing_else(files: dict[str, bytes]) -> None:
    for name, page in html(files).items():
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules.pop("style-src").startswith("'sha256-"), name
        assert all(word.startswith("'sha256-") for word in rules.pop("script-src").split()), name
        assert rules == {
            "default-src": "'none'",
            "worker-src": "'self'",
            "manifest-src": "'self'",
            "img-src": "'self' data:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }


def test_the_manifest_names_files_that_are_there(files: dict[str, bytes]) -> None:
    manifest = json.loads(files[keeping.MANIFEST])
    assert manifest["start_url"] in files
    assert manifest["id"] in files
    for icon in manifest["icons"]:
        assert icon["src"] in files
        if icon["type"] == "image/png":
            header = files[icon["src"]][:24]
            sides = (int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big"))
            assert f"{sides[0]}x{sides[1]}" == icon["sizes"]


# -- what a browser keeps --------------------------------------------------------------------------


def kept(files: dict[str, bytes]) -> tuple[str, list[list[str]]]:
    """Return the name under which a browser keeps the files, and the parts, as the worker has them."""
    [said] = re.findall(r"JSON\.parse\('(.*?)'\)", files[keeping.WORKER].decode())
    told = json.loads(said)
    return told["version"], told["parts"]


def test_a_browser_keeps_every_file_once_but_the_papers_and_the_worker(files: dict[str, bytes]) -> None:
    _version, parts = kept(files)
    every = [name for part in parts for name in part]
    assert sorted(every) == sorted(n for n in files if not n.startswith("paper/") and n != keeping.WORKER)
    assert {site.HOME, site.START, *site.READERS, keeping.MANIFEST} <= set(parts[0])
    assert sum(len(files[name]) for name in parts[0]) < 1_500_000


def test_the_guide_is_kept_whole_without_what_it_offers_to_download(guide: dict[str, bytes]) -> None:
    whole = site.whole({**guide, site.HOME: b"", "paper/a.pdf": PAPER})
    part = kept(whole)[1][-1]
    assert {name for name in guide if "_downloads" not in name} == set(part)
    assert any("_downloads" in name for name in guide)


def test_the_same_pages_make_the_same_site_and_another_page_another_name(files: dict[str, bytes]) -> None:
    assert made() == files
    assert kept(site.whole({**files, "paper/poster.pdf": b"other"}))[0] == kept(files)[0]
    assert kept(site.whole({**files, "more.html": b"other"}))[0] != kept(files)[0]


def test_a_name_that_could_end_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="in its name"):
        keeping.worker({"a'b": b""}, [["a'b"]], "a'b")


# -- the guide -------------------------------------------------------------------------------------


def test_the_guide_has_every_page_and_none_of_its_links_is_broken(guide: dict[str, bytes]) -> None:
    sources = {path.relative_to(ROOT).with_suffix(".html").as_posix() for path in pages.guides()}
    assert {f"{site.GUIDE}{name}" for name in sources} - set(guide) == set()
    outside = {site.HOME, keeping.MANIFEST, keeping.ICON, keeping.REGISTER}
    parsed = {name: Page(page) for name, page in html(guide).items()}
    seen = 0
    for name, page in parsed.items():
        for link in (*page.links, *page.loads):
            if urlsplit(link).scheme in ("https", "mailto"):
                assert link in page.links
                continue
            file, part = target(name, link)
            assert file in guide or file in outside, (name, link)
            assert not part or part in parsed[file].ids, (name, link)
            seen += 1
    assert seen > 500


def test_the_guide_runs_and_loads_only_its_own_files_and_keeps_nothing(guide: dict[str, bytes]) -> None:
    for name, page in html(guide).items():
        parsed = Page(page)
        assert parsed.inline == [], name
        assert "script-src 'self'; " in page, name
        assert all(urlsplit(address).scheme == "" for address in parsed.loads), name
    run = {target(name, one)[0] for name, page in html(guide).items() for one in Page(page).loads if ".js" in one}
    writes = [
        name for name in run & set(guide) if re.search(rb"(?:local|session)Storage\.setItem|\bcookie\b", guide[name])
    ]
    assert writes == [f"{site.GUIDE}_static/searchtools.js"]
    assert b"const SPHINX_HIGHLIGHT_ENABLED = false;" in guide[f"{site.GUIDE}_static/words.js"]


def test_the_html_of_the_guide_has_no_errors(guide: dict[str, bytes], tmp_path: Path) -> None:
    for name, page in html(guide).items():
        (tmp_path / name.replace("/", "-")).write_text(page, "utf-8")
    assert html_checker.errors(sorted(tmp_path.iterdir())) == []


# -- writing it ------------------------------------------------------------------------------------


def test_without_the_guide_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["one"], [str(tmp_path / "none"), str(tmp_path / "site")]):
        assert site_folder.main(words) == UsageError.exit_code
        assert "Make the whole site with nox" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_files_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SaveError, match="There are files in"):
        site_folder.write(tmp_path, {"index.html": b""})
    with pytest.raises(SaveError, match="could not be written"):
        site_folder.write(tmp_path / "mine.txt", {"index.html": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_sphinx_leaves_behind_is_left_out(tmp_path: Path) -> None:
    for name in ("docs/README.html", ".buildinfo", "objects.inv", "_sources/a.md", "_static/sphinx_highlight.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert site_folder.guide(tmp_path) == {"read/docs/README.html": b"x"}


# -- in other languages ----------------------------------------------------------------------------


@pytest.fixture
def pretend(tmp_path: Path) -> Iterator[None]:
    pseudo.install(tmp_path / "locale", pseudo.words())
    with pseudo.locale(tmp_path / "locale"):
        i18n.use(pseudo.LANGUAGE)
        yield


def test_every_word_of_the_pages_for_readers_can_be_said_in_another_language(pretend: None) -> None:
    catalogue = loading.catalogue()
    made_now = site.pages(catalogue, today=DAY)
    shown = [*(made_now[name] for name in (site.HOME, *site.READERS)), site.papers(catalogue, today=DAY)[site.POSTER]]
    for page in shown:
        assert f'<html lang="{pseudo.LANGUAGE}">' in page
        said = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
        assert english("\n".join(pseudo.texts(said)), {"privacyaudit"}) == []
