"""The offline page without its script."""

from __future__ import annotations

import re


def static(html: str) -> str:
    """Return a page of the same size and with the same texts that shows them all and runs nothing."""
    bare = re.sub(r'<script type="module">.*</script>\n|<meta http-equiv[^>]*>\n', "", html, flags=re.DOTALL)
    bare = bare.replace("@media (scripting: enabled)", "@media (scripting: none)")
    return f"{bare}<!--{' ' * (len(html.encode()) - len(bare.encode()) - len('<!---->'))}-->"
