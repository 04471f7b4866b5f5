"""The page of a trace: it loads nothing, it has the figures of the trace, and a browser shows them."""

import html
import json
import re
from pathlib import Path
from typing import Any

from cdk_esm.simulator import Arrivals, Record, Trace, simulate
from cdk_esm.testing.plans import mapping
from tests.core.simulator.browsing import seen, shown
from tests.core.simulator.helping import bad, ok, reporting


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


_KEYS = """
const press = key => document.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
const row = () => document.activeElement.dataset.row ?? "none";
const told = () => document.getElementById("told").textContent.split(" ")[0];
const range = () => document.getElementById("range").textContent;
const log = [];
const after = (what, key) => { if (key) press(key); log.push([what, row(), told(), range()]); };
press("ArrowDown");
after("nothing is selected");
document.querySelector('#lanes [tabindex="0"]').focus();
after("the first line is focused");
after("down", "ArrowDown"); after("down again", "ArrowDown"); after("up", "ArrowUp");
after("zoomed in", "+"); after("later", "ArrowRight"); after("earlier", "ArrowLeft"); after("zoomed out", "-");
press("+"); after("all", "0");
document.querySelector(`#lanes [data-row="${document.querySelectorAll("#lanes [data-row]").length - 1}"]`).focus();
after("down at the last line", "ArrowDown");
const named = [...document.querySelectorAll("button")].every(one => one.textContent.trim() && one.tabIndex === 0);
const toggles = [...document.querySelectorAll("summary")].map(one => one.tabIndex);
press("+"); dispatchEvent(new Event("beforeprint"));
const printed = range();
for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
  if (rule.media && rule.media.mediaText === "print") rule.media.mediaText = "screen";
const display = name => getComputedStyle(document.querySelector(name)).display;
found({log, named, toggles, printed, hidden: [display(".tools"), display(".told")], kept: display("#lanes")});
"""


def test_the_page_is_used_by_keys_and_printed(tmp_path: Path) -> None:
    trace = trace_with_everything()
    found = seen(trace.to_html(), _KEYS, tmp_path)
    last = len(trace.records) - 1
    steps = {what: (row, told) for what, row, told, _ in found["log"]}
    ranges = {what: shown_range for what, _, _, shown_range in found["log"]}

    assert steps == {
        "nothing is selected": ("none", "No"),
        "the first line is focused": ("0", "r1"),
        "down": ("1", "r2"),
        "down again": ("2", "r3"),
        "up": ("1", "r2"),
        # A line that was focused stays focused while the picture is drawn anew.
        "zoomed in": ("1", "r2"),
        "later": ("1", "r2"),
        "earlier": ("1", "r2"),
        "zoomed out": ("1", "r2"),
        "all": ("1", "r2"),
        "down at the last line": (str(last), f"r{last + 1}"),
    }
    everything = ranges["nothing is selected"]
    assert ranges["zoomed in"] == ranges["earlier"] != everything
    assert ranges["later"] not in (everything, ranges["zoomed in"])
    assert ranges["zoomed out"] == ranges["all"] == found["printed"] == everything
    assert found["named"]
    assert found["toggles"] == [0, 0]
    assert (found["hidden"], found["kept"]) == (["none", "none"], "block")


_PHONE = """
const wide = [...document.querySelectorAll("main *")].filter(one => !one.closest(".wide") && !one.closest("svg"))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.tagName);
const texts = [...document.querySelectorAll("#lanes text, #charts text, p, dd, dt, li, button")];
const smallest = Math.min(...texts.map(one => parseFloat(getComputedStyle(one).fontSize)));
const lanes = document.getElementById("lanes").getBoundingClientRect();
const scrolls = document.documentElement.scrollWidth;
found({width: innerWidth, scrolls, wide, smallest, lanes: [lanes.left, lanes.right]});
"""


def test_the_page_fits_a_phone(tmp_path: Path) -> None:
    found = seen(trace_with_everything().to_html(), _PHONE, tmp_path, width=390)

    assert found["width"] == 390
    assert found["scrolls"] <= 390
    assert found["wide"] == []
    assert found["smallest"] >= 10
    assert 0 <= found["lanes"][0] < found["lanes"][1] <= 390
