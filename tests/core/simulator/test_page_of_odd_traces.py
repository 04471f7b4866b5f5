"""The page of traces that are long, short, early, kept in part, of several mappings, or of records with odd names."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Arrivals, Record, Trace, simulate
from cdk_esm.simulator.page import html_page
from cdk_esm.testing.plans import mapping, with_failure
from tests.core.simulator.browsing import seen
from tests.core.simulator.helping import bad, ok, reporting

DAY = 86_400
MINUS = "\N{MINUS SIGN}"
WIDE = "W" * 30


def data_of(trace: Trace) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="trace">(.*?)</script>', trace.to_html(), re.DOTALL)
    found: dict[str, Any] = json.loads(data)
    return found


def highest(points: Sequence[Sequence[float]]) -> list[float]:
    return [max(point[column] for point in points) for column in (1, 2)]


def test_curves_of_a_long_run_keep_their_peaks_in_few_points() -> None:
    trace = simulate(mapping("sqs"), reporting(bad), ["bad", Record("ok", at=8 * DAY)], until=9 * DAY)
    data = data_of(trace)

    assert data["step"] == 9 * 60
    for owner, series in trace.metrics.items():
        for name, points in series.items():
            drawn = data["metrics"][owner][name]
            assert len(drawn) <= 1440
            assert highest(drawn) == highest(points)
            assert all(begin % data["step"] == 0 for begin, *_ in drawn)
            assert {begin for begin, *_ in drawn} == {at // data["step"] * data["step"] for at, *_ in points}


def test_curves_of_a_day_are_drawn_minute_by_minute() -> None:
    trace = simulate(mapping("sqs"), ok, ["ok"], until=DAY)
    data = data_of(trace)

    assert data["step"] == 60
    for owner, series in trace.metrics.items():
        assert data["metrics"][owner] == {name: [list(point) for point in points] for name, points in series.items()}


_LOOK = """
const texts = [...document.querySelectorAll("#lanes g[data-row] text")].map(one => one.getBBox());
const cut = [...document.querySelectorAll("#charts svg")].flatMap(svg => [...svg.querySelectorAll("text")]
  .filter(one => one.getBBox().x < 0 || one.getBBox().x + one.getBBox().width > 361).map(one => one.textContent));
const lines = [...document.querySelectorAll("#lanes g[data-row]")];
const text = id => document.getElementById(id).textContent;
const drawn = lines.map(one => [...one.querySelectorAll("path, circle")].at(-1)?.outerHTML.replace(/[-0-9.]+/g, "n"));
const alarms = document.querySelectorAll('#lanes .over [stroke="var(--alarm)"]').length;
const ticks = [...document.querySelectorAll("#lanes .over text")].map(one => one.textContent);
const wide = Math.max(0, ...[...document.querySelectorAll("#charts figure")].map(one => one.clientWidth));
const heads = id => [...document.querySelectorAll(`#${id} th`)].map(one => one.textContent);
const figures = () => ({labels: lines.map(one => one.getAttribute("aria-label")), names: lines.map(one =>
  one.querySelector("text").textContent), titles: lines.map(one => one.querySelector("title").textContent),
  end: Math.max(0, ...texts.map(box => box.x + box.width)), left: Math.min(...lines.map(one => {
    const mark = one.querySelector("path, circle"); return mark ? mark.getBBox().x : 1e6; })),
  cut, drawn, alarms, ticks, wide, range: text("range"), sentence: text("sentence"), kept: text("kept"),
  fired: text("alarms"), worst: text("worst"), picture: document.getElementById("picture").hidden,
  heads: [heads("invocations"), heads("stories")], scrolls: document.documentElement.scrollWidth,
  details: [...document.querySelectorAll("details")].map(one => one.hidden)});
found(figures());
"""


def look(trace: Trace, folder: Path, *, width: int = 1000) -> dict[str, Any]:
    found: dict[str, Any] = seen(trace.to_html(), _LOOK, folder, width=width)
    return found


def test_odd_names_stay_at_their_place(tmp_path: Path) -> None:
    names = [WIDE, "<b>bold</b>", "\N{PACKAGE}" * 20, "two\nlines", "short"]
    plan = replace(mapping("sqs"), path="Shop/" + "Orders" * 40)
    records = [Record("bad" if name == "short" else "ok", id=name, at=number) for number, name in enumerate(names)]
    trace = simulate(plan, reporting(bad), records)
    phone, found = look(trace, tmp_path, width=390), look(trace, tmp_path, width=1000)
    for width, seen_there in ((390, phone), (1000, found)):
        assert seen_there["scrolls"] <= width
        assert seen_there["end"] < seen_there["left"]
        assert seen_there["names"][0].startswith("WW")
        assert seen_there["names"][0].endswith("…")
        assert re.fullmatch("\N{PACKAGE}+…", seen_there["names"][2])
        assert seen_there["names"][4] == "short"
    assert found["labels"][1] == "<b>bold</b>: processed at 1 s, 1 delivery"
    assert found["titles"][4] == "short: dead-letter at 15 min 4 s, 5 deliveries"
    # The alarm fires when every record has ended, and is drawn all the same.
    assert trace.alarms[0].at > max(one.ended for one in trace.records)
    assert found["alarms"] == len(trace.alarms)


def test_records_from_before_the_run_have_their_times(tmp_path: Path) -> None:
    plan = with_failure(mapping("kinesis", MaximumRetryAttempts=0), kind=FailureKind.NONE)
    records = [Record("a", at=-30 * 3600), Record("b", at=-7200), Record("bad", at=1)]
    trace = simulate(plan, reporting(bad), records)
    found = look(trace, tmp_path)

    assert [one.end for one in trace.records] == ["expired", "processed", "discarded"]
    assert found["range"].startswith(f"{MINUS}1 d 6 h to ")
    assert f"{MINUS}1 d" in found["ticks"]
    # What expired and what was discarded is told apart without its colour, too.
    assert found["drawn"][0].split(" ")[0] == "<circle"
    assert found["drawn"][2].split(" ")[0] == "<path"
    # Ages are in milliseconds: numbers of seven digits have room.
    (ages,) = [series["IteratorAge"] for series in trace.metrics.values() if "IteratorAge" in series]
    assert ages[0][2] >= 7_200_000
    assert found["cut"] == []
    assert found["wide"] < 600


def test_records_of_several_mappings_are_told_apart(tmp_path: Path) -> None:
    plans = [replace(mapping("kinesis"), path=f"Shop/{name}") for name in ("Orders", "Audit")]
    trace = simulate(plans, {"Shop/Orders": ok, "Shop/Audit": ok}, ["a"])
    found = look(trace, tmp_path)

    assert found["names"] == ["r1 Orders", "r1 Audit"]
    assert [label.partition(":")[0] for label in found["labels"]] == ["r1 of Shop/Orders", "r1 of Shop/Audit"]
    assert [head[1] for head in found["heads"]] == ["mapping", "mapping"]


def test_an_alarm_says_when_it_is_over(tmp_path: Path) -> None:
    def failing(_event: Any, _context: Any) -> None:
        raise ValueError("bad")

    trace = simulate(mapping("kinesis", MaximumRetryAttempts=0), failing, ["bad"], until=1800)
    (alarm,) = trace.alarms

    assert (alarm.name, alarm.at, alarm.until) == ("errors", 360, 660)
    assert look(trace, tmp_path)["fired"] == "errors of Shop/Orders fires after 6 min and is over after 11 min. "


def test_a_trace_says_what_it_does_not_have(tmp_path: Path) -> None:
    arrivals = Arrivals.steady(1, count=3)
    figures = look(simulate(mapping("sqs"), ok, arrivals, keep="summary"), tmp_path)
    nothing = look(simulate(mapping("sqs"), ok, []), tmp_path)
    losing = with_failure(mapping("kinesis", MaximumRetryAttempts=0), kind=FailureKind.NONE)
    some = look(simulate(losing, reporting(bad), ["ok", "bad"], keep="summary"), tmp_path)
    whole = look(simulate(mapping("sqs"), ok, ["a"]), tmp_path)

    assert figures["kept"] == 'The trace has no stories of records, because the run was told to keep="summary".'
    assert (figures["picture"], figures["details"]) == (True, [True, True])
    assert (nothing["kept"], nothing["picture"]) == ("No record arrived.", True)
    assert "has only the stories of 1 lost record, because" in some["kept"]
    assert (some["picture"], some["details"]) == (False, [True, False])
    assert (whole["kept"], whole["picture"], whole["details"]) == ("", False, [False, False])
    assert whole["sentence"].startswith("1 record, ")
    assert whole["labels"] == ["r1: processed at 0 s, 1 delivery"]


def test_a_run_of_a_year_has_ticks_and_curves(tmp_path: Path) -> None:
    trace = simulate(mapping("sqs"), ok, Arrivals.steady(10 / DAY / 365, count=10), until=30 * DAY)
    data = trace.to_dict()
    data["records"][0]["ended"] = data["summary"]["ended"] = 365 * DAY
    found = seen(html_page(data), _LOOK, tmp_path, width=1000)
    assert found["ticks"] == ["0 s", "90 d", "180 d", "270 d", "360 d"]
    assert found["worst"] == "Each step of a curve is the highest minute of 30 min."


_FAR_DOWN = """
const row = document.querySelector('#lanes [data-row="80"]');
row.focus();
const box = row.querySelector("text").getBoundingClientRect();
const over = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
const stops = () => [...document.querySelectorAll('#lanes [tabindex="0"]')].map(one => one.dataset.row);
const before = stops();
dispatchEvent(new Event("resize")); draw();
found({over: over?.closest("g")?.dataset.row, before, after: stops(), held: document.activeElement.dataset.row});
"""


def test_a_line_far_down_is_not_covered_and_stays_selected(tmp_path: Path) -> None:
    trace = simulate(mapping("sqs"), ok, Arrivals.steady(1, count=120))
    found = seen(trace.to_html(), _FAR_DOWN, tmp_path)

    assert found == {"over": "80", "before": ["80"], "after": ["80"], "held": "80"}
