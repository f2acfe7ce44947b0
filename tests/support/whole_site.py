"""The site as `nox -s site` makes it, but with papers that nobody printed, and a server that gives it out."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from privacyaudit.catalogue import loading
from privacyaudit.offline import site, site_folder

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 30)
PAPER = b"%PDF-1.7\n"


def has_sphinx() -> bool:
    """Tell whether the pages of the guide can be made here."""
    return find_spec("sphinx") is not None and find_spec("myst_parser") is not None


def guide(folder: Path) -> Path:
    """Let Sphinx make the pages of the guide, as `nox -s site` does, and return the folder in which they are."""
    how = ("--fail-on-warning", "--keep-going", "--quiet", "-c", "docs", "-d", f"{folder}/read")
    command = [sys.executable, "-m", "sphinx", *how, ".", f"{folder}/guide"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "guide"


def made(source: Path | None = None) -> dict[str, bytes]:
    """Return all files of the site, with the guide where it is given."""
    catalogue = loading.catalogue()
    files = site_folder.guide(source) if source else {}
    files |= {name: page.encode() for name, page in site.pages(catalogue, today=DAY).items()}
    files |= dict.fromkeys(site.papers(catalogue, today=DAY), PAPER)
    return site.whole(files)


class Handler(SimpleHTTPRequestHandler):
    """Give out a folder. Where the server is `short`, it leaves out the end of a name, as some free hosts do."""

    server: Server

    def do_GET(self) -> None:
        path, _mark, query = self.path.partition("?")
        self.server.asked.append(path)
        del self.headers["If-Modified-Since"]  # it is told in seconds, and a test changes files sooner
        if self.server.short and path.endswith(".html"):
            self.send_response(308)
            self.send_header("Location", path.removesuffix(".html") + (f"?{query}" if query else ""))
            self.end_headers()
            return
        if self.server.short and Path(f"{self.translate_path(path)}.html").is_file():
            self.path = f"{path}.html"
        super().do_GET()

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A web server on this computer that remembers what it was asked for."""

    daemon_threads = True
    short = False

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder)))
        self.asked: list[str] = []
        self._runs = threading.Thread(target=self.serve_forever, daemon=True)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self) -> None:
        """Answer nobody from now on."""
        if self._runs.is_alive():
            self.shutdown()
            self._runs.join()
            self.server_close()

    def __enter__(self) -> Self:
        self._runs.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
