"""The page of a sweep: it loads nothing, it has the figures of the runs, and it shows which is best."""

import json
import re
from pathlib import Path

import pytest

from cdk_esm.__main__ import main
from cdk_esm.report.sweep import Sweep, sweep
from cdk_esm.report.sweep_page import sweep_page
from cdk_esm.simulator import Arrivals
from cdk_esm.testing.plans import mapping
from cdk_esm.testing.templates import get, resource, template
from cdk_esm.testing.templates import mapping as written
from tests.core.simulator.browsing import seen
from tests.core.simulator.helping import bad, reporting

MARKED = [("records/s", "most"), ("lag s", "least"), ("invocations", "least")]


def compared() -> Sweep:
    def payload(number: int) -> str:
        return "bad" if number % 50 == 0 else "ok"

    arrivals = Arrivals.steady(100, lasting=3, payload=payload)
    given = ["batch_size=1,10", "max_concurrency=2,20"]
    return sweep(mapping("sqs"), given, reporting(bad), arrivals, duration=0.2, until=60)


def test_the_page_is_self_contained_and_has_every_figure() -> None:
    found = compared()
    page = found.in_form("html")
    rows = json.loads(found.in_form("json"))

    assert re.findall(r'(?:src|href)="|@import|url\(|https?://|<script', page) == []
    shown = re.findall(r'data-key="([^"]+)" data-value="([^"]+)"', page)
    assert len(shown) == 8 * len(rows)
    for key in ("invocations", "records/s", "lag s", "at a time", "errors", "throttles", "given up", "lost"):
        assert [float(value) for name, value in shown if name == key] == [one[key] for one in rows]
    assert "300 records arrive, 100 a second, and an invocation takes 0.2 s." in page
    for words in (
        "BatchSize 1, ScalingConfig.MaximumConcurrency 2",
        "BatchSize 10, ScalingConfig.MaximumConcurrency 20",
    ):
        assert page.count(f">{words}<") == 9


def test_the_best_is_marked_where_runs_differ() -> None:
    rows = [
        ({"BatchSize": size}, dict.fromkeys(("errors", "throttles", "given up", "lost", "at a time"), 0.0) | more)
        for size, more in (
            (1, {"records/s": 10.0, "lag s": 5.0, "invocations": 100.0}),
            (10, {"records/s": 40.0, "lag s": 0.0, "invocations": 10.0}),
        )
    ]
    page = sweep_page("Shop/<Orders>", "1 & 1.", rows)
    best = re.findall(r'<tr class=best><th scope="row">([^<]+)</th>.*?data-key="([^"]+)".*?<em>(\w+)</em>', page)

    assert best == [("BatchSize 10", key, word) for key, word in MARKED]
    assert "Shop/&lt;Orders&gt;" in page
    assert "1 &amp; 1." in page
    assert re.findall(r"width:([\d.]+)%", page)[:2] == ["25.0", "100.0"]


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queue = resource("SQS::Queue", {"VisibilityTimeout": 180})
    file = tmp_path / "shop.json"
    file.write_text(json.dumps(template({"Queue": queue, "Orders": written(get("Queue"))})), encoding="utf-8")
    words = ["simulate", str(file), "--rate", "10/s", "--lasting", "2s", "--sweep", "batch_size=1,5", "--until", "60s"]
    assume = ["--assume", "Timeout=3", "--assume", "ReservedConcurrentExecutions=null"]
    status = main([*words, *assume, "--html", str(tmp_path / "sweep.html")])

    assert status == 0, capsys.readouterr().err
    assert "BatchSize 5" in (tmp_path / "sweep.html").read_text(encoding="utf-8")
    assert "invocations" in capsys.readouterr().out


_LOOK = """
const bars = [...document.querySelectorAll(".charts table")].map(table => [...table.querySelectorAll(".bar")]
  .map(bar => Math.round(bar.getBoundingClientRect().width)));
const figures = [...document.querySelectorAll("[data-key]")].map(one => [one.dataset.key, one.dataset.value]);
const region = document.querySelector(".wide");
found({bars, figures, scrolls: document.documentElement.scrollWidth, focusable: region.tabIndex});
"""


@pytest.mark.parametrize("width", [390, 1000])
def test_a_browser_draws_bars_as_long_as_the_figures_say(tmp_path: Path, width: int) -> None:
    rows = compared()
    found = seen(rows.in_form("html"), _LOOK, tmp_path, width=width)
    speed = [one["records/s"] for _, one in rows.rows]

    assert found["scrolls"] <= width
    assert found["focusable"] == 0
    assert [float(value) for key, value in found["figures"] if key == "records/s"] == speed
    longest = max(found["bars"][0])
    assert longest > 50
    for length, value in zip(found["bars"][0], speed, strict=True):
        assert length == pytest.approx(longest * value / max(speed), abs=2)


def test_a_reason_of_many_is_told_once() -> None:
    given = ["batch_size=1,100", "max_concurrency=2,20"]
    found = sweep(mapping("sqs"), given, reporting(bad), Arrivals.steady(1, count=1))

    for text in (found.in_form("text"), found.in_form("html")):
        assert text.count("AWS refuses it") == 1
        named = "BatchSize 100, ScalingConfig.MaximumConcurrency 2; BatchSize 100, ScalingConfig.MaximumConcurrency 20"
        assert f"{named} are not run: AWS refuses it" in text
    assert [one for one in json.loads(found.in_form("json")) if "refused" in one] == [
        {"BatchSize": 100, "ScalingConfig.MaximumConcurrency": most, "refused": found.refused[0][1]} for most in (2, 20)
    ]


def test_what_fails_for_hours_says_nothing_of_the_speed_of_the_others() -> None:
    arrivals = Arrivals.steady(10, lasting=2, payload=lambda number: "bad" if number == 7 else "ok")
    ((_, found),) = sweep(mapping("sqs"), ["batch_size=1"], reporting(bad), arrivals).rows

    assert found["records/s"] == pytest.approx(10, rel=0.1)
    assert found["lag s"] == 0
    assert (found["given up"], found["lost"]) == (1, 0)
