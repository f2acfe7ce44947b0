"""Make everything ready on a fresh machine, then open the program, or run the demo or the tests.

    python3 bootstrap.py            open the program in your browser
    python3 bootstrap.py demo       see the whole program at work on a pretend site
    python3 bootstrap.py test       run the whole test suite
    python3 bootstrap.py setup      make ready only
    python3 bootstrap.py COMMAND    run "privacyaudit COMMAND", such as: audit, list, doctor

It needs Python 3.11 or newer and nothing else. It installs the exact versions that the folder locks names, into the
folder .venv next to it and, for the tests, .cache; as root on Debian or Ubuntu it also installs the packages listed
below. A second run finds all of it in place.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an old Python must get as far as this sentence
    sys.exit("privacyaudit needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SAFE_PYTHON = (PYTHON, "-P")  # does not take modules from the folder one happens to be in
STAMP = VENV / "bootstrap.stamp"
LOG = VENV / "bootstrap.log"
FOR_THE_PROGRAM = ROOT / "locks" / "program.txt"
FOR_DEVELOPMENT = ROOT / "locks" / "development.txt"  # the program's and the tools', in the same versions
SETTLES_WHAT_IS_INSTALLED = (ROOT / "pyproject.toml", FOR_THE_PROGRAM, FOR_DEVELOPMENT)

VNU = ROOT / ".cache" / "vnu"
VNU_PACKAGE = ("vnu-jar", "26.9.27")
TSC = ROOT / ".cache" / "typescript"
TSC_PACKAGE = ("typescript", "7.0.2")

VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
DRIVER_PACKAGES = ["libatomic1"]  # Playwright's own Node.js does not start without it
BROWSER_PACKAGES = ["chromium"]
TEST_PACKAGES = [
    *DRIVER_PACKAGES,
    *("chromium", "chromium-headless-shell", "fonts-dejavu-core", "xvfb", "xauth"),  # pages, with and without a window
    "iproute2",  # networks as other people have them
    "tmux",  # the program in a real terminal
    *("gnome-keyring", "dbus", "dbus-x11"),  # a real keyring
    *("php-cli", "php-sqlite3", "php-intl", "php-mbstring", "php-xml", "php-curl"),  # real MediaWiki and WordPress
    "poppler-utils",  # what a printed report says
    *("cron", "libplist-utils"),  # what checks the files of a scheduler
    *("khal", "dunst"),  # a real calendar and a real notification server
    *("binutils", "patchelf"),  # what PyInstaller looks into libraries with, and what makes them smaller
    *("desktop-file-utils", "libglib2.0-bin"),  # a desktop's own programs, which judge and open an entry of its menu
    *("faketime", "zbar-tools"),  # other days, and a reader of QR codes that is not ours
]
JAVA_PACKAGE = "default-jre-headless"  # for vnu, the HTML checker; any other Java will do

ASK_FOR_A_BROWSER = """
import sys
from privacyaudit.browser.find import find
from privacyaudit.errors import AuditError
try:
    find(headless=True)
except AuditError as error:
    sys.exit(f"{error.what} {error.advice}".replace("\\n", " "))
"""


class SetUpError(Exception):
    """One sentence for the person: what is wrong and what to do."""


def main(words: list[str]) -> int:
    """Carry out the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # names of folders need not be in the terminal's own letters
    command, *rest = words or ["start"]
    if command in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    try:
        if command == "test":
            set_up(development=True)
            get_test_tools()
            return run("-m", "nox", "--noxfile", str(ROOT / "noxfile.py"), "-s", "tests", "--", *rest)
        set_up()
        if command == "setup":
            program = PYTHON.parent / "privacyaudit"
            say(f"Ready. The program is {program}. To open it from your menu or desktop: {program} shortcut")
            return 0
        if command == "demo":
            get_browser()
        return run("-m", "privacyaudit", command, *rest)
    except SetUpError as trouble:
        say(str(trouble))
    except OSError as error:
        say(f"{error.filename or 'This computer'}: {error.strerror}. Mend that and try again.")
    except KeyboardInterrupt:
        return 130
    return 1


def say(line: str) -> None:
    """Tell the person one thing, apart from what the program itself prints."""
    print(line, file=sys.stderr, flush=True)


def run(*arguments: str) -> int:
    """Run the environment's Python in this terminal and return its exit code.

    Ctrl-C goes to both; the program there saves what it has and ends, so this one waits for it.
    """
    process = subprocess.Popen([*SAFE_PYTHON, *arguments])
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            code = process.wait()
            return code if code >= 0 else 128 - code


def quietly(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command without input and keep what it prints."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_USER": "0"}
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line that a command printed."""
    return (done.stdout.strip().splitlines() or ["no reason given"])[-1]


def works(*command: str | Path) -> bool:
    """Tell whether a command exists and ends well."""
    try:
        return quietly(*command).returncode == 0
    except OSError:
        return False


# The virtual environment


def set_up(*, development: bool = False) -> None:
    """Make the virtual environment and install the project with all extras, unless that is done already.

    For development the tools come too. Raises SetUpError.
    """
    settled = hashlib.sha256(b"".join(path.read_bytes() for path in SETTLES_WHAT_IS_INSTALLED)).hexdigest()
    stamp = [settled, str(ROOT), *(["development"] if development else [])]
    usable = works(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
    if usable and STAMP.is_file() and STAMP.read_text(encoding="utf-8").splitlines()[: len(stamp)] == stamp:
        return
    if not usable:
        make_environment()
    pip = find_pip()
    STAMP.unlink(missing_ok=True)
    say(f"Installing privacyaudit into {VENV} (this takes up to a minute) ...")
    lock = FOR_DEVELOPMENT if development else FOR_THE_PROGRAM
    # A source package would bring what builds it, in any version; so everything is a wheel, and ours is built with
    # what the lock has just brought.
    install(pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))
    install(pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text("\n".join(stamp) + "\n", encoding="utf-8")


def install(pip: list[str | Path], *what: str) -> None:
    """Install into the environment. Raises SetUpError with the reason that pip gave."""
    done = quietly(*pip, "install", "--quiet", "--no-input", *what)
    LOG.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        faults = [line for line in done.stdout.splitlines() if line.startswith("ERROR: ")]
        reason = faults[-1].removeprefix("ERROR: ") if faults else "pip stopped"
        raise SetUpError(
            f"The parts of the program could not be installed ({reason}); "
            f"look at your network connection and at {LOG}, then try again."
        )


def make_environment() -> None:
    """Make the virtual environment, with pip where this Python has its own copy, without where Debian took it out.

    venv reports a missing ensurepip by CalledProcessError, and Debian's by leaving the program. Raises SetUpError.
    """
    say(f"Making the virtual environment {VENV} ...")
    symlinks = os.name != "nt"
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            venv.create(VENV, clear=True, symlinks=symlinks, with_pip=True)
    except (subprocess.CalledProcessError, SystemExit):
        venv.create(VENV, clear=True, symlinks=symlinks, with_pip=False)
    except ValueError as error:  # a file in the way, or a colon in the path
        raise SetUpError(f"The virtual environment cannot be made: {error}") from error


def find_pip() -> list[str | Path]:
    """Return the command that installs into the environment. Raises SetUpError when there is no pip at all.

    A pip outside the environment may install into it, whatever PEP 668 says about the system's own packages.
    """
    inside: list[str | Path] = [PYTHON, "-m", "pip"]
    if works(*inside, "--version"):
        return inside
    outside: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
    if works(*outside, "--version"):
        return outside
    if not install_packages([VENV_PACKAGE]):
        make_environment()
        if works(*inside, "--version"):
            return inside
    raise SetUpError(
        f"This Python has no pip and cannot make one; install the package {VENV_PACKAGE} "
        f"(on Debian and Ubuntu: sudo apt install {VENV_PACKAGE}), then try again."
    )


# Browser and test tools


def get_browser() -> None:
    """Find a browser that the program can drive, or install one. Raises SetUpError with what to do."""
    if not works(*SAFE_PYTHON, "-m", "playwright", "--version"):
        install_packages(DRIVER_PACKAGES)
        driver = quietly(*SAFE_PYTHON, "-m", "playwright", "--version")
        if driver.returncode:
            raise SetUpError(
                f"Playwright, which drives the browser, does not start here ({last_line(driver)}); "
                f"on Debian and Ubuntu: sudo apt install {' '.join(DRIVER_PACKAGES)}"
            )
    answer = quietly(*SAFE_PYTHON, "-c", ASK_FOR_A_BROWSER)
    if answer.returncode and not os.environ.get("PRIVACYAUDIT_BROWSER"):
        if not can_use_apt() or install_packages(BROWSER_PACKAGES):
            say("There is no browser that the program can use: asking Playwright for its Chromium ...")
            quietly(*SAFE_PYTHON, "-m", "playwright", "install", "chromium")
        answer = quietly(*SAFE_PYTHON, "-c", ASK_FOR_A_BROWSER)
    if answer.returncode:
        raise SetUpError(last_line(answer))


def get_test_tools() -> None:
    """Install what the tests can use and say what cannot be had; tests that need it are skipped and say why."""
    java = [] if works("java", "-version") else [JAVA_PACKAGE]
    missing = install_packages(TEST_PACKAGES + java)
    if missing:
        say(f"Some tests will be skipped; for all of them: sudo apt install {' '.join(missing)}")
    elif not can_use_apt():
        say("Tests that need a program which is not on this computer are skipped and say so.")
    try:
        get_browser()
    except SetUpError as trouble:
        say(f"Tests that need a browser will be skipped. {trouble}")
    if not install_with_npm(VNU, *VNU_PACKAGE):
        say("The HTML checker vnu-jar could not be installed (it needs npm); its tests will be skipped.")
    if not install_with_npm(TSC, *TSC_PACKAGE):
        say("TypeScript could not be installed (it needs npm); its test will be skipped.")


def install_with_npm(folder: Path, package: str, version: str) -> bool:
    """Install this version of a program with npm into a folder of its own, and tell whether it is there now."""
    facts = folder / "node_modules" / package / "package.json"
    if facts.is_file() and json.loads(facts.read_text(encoding="utf-8"))["version"] == version:
        return True
    npm = shutil.which("npm")
    if not npm:
        return False
    say(f"Installing {package} ...")
    folder.mkdir(parents=True, exist_ok=True)
    options = ("--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts")
    return works(npm, "install", *options, f"{package}@{version}")


def can_use_apt() -> bool:
    """Tell whether system packages can be installed: root, with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def lacking(wanted: list[str]) -> list[str]:
    """Return the Debian packages that are not installed; none where packages are not Debian's."""
    if not shutil.which("dpkg-query"):
        return []
    status = ("dpkg-query", "-W", "-f", "${db:Status-Status}")
    return [name for name in wanted if not quietly(*status, name).stdout.startswith("installed")]


def install_packages(wanted: list[str]) -> list[str]:
    """Install the Debian packages that are missing, if that is possible, and return those that still are."""
    missing = lacking(wanted)
    if not missing or not can_use_apt():
        return missing
    say(f"Installing with apt: {' '.join(missing)} ...")
    if not apt("install", "--yes", "--no-install-recommends", *missing):
        apt("update")
        known = [name for name in missing if works("apt-cache", "show", name)]
        apt("install", "--yes", "--no-install-recommends", *known)
    return lacking(missing)


def apt(*arguments: str) -> bool:
    """Run apt-get, waiting for another one to finish, and tell whether it worked."""
    patience = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    return works("apt-get", "--quiet", *patience, *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
