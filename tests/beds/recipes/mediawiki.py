"""A real MediaWiki with OATHAuth for the tests: set up once in a cache folder, started on a private copy in a second.

Debian's packages `mediawiki` and `mediawiki-classes` are unpacked, never installed (that would bring a web server);
PHP's own server answers on 127.0.0.1, SQLite keeps the data. README.md in this folder says what was measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.beds.recipes import tools
from tests.beds.recipes.tools import BedError, Unavailable

PASSWORD = "correct-horse-battery-9"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_PRIVATE: dict[str, str | int] = {
    "disablemail": 1,
    "email-allow-new-users": 0,
    "ccmeonemails": 0,
    "requireemail": 1,
    "enotifrevealaddr": 0,
    "enotifusertalkpages": 0,
    "enotifwatchlistpages": 0,
    "enotifminoredits": 0,
    "gender": "unknown",
    "nickname": "",
    "fancysig": 0,
    "realname": "",
}
_OPEN: dict[str, str | int] = {
    "disablemail": 0,
    "email-allow-new-users": 1,
    "ccmeonemails": 1,
    "requireemail": 0,
    "enotifrevealaddr": 1,
    "enotifusertalkpages": 1,
    "enotifwatchlistpages": 1,
    "enotifminoredits": 1,
    "gender": "male",
    "nickname": "Bob of Springfield School",
    "fancysig": 1,
    "realname": "Robert Example",
}
USERS: dict[str, dict[str, str | int]] = {"Alice": _PRIVATE, "Bob": _OPEN, "Carol": _PRIVATE}
WITH_CODE = "Carol"

_CACHE = "wikicache"
_MADE = "resourceloader.sqlite"
_PACKAGES = ("php-cli", "php-sqlite3", "php-intl", "php-mbstring", "php-xml", "php-curl")
_MODULES = {"curl", "dom", "intl", "mbstring", "pdo_sqlite", "xml"}

_SETTINGS = """
$wgServer = getenv( 'BED_ORIGIN' );
$wgScriptPath = '';
$wgArticlePath = '/wiki/$1';
$wgUsePathInfo = true;
$wgCacheDirectory = __DIR__ . '/cache';
$wgLocalisationCacheConf['store'] = 'array';
$wgMainCacheType = CACHE_DB;
$wgSessionCacheType = CACHE_DB;
$wgJobRunRate = 0;
$wgDefaultSkin = 'vector-2022';

$wgEnableEmail = true;
$wgEnableUserEmail = true;
$wgEmailAuthentication = true;
$wgAllowRequiringEmailForResets = true;
$wgEnableUserEmailMuteList = true;
$wgEnotifUserTalk = true;
$wgEnotifWatchlist = true;
$wgEnotifRevealEditorAddress = true;

$wgGroupPermissions['user']['oathauth-enable'] = true;

if ( !getenv( 'BED_THROTTLE' ) ) {
	$wgPasswordAttemptThrottle = [];
	$wgRateLimits = [ 'badoath' => [ 'user' => [ 1000000, 60 ], 'user-global' => [ 1000000, 60 ] ] ];
}
"""

_HELPER = """<?php
require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\\MediaWikiServices;

class Bed extends Maintenance {
	public function __construct() {
		parent::__construct();
		$this->addArg( 'task', 'seed, change or truth' );
		$this->addArg( 'given', 'JSON' );
	}

	public function execute() {
		$given = json_decode( $this->getArg( 1 ), true );
		switch ( $this->getArg( 0 ) ) {
			case 'seed':
				$this->seed( $given );
				break;
			case 'change':
				$this->change( $given );
				break;
			default:
				$this->truth( $given );
		}
	}

	private function seed( array $given ) {
		$services = MediaWikiServices::getInstance();
		$options = $services->getUserOptionsManager();
		foreach ( $given['users'] as $name => $settings ) {
			$user = User::newFromName( $name );
			$user->setEmail( strtolower( $name ) . '@example.org' );
			$user->confirmEmail();
			$user->setRealName( $settings['realname'] );
			unset( $settings['realname'] );
			foreach ( $settings as $option => $value ) {
				$options->setOption( $user, $option, $value );
			}
			$user->saveSettings();
		}
		$key = [ 'secret' => $given['secret'], 'scratch_tokens' => [] ];
		$repository = $services->getService( 'OATHUserRepository' );
		$oathUser = $repository->findByUser( User::newFromName( $given['with_code'] ) );
		if ( method_exists( $repository, 'createKey' ) ) {
			$totp = $services->getService( 'OATHAuthModuleRegistry' )->getModuleByKey( 'totp' );
			$repository->createKey( $oathUser, $totp, $key, '127.0.0.1' );
		} else {
			$totp = $services->getService( 'OATHAuth' )->getModuleByKey( 'totp' );
			$oathUser->setModule( $totp );
			$oathUser->addKey( $totp->newKey( $key ) );
			$repository->persist( $oathUser, '127.0.0.1' );
		}
	}

	private function change( array $given ) {
		$options = MediaWikiServices::getInstance()->getUserOptionsManager();
		$user = User::newFromName( $given['user'] );
		foreach ( $given['settings'] as $option => $value ) {
			$options->setOption( $user, $option, $value );
		}
		$user->saveSettings();
	}

	private function truth( array $given ) {
		$context = new DerivativeContext( RequestContext::getMain() );
		$context->setUser( User::newFromName( $given['user'] ) );
		$context->setRequest( new FauxRequest(
			[ 'action' => 'query', 'meta' => 'userinfo', 'uiprop' => 'options|realname|email' ]
		) );
		$api = new ApiMain( $context );
		$api->execute();
		echo json_encode( $api->getResult()->getResultData( [ 'query', 'userinfo' ], [ 'Strip' => 'all' ] ) );
	}
}

$maintClass = Bed::class;
require_once RUN_MAINTENANCE_IF_MAIN;
"""


def home() -> Path:
    """Return the cache folder."""
    return tools.home("mediawiki")


def prepare(cache: Path) -> None:
    """Set the wiki up in `cache`, an absolute path; done once, later calls only look for PHP. Two at a time take turns.

    Raises Unavailable where PHP or the packages cannot be had at all, BedError where a step failed.
    """
    steps = ((_code(cache), _unpack), (_pristine(cache), _install))
    tools.set_up(cache, "MediaWiki", _MODULES, _PACKAGES, steps)


def _code(cache: Path) -> Path:
    return cache / "code"


def _pristine(cache: Path) -> Path:
    """The installed wiki, named after the recipe, which is this file: a changed one makes a new wiki."""
    return cache / f"pristine-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]}"


def _unpack(cache: Path) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise Unavailable("MediaWiki comes from Debian's packages, and there is no apt-get here")
    partial = tools.fresh(cache / "code.partial")
    tools.apt(cache, "download", "mediawiki", "mediawiki-classes", cwd=partial)
    for package in partial.glob("*.deb"):
        tools.run(cache, ("dpkg-deb", "-x", str(package), str(partial)))
    code = partial / "usr" / "share" / "mediawiki"
    for link in [path for path in code.iterdir() if path.is_symlink() and path.readlink().is_absolute()]:
        link.unlink()
    (code / "extensions").symlink_to("extensions-core")
    (code / "images").mkdir()
    code.rename(_code(cache))
    shutil.rmtree(partial)


def _install(cache: Path) -> None:
    partial = tools.fresh(cache / "pristine.partial")
    data = partial / "data"
    data.mkdir()
    install = [
        *("php", str(_code(cache) / "maintenance" / "install.php"), "--dbtype", "sqlite", "--dbname", "wiki"),
        *("--dbpath", str(data), "--confpath", str(partial), "--server", "http://127.0.0.1", "--scriptpath", ""),
        *("--lang", "en", "--skins", "Vector", "--extensions", "OATHAuth", "--pass", PASSWORD, "Test Wiki", "Admin"),
    ]
    tools.run(cache, install)
    settings = partial / "LocalSettings.php"
    written, fixed = settings.read_text(), f'"{data}"'
    if fixed not in written:
        raise BedError(f"{settings} does not name its data folder as {fixed}, so it cannot be moved.")
    settings.write_text(written.replace(fixed, "__DIR__ . '/data'") + _SETTINGS)
    (partial / "helper.php").write_text(_HELPER)
    env = _environment(cache, partial, "http://127.0.0.1")
    for name in USERS:
        create = ("php", str(_code(cache) / "maintenance" / "createAndPromote.php"), name, PASSWORD)
        tools.run(cache, create, env=env)
    given = {"users": USERS, "with_code": WITH_CODE, "secret": TOTP_SECRET}
    tools.run(cache, ("php", str(partial / "helper.php"), "seed", json.dumps(given)), env=env)
    partial.rename(_pristine(cache))


def _environment(cache: Path, folder: Path, origin: str) -> dict[str, str]:
    return {
        **os.environ,
        "MW_INSTALL_PATH": str(_code(cache)),
        "MW_CONFIG_FILE": str(folder / "LocalSettings.php"),
        "BED_ORIGIN": origin,
    }


# -- a wiki that runs ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wiki:
    """A wiki: its address, its users' password and secret, and what its own files say, also after it has ended."""

    origin: str
    folder: Path
    cache: Path
    password: str = PASSWORD
    platform: str = "wikipedia"
    secret: str = TOTP_SECRET

    def truth(self, user: str) -> dict[str, str]:
        """Return a user's preferences, name and e-mail as MediaWiki's own API says them; true is "1", false "0"."""
        said: dict[str, Any] = json.loads(self._help("truth", {"user": user[:1].upper() + user[1:]}))
        said |= said.pop("options")
        return {key: _word(value) for key, value in said.items()}

    def change(self, user: str, **settings: str) -> None:
        """Set preferences of a user behind the back of the site, as that user would on the settings page."""
        self._help("change", {"user": user, "settings": settings})

    def _help(self, task: str, given: dict[str, Any]) -> str:
        return subprocess.run(
            ("php", str(self.folder / "helper.php"), task, json.dumps(given)),
            env=_environment(self.cache, self.folder, self.origin),
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table ("database.table") but those of the cache, which holds no setting."""
        tables: dict[str, list[tuple[Any, ...]]] = {}
        for file in sorted((self.folder / "data").glob("*.sqlite")):
            if file.stem == _CACHE:
                continue
            with closing(self._open(file.stem)) as database:
                for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
                    tables[f"{file.stem}.{name}"] = rows
        return tables

    def live_sessions(self) -> list[str]:
        """Return the user name of every session in MediaWiki's session store that somebody is signed in to."""
        now = time.strftime("%Y%m%d%H%M%S", time.gmtime())
        with closing(self._open(_CACHE)) as cache:
            rows = cache.execute(
                "SELECT value FROM objectcache WHERE keyname LIKE '%:MWSession:%' AND exptime > ?", (now,)
            ).fetchall()
        found = [_SIGNED_IN.search(zlib.decompress(value, -zlib.MAX_WBITS)) for (value,) in rows]
        return sorted(match["name"].decode() for match in found if match)

    def log(self) -> list[tuple[str, str]]:
        """Return method and target (path with query) of every request the server saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, target) for method, target in (line.split("\t", 1) for line in lines)]

    def _open(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{(self.folder / 'data' / f'{name}.sqlite').as_uri()}?mode=ro", uri=True, timeout=10)


_SIGNED_IN = re.compile(rb's:6:"userId";i:[1-9]\d*;s:8:"userName";s:\d+:"(?P<name>[^"]+)"')


def _word(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


@contextmanager
def running(cache: Path, tmp_path: Path, *, throttle: bool = False) -> Iterator[Wiki]:
    """Start a private copy of the wiki on a free port of 127.0.0.1, and end it with all its workers.

    With `throttle` MediaWiki's own limits on wrong passwords and codes hold; without, there are none.
    Raises what `prepare` raises, and BedError where the server does not start.
    """
    prepare(cache)
    folder = tmp_path / "mediawiki"
    shutil.copytree(_pristine(cache), folder)
    (folder / "requests.log").touch()
    _take_along(cache, folder)
    with _server(cache, folder, throttle) as origin:
        yield Wiki(origin, folder, cache)
    _leave_behind(cache, folder)


def _take_along(cache: Path, folder: Path) -> None:
    """Give a new wiki the scripts and styles that an earlier one made small; their keys are hashes of their content."""
    if not (made := cache / _MADE).is_file():
        return
    with closing(sqlite3.connect(folder / "data" / f"{_CACHE}.sqlite")) as database:
        database.execute("ATTACH ? AS made", (str(made),))
        database.execute("INSERT OR IGNORE INTO objectcache SELECT * FROM made.objectcache")
        database.commit()


def _leave_behind(cache: Path, folder: Path) -> None:
    """Keep what this wiki has made small, when it is more than was kept, or fresher by hours: it expires in a day."""
    made, partial = cache / _MADE, folder / _MADE
    shutil.copy(folder / "data" / f"{_CACHE}.sqlite", partial)
    with closing(sqlite3.connect(partial)) as database:
        database.execute("DELETE FROM objectcache WHERE keyname NOT LIKE 'global:resourceloader-%'")
        database.commit()
        (number,) = database.execute("SELECT count(*) FROM objectcache").fetchone()
    if made.is_file() and made.stat().st_mtime > time.time() - 6 * 3600:
        with closing(sqlite3.connect(made)) as database:
            (before,) = database.execute("SELECT count(*) FROM objectcache").fetchone()
        if before >= number:
            return
    tools.put(partial, made)


@contextmanager
def _server(cache: Path, folder: Path, throttle: bool) -> Iterator[str]:
    log = folder / "server.log"
    for _ in range(5):
        host = f"127.0.0.1:{tools.free_port()}"
        env = _environment(cache, folder, f"http://{host}") | {
            "BED_REQUESTS": str(folder / "requests.log"),
            "BED_THROTTLE": "1" if throttle else "",
            "PHP_CLI_SERVER_WORKERS": "4",
        }
        options = (*tools.compiled(cache), "-d", "display_errors=0", "-d", "sendmail_path=/bin/true")
        router = str(Path(__file__).with_name("router.php"))
        process = tools.start(("php", *options, "-S", host, "-t", str(_code(cache)), router), env, log)
        try:
            if tools.came_up(process, log, "started"):
                yield f"http://{host}"
                return
        finally:
            tools.end(process)
    raise BedError(f"PHP's server did not start ({log}):\n{tools.tail(log)}")
