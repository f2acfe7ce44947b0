"""The whole program without a process of its own, where neither its start nor its end as a process is the promise."""

from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit import i18n
from privacyaudit.__main__ import main

if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # as the program begins; these tests go on
    signal.signal(signal.SIGINT, signal.default_int_handler)


class _Stream(io.TextIOWrapper):
    """Text over bytes, as a pipe has them; never a terminal, and still there after the program closed it."""

    def __init__(self, content: bytes = b"", encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(content), encoding=encoding, newline="", write_through=True)
        self._first = encoding

    def said(self) -> str:
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode(self._first)


def run(
    *words: str, typed: str | None = None, cwd: Path | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run the program with these words, `typed` in a pipe or nothing to read, and return what a process would have."""
    out, err = _Stream(encoding=encoding), _Stream(encoding=encoding)
    code: object = 0
    spoken = i18n.language()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "unraisablehook", sys.unraisablehook)
        patch.setattr(sys, "argv", ["privacyaudit", *words])
        patch.setattr(sys, "stdin", _Stream((typed or "").encode()))
        if cwd:
            patch.chdir(cwd)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as end:
                code = end.code
    i18n.use(spoken)
    return subprocess.CompletedProcess(
        ["privacyaudit", *words], code if isinstance(code, int) else int(code is not None), out.said(), err.said()
    )
