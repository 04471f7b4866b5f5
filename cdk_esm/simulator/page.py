"""A trace as one self-contained page: it loads nothing, and can be read offline, printed and used without a mouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

_PAGE: Final = Path(__file__).with_name("page.html")


def html_page(trace: dict[str, Any]) -> str:
    """The page of a trace.

    Args:
        trace: what ``Trace.to_dict`` gives. Events are left out: the page is about records, and payloads may be secret.
    """
    calls = [{name: value for name, value in one.items() if name not in _LEFT_OUT} for one in trace["invocations"]]
    slim = {**trace, "invocations": calls, "destinations": []}
    # Nothing that a record is called can end the element that the data is in.
    text = json.dumps(slim, default=str).replace("<", "\\u003c")
    return _PAGE.read_text(encoding="utf-8").replace("__TRACE__", text)


_LEFT_OUT: Final = frozenset({"event", "response"})
