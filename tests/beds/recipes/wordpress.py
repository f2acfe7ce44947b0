"""A real WordPress for the tests: set up once in a cache folder, started on a private copy in under a second.

Debian's package `wordpress` is unpacked, never installed (that would bring a web server and a database server). PHP's
own server answers on 127.0.0.1, and WordPress's own SQLite plugin keeps the data; it comes in an npm package.
The settings of a WordPress site are the site's, so each user has a site of their own. README.md in this folder says
what was measured.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.beds.recipes import tools
from tests.beds.recipes.tools import BedError, Unavailable

USERS: dict[str, dict[str, Any]] = {
    "alice": {
        "options": {
            "blog_public": "0",
            "users_can_register": "0",
            "default_role": "subscriber",
            "default_ping_status": "closed",
            "default_comment_status": "closed",
            "comment_moderation": "1",
            "moderation_keys": "",
            "disallowed_keys": "",
        },
        "display_name": "A. Nickname",
        "other_sessions": 0,
        "application_passwords": [],
        "published": 0,
        "files": [],
    },
    "bob": {
        "options": {
            "blog_public": "1",
            "users_can_register": "1",
            "default_role": "author",
            "default_ping_status": "open",
            "default_comment_status": "open",
            "comment_moderation": "0",
            "moderation_keys": "Springfield",
            "disallowed_keys": "",
        },
        "display_name": "bob",
        "other_sessions": 1,
        "application_passwords": ["Old phone app"],
        "published": 1,
        "files": ["class-photo.png"],
    },
}
"""What is set up for each: the site's options, and what belongs to the user."""

_LEFT_ASIDE = ("_transient_", "_site_transient_", "can_compress_scripts")
"""Options that WordPress writes when anybody opens one of its pages: what it keeps ready to serve, when it looked for
updates, and whether the browser can unpack compressed scripts."""

_SQLITE = "@wp-playground/cli@3.1.56"
_DEBS = ("wordpress", "wordpress-theme-twentytwentythree", "php-getid3", "libjs-cropper", "libjs-underscore")
_PACKAGES = ("php-cli", "php-sqlite3", "php-mbstring", "php-xml", "php-curl", "php-gd")
_MODULES = {"curl", "dom", "gd", "mbstring", "pdo_sqlite", "sqlite3"}

_CONFIG = """<?php
define( 'DB_NAME', 'wp' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'DB_DIR', getenv( 'BED_DATA' ) . '/' );
define( 'DB_FILE', 'wp.sqlite' );
foreach ( [ 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ] as $bed_name ) {
	define( $bed_name . '_KEY', 'key-' . $bed_name );
	define( $bed_name . '_SALT', 'salt-' . $bed_name );
}
define( 'WP_HOME', getenv( 'BED_ORIGIN' ) );
define( 'WP_SITEURL', getenv( 'BED_ORIGIN' ) );
define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISABLE_WP_CRON', true );
$table_prefix = 'wp_';
if ( !defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
"""

_HELPER = """<?php
$given = json_decode( $argv[2], true );
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
if ( $argv[1] === 'seed' ) {
	define( 'WP_INSTALLING', true );
}
require getenv( 'BED_CODE' ) . '/wp-load.php';

function bed_seed( array $given ) {
	require ABSPATH . 'wp-admin/includes/upgrade.php';
	add_filter( 'pre_wp_mail', '__return_true' );
	$name = $given['name'];
	wp_install( 'Test blog', $name, "$name@example.org", true, '', $given['password'] );
	foreach ( $given['user']['options'] as $option => $value ) {
		update_option( $option, $value );
	}
	update_option( 'permalink_structure', '/%postname%/' );
	$user = get_user_by( 'login', $name );
	wp_update_user( [ 'ID' => $user->ID, 'display_name' => $given['user']['display_name'] ] );
	if ( !$given['user']['published'] ) {
		$every = [ 'post_type' => [ 'post', 'page' ], 'post_status' => 'any', 'numberposts' => -1 ];
		foreach ( get_posts( $every ) as $post ) {
			wp_delete_post( $post->ID, true );
		}
	}
	for ( $count = 0; $count < $given['user']['other_sessions']; $count++ ) {
		WP_Session_Tokens::get_instance( $user->ID )->create( time() + YEAR_IN_SECONDS );
	}
	foreach ( $given['user']['application_passwords'] as $label ) {
		WP_Application_Passwords::create_new_application_password( $user->ID, [ 'name' => $label ] );
	}
	foreach ( $given['user']['files'] as $file ) {
		$about = [ 'post_title' => $file, 'post_mime_type' => 'image/png', 'post_author' => $user->ID ];
		wp_insert_attachment( $about, $file );
	}
	flush_rewrite_rules( false );
}

function bed_truth( array $given ) {
	$user = get_user_by( 'login', $given['name'] );
	$said = [];
	foreach ( $given['options'] as $option ) {
		$said[$option] = (string)get_option( $option );
	}
	$said['display_name'] = $user->display_name;
	$said['sessions'] = count( WP_Session_Tokens::get_instance( $user->ID )->get_all() );
	$said['application_passwords'] = count( WP_Application_Passwords::get_user_application_passwords( $user->ID ) );
	$said['files'] = (int)wp_count_posts( 'attachment' )->inherit;
	$said['published'] = (int)count_user_posts( $user->ID );
	echo json_encode( $said );
}

'bed_' . $argv[1] === 'bed_seed' ? bed_seed( $given ) : bed_truth( $given );
"""


def home() -> Path:
    """Return the cache folder."""
    return tools.home("wordpress")


def prepare(cache: Path) -> None:
    """Set the sites up in `cache`, an absolute path; done once, later calls only look for PHP.

    Raises Unavailable where PHP, npm or the packages cannot be had at all, BedError where a step failed.
    """
    steps = ((_code(cache), _unpack), (_pristine(cache), _install))
    tools.set_up(cache, "WordPress", _MODULES, _PACKAGES, steps)


def _code(cache: Path) -> Path:
    recipe = "".join((_CONFIG, _SQLITE, *_DEBS))
    return cache / f"code-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"


def _pristine(cache: Path) -> Path:
    """The installed sites, named after the recipe, which is this file: a changed one makes new sites."""
    return cache / f"pristine-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]}"


def _unpack(cache: Path) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise Unavailable("WordPress comes from Debian's packages, and there is no apt-get here")
    if shutil.which("npm") is None:
        raise Unavailable("WordPress needs its SQLite plugin from an npm package, and there is no npm here")
    partial = tools.fresh(cache / "code.partial")
    tools.apt(cache, "download", *_DEBS, cwd=partial)
    for package in partial.glob("*.deb"):
        tools.run(cache, ("dpkg-deb", "-x", str(package), str(partial / "root")))
    code = partial / "code"
    shutil.copytree(partial / "root" / "usr" / "share" / "wordpress", code, ignore=_leads_out)
    for name in ("plugins", "themes", "languages"):
        (code / "wp-content" / name).mkdir(parents=True, exist_ok=True)
    themes = partial / "root" / "var" / "lib" / "wordpress" / "wp-content"
    if themes.is_dir():
        shutil.copytree(themes, code / "wp-content", dirs_exist_ok=True, ignore=_leads_out)
    _add_sqlite(cache, partial, code)
    (code / "wp-config.php").write_text(_CONFIG)
    code.rename(_code(cache))
    shutil.rmtree(partial)


def _leads_out(folder: str, names: list[str]) -> list[str]:
    """Leave out links to absolute paths, which are those of an installed package, and those to nothing.

    (`shutil.copytree` could leave out the latter itself, but takes relative ones to begin in the working folder.)
    """
    links = [Path(folder) / name for name in names if (Path(folder) / name).is_symlink()]
    return [link.name for link in links if link.readlink().is_absolute() or not link.exists()] + ["wp-config.php"]


def _add_sqlite(cache: Path, partial: Path, code: Path) -> None:
    """Put the plugin in, and mend the one line that keeps it from WordPress before 6.4."""
    tools.run(cache, ("npm", "pack", "--silent", _SQLITE), cwd=partial)
    tools.run(cache, ("tar", "xzf", next(partial.glob("*.tgz")).name), cwd=partial)
    plugins = code / "wp-content" / "plugins"
    with zipfile.ZipFile(partial / "package" / "sqlite-database-integration.zip") as archive:
        archive.extractall(plugins)
    unpacked = next(plugins.glob("*sqlite-database-integration*"))
    plugin = unpacked.rename(plugins / "sqlite-database-integration")
    template = (plugin / "db.copy").read_text()
    template = template.replace(
        "'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'", "__DIR__ . '/plugins/sqlite-database-integration'"
    )
    template = template.replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php")
    if "{SQLITE" in template:
        raise BedError("The SQLite plugin's db.copy has another shape than the one we know.")
    (code / "wp-content" / "db.php").write_text(template)
    driver = plugin / "wp-includes" / "sqlite" / "class-wp-sqlite-db.php"
    private, public = (f"{word} $allow_unsafe_unquoted_parameters" for word in ("private", "public"))
    driver.write_text(driver.read_text().replace(private, public))


def _install(cache: Path) -> None:
    partial = tools.fresh(cache / "pristine.partial")
    (partial / "helper.php").write_text(_HELPER)
    for name, user in USERS.items():
        folder = partial / name
        (folder / "data").mkdir(parents=True)
        env = _environment(cache, folder, "http://127.0.0.1")
        given = json.dumps({"name": name, "user": user, "password": tools.PASSWORD})
        tools.run(cache, (*_PHP, str(partial / "helper.php"), "seed", given), env=env)
        with _server(cache, folder) as origin:
            _visit_once(origin, name)
        (folder / "requests.log").unlink()
    partial.rename(_pristine(cache))


def _visit_once(origin: str, name: str) -> None:
    """Sign in, open some pages and sign out, as a person would: WordPress makes a part of its options only then."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    opener.open(f"{origin}/wp-login.php").read()
    opener.open(f"{origin}/").read()
    fields = {
        "log": name,
        "pwd": tools.PASSWORD,
        "wp-submit": "Log In",
        "redirect_to": f"{origin}/wp-admin/profile.php",
    }
    opener.open(f"{origin}/wp-login.php", urlencode(fields | {"testcookie": "1"}).encode()).read()
    for page in ("options-reading.php", "options-general.php", "options-discussion.php", "profile.php"):
        text = opener.open(f"{origin}/wp-admin/{page}").read().decode()
    link = re.search(r'href="([^"]*action=logout[^"]*)"', text)
    if link is None:
        raise BedError("WordPress did not take the password of its own user.")
    opener.open(html.unescape(link[1])).read()


_PHP = ("php", "-d", "error_reporting=0", "-d", "sendmail_path=/bin/true")


def _environment(cache: Path, folder: Path, origin: str) -> dict[str, str]:
    return {
        **os.environ,
        "BED_CODE": str(_code(cache)),
        "BED_DATA": str(folder / "data"),
        "BED_ORIGIN": origin,
        "BED_REQUESTS": str(folder / "requests.log"),
    }


# -- a site that runs ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Blog:
    """A site: its address, its one user and their password, and what its own files say, also after it has ended."""

    origin: str
    user: str
    folder: Path
    cache: Path
    password: str = tools.PASSWORD
    platform: str = "wordpress"

    def truth(self) -> dict[str, Any]:
        """Return the site's options and the user's own things as WordPress's own functions say them."""
        given = json.dumps({"name": self.user, "options": list(USERS[self.user]["options"])})
        shown = subprocess.run(
            (*_PHP, str(_pristine(self.cache) / "helper.php"), "truth", given),
            env=_environment(self.cache, self.folder, self.origin),
            capture_output=True,
            text=True,
            check=True,
        )
        said: dict[str, Any] = json.loads(shown.stdout)
        return said

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table but WordPress's own cache (`_LEFT_ASIDE`), which holds no setting."""
        tables: dict[str, list[tuple[Any, ...]]] = {}
        with closing(self._open()) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name != "sqlite_sequence":
                    rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
                    tables[name] = sorted((row for row in rows if not self._cached(name, row)), key=repr)
        return tables

    @staticmethod
    def _cached(table: str, row: tuple[Any, ...]) -> bool:
        return table == "wp_options" and str(row[1]).startswith(_LEFT_ASIDE)

    def live_sessions(self) -> int:
        """Return how many sessions stand in the user's `session_tokens`."""
        sessions: int = self.truth()["sessions"]
        return sessions

    def log(self) -> list[tuple[str, str, str]]:
        """Return method, target and names of cookies of every request the server saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, target, cookies) for method, target, cookies in (line.split("\t", 2) for line in lines)]

    def _open(self) -> sqlite3.Connection:
        file = self.folder / "data" / "wp.sqlite"
        return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)


@contextmanager
def running(cache: Path, tmp_path: Path, user: str) -> Iterator[Blog]:
    """Start a private copy of a user's site on a free port of 127.0.0.1, and end it with all its workers.

    Raises what `prepare` raises, and BedError where the server does not start.
    """
    prepare(cache)
    folder = tmp_path / "wordpress"
    shutil.copytree(_pristine(cache) / user, folder)
    (folder / "requests.log").touch()
    with _server(cache, folder) as origin:
        yield Blog(origin, user, folder, cache)


@contextmanager
def _server(cache: Path, folder: Path) -> Iterator[str]:
    log = folder / "server.log"
    router = str(Path(__file__).with_name("wordpress_router.php"))
    for _attempt in range(5):
        host = f"127.0.0.1:{tools.free_port()}"
        env = _environment(cache, folder, f"http://{host}") | {"PHP_CLI_SERVER_WORKERS": "4"}
        options = (*_PHP, *tools.compiled(cache), "-d", "display_errors=0")
        process = tools.start((*options, "-S", host, "-t", str(_code(cache)), router), env, log)
        try:
            if tools.came_up(process, log, "started"):
                yield f"http://{host}"
                return
        finally:
            tools.end(process)
    raise BedError(f"PHP's server did not start ({log}):\n{tools.tail(log)}")
