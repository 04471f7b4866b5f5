"""The page of a trace: it loads nothing, it has the figures of the trace, and a browser shows them."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.simulator import Arrivals, Record, Trace, simulate
from cdk_esm.testing.plans import mapping
from tests.core.simulator.helping import bad, ok, reporting

BROWSER = shutil.which("chromium")
MUST = "CDK_ESM_BROWSER" in os.environ


def trace_with_everything() -> Trace:
    payload = lambda number: "bad" if number % 9 == 0 else "ok"  # noqa: E731 - a payload
    return simulate(mapping("sqs"), reporting(bad, seconds=1), Arrivals.steady(0.5, lasting=120, payload=payload))


def test_the_page_is_self_contained() -> None:
    page = trace_with_everything().to_html()

    assert re.findall(r'(?:src|href)="', page) == []
    assert "@import" not in page
    assert "url(" not in page
    assert re.findall(r"https?://[^\"\s]+", page) == ["http://www.w3.org/2000/svg"]


def test_no_name_of_a_record_can_end_the_data_of_the_page() -> None:
    trace = simulate(mapping("sqs"), ok, [Record("a", id="</script><script>alert(1)</script>")])
    page = trace.to_html()

    assert "<script>alert" not in page
    (data,) = re.findall(r'<script type="application/json" id="trace">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["records"][0]["id"] == "</script><script>alert(1)</script>"


def test_payloads_are_not_in_the_page() -> None:
    trace = simulate(mapping("kinesis", MaximumRetryAttempts=0), reporting(bad), ["bad secret"])

    assert trace.destinations[0].document["payload"]
    assert "secret" not in trace.to_html()
    assert "YmFkIHNlY3JldA" not in trace.to_html()


def shown(page: Path) -> str:
    """What a browser makes of a page; skipped where there is none, unless CDK_ESM_BROWSER says that there must be."""
    if BROWSER is None:
        assert not MUST, "there is no chromium, and CDK_ESM_BROWSER wants one"
        pytest.skip("install a browser for this test: apt-get install chromium")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"]
    answer = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=False)
    return answer.stdout


def test_a_browser_shows_the_figures_of_the_trace(tmp_path: Path) -> None:
    trace = trace_with_everything()
    file = tmp_path / "trace.html"
    file.write_text(trace.to_html(), encoding="utf-8")
    dom = shown(file)
    figures = dict(re.findall(r'data-key="([^"]+)" data-value="([^"]+)"', dom))
    summary: dict[str, Any] = trace.to_dict()["summary"]

    expected = {f"ends.{end}": count for end, count in summary["ends"].items()}
    for name in ("records", "invocations", "errors", "throttles", "duplicates", "most_concurrent", "lost"):
        expected[name] = summary[name]
    assert figures == {name: str(count) for name, count in expected.items()}
    assert len(re.findall(r'<g tabindex="[^"]+" role="img" aria-label="r\d+: ', dom)) == len(trace.records)
    assert dom.count('tabindex="0" role="img"') == 1
    for alarm in trace.alarms:
        assert f"{alarm.name} of {alarm.path} fires" in dom
    told = html.unescape(dom)
    assert all(one.decision in told for one in trace.invocations)
    assert len(re.findall("<figure>", dom)) >= 3
