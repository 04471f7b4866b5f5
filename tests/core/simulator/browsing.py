"""Pages in a real browser: Debian's chromium, without a window."""

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

_WISH = os.environ.get("CDK_ESM_BROWSER", "")
"""Empty if a browser is used where there is one; ``none`` if it is not; anything else says that there must be one."""
BROWSER = None if _WISH == "none" else shutil.which("chromium")
MUST = _WISH not in ("", "none")
_FOUND = """<script>
const found = what => { const holder = document.createElement("pre"); holder.id = "found";
  holder.textContent = JSON.stringify(what); document.body.append(holder); };
addEventListener("load", () => { %s });
</script>"""
_FRAME = """<!doctype html><body><iframe id="frame" style="border: 0; width: %dpx; height: 844px" srcdoc="%s"></iframe>
<script>
addEventListener("load", () => { const holder = document.createElement("div"); document.body.append(holder);
  const frame = document.getElementById("frame").contentDocument.getElementById("found");
  holder.innerHTML = frame.outerHTML; document.getElementById("frame").remove(); });
</script>"""


def shown(page: Path) -> str:
    """What a browser makes of a page; skipped where there is none, unless CDK_ESM_BROWSER says that there must be."""
    if BROWSER is None:
        assert not MUST, "there is no chromium, and CDK_ESM_BROWSER wants one"
        pytest.skip("install a browser for this test: apt-get install chromium")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"]
    answer = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=False)
    return answer.stdout


def seen(text: str, script: str, folder: Path, *, width: int | None = None) -> Any:
    """What a script finds on a page, which it hands to ``found``.

    Args:
        text: the page.
        script: what to look for.
        folder: where the page can be written.
        width: of a frame around the page, in pixels, for a window without a screen is never as narrow as a phone.
    """
    page = text.replace("</body>", _FOUND % script + "</body>")
    file = folder / "page.html"
    file.write_text(page if width is None else _FRAME % (width, escape(page)), encoding="utf-8")
    (found,) = re.findall(r'<pre id="found">(.*?)</pre>', shown(file), re.DOTALL)
    return json.loads(unescape(found))
