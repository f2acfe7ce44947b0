"""The browser's only way out. See docs/how-it-stays-read-only.md."""

from privacyaudit.browser.gate.door import Gate as Gate
from privacyaudit.browser.gate.reader import ReadingGate as ReadingGate
