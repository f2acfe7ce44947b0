"""Pack the program into one folder that needs no Python, with PyInstaller: `python tests/support/packed.py FOLDER`.

It holds all of the program without the parts for people who write checklists, and of the libraries what it uses: no
browser, no tools of Playwright for people who write tests, no dates in languages that it does not speak, no names for
debuggers. Our own modules lie in it as they are, so that a folder in which only they are old is made new in a moment.
"""

from __future__ import annotations

import ast
import hashlib
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = "privacyaudit"
LEFT_OUT = (
    *("textstat", "setuptools", "pkg_resources", "pytest", "hypothesis", "numpy", "tkinter", "mypy", "pydantic.mypy"),
    *("PIL.AvifImagePlugin", "PIL.ImageTk", "PIL.ImageQt", "PIL._avif", "PIL._imagingft", "PIL._imagingtk", "pytz"),
)
OF_THE_DRIVER = "playwright/driver"
TOOLS_OF_THE_DRIVER = ("lib/vite", "lib/tools", "types", "bin", "lib/xdg-open", "lib/webp_codec.wasm")
"""The trace viewer, the recorder, reports of test runs, its command line's skills, types, installers of browsers."""
DATA = ("checklists", "reports", "locale")
ENTRY = f"from {NAME}.__main__ import main\n\nmain()\n"
HOOK = 'module_collection_mode = "py"\n'


def mark() -> str:
    """Return a hash of what is packed besides our own modules: it changes with the lock and with what they import."""
    made = hashlib.sha256(f"{sys.version} {metadata.version('pyinstaller')}".encode())
    for path in (Path(__file__), ROOT / "locks" / "development.txt"):
        made.update(path.read_bytes())
    imported = set()
    for path in (ROOT / NAME).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith(NAME):
                imported |= {f"{node.module}.{one.name}" for one in node.names}
    made.update("\n".join(sorted(imported)).encode())
    return made.hexdigest()[:16]


def build(folder: Path) -> Path:
    """Build into a folder, which is replaced, and return the program in it."""
    work = folder.with_name(f"{folder.name}-work")
    for old in (folder, work):
        shutil.rmtree(old, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "start.py").write_text(ENTRY)
    (work / f"hook-{NAME}.py").write_text(HOOK)
    command = [
        *(sys.executable, "-m", "PyInstaller", str(work / "start.py"), "--onedir", "--console", "--name", NAME),
        *("--noconfirm", "--log-level", "ERROR", "--paths", str(ROOT), "--additional-hooks-dir", str(work)),
        *("--distpath", str(folder), "--workpath", str(work), "--specpath", str(work)),
        *("--collect-submodules", NAME, "--collect-submodules", "rich._unicode_data"),
        *(word for name in LEFT_OUT for word in ("--exclude-module", name)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    shutil.rmtree(work, ignore_errors=True)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    lighten(folder / NAME / "_internal")
    return refresh(folder)


def lighten(inside: Path) -> None:
    """Take out of a packed program what it never uses, and let its driver find the library that came along."""
    for name in TOOLS_OF_THE_DRIVER:
        path = inside / OF_THE_DRIVER / "package" / name
        path.unlink() if path.is_file() else shutil.rmtree(path)
    spoken = ("root", "en", *(path.name for path in (ROOT / "locale").iterdir() if path.is_dir()))
    for path in (inside / "babel" / "locale-data").glob("*.dat"):
        if path.stem.partition("_")[0] not in {name.partition("_")[0] for name in spoken}:
            path.unlink()
    if sys.platform == "linux":  # elsewhere they come without names for debuggers, and are signed
        node = inside / OF_THE_DRIVER / "node"
        for path in (node, *inside.glob("libpython*.so*")):
            subprocess.run(["strip", path], check=True)
        shutil.copy(inside / "libatomic.so.1", node.parent)
        subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", node], check=True)


def refresh(folder: Path) -> Path:
    """Put our own modules and data into a built folder, in the place of those there, and return the program."""
    inside = folder / NAME / "_internal" / NAME
    shutil.rmtree(inside, ignore_errors=True)
    shutil.copytree(ROOT / NAME, inside, ignore=shutil.ignore_patterns("__pycache__"))
    for kind in DATA:
        shutil.copytree(ROOT / kind, inside / "data" / kind)
    return folder / NAME / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]).absolute())}\n")
