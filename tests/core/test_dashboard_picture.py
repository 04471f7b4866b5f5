"""The picture of the dashboard: it has all that the body has, and a browser finds room for every word of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cdk_esm.alarms.dashboard import Column
from tools.dashboard_graph import points_of
from tools.dashboard_picture import body_of_picture, dashboard_picture, runs

BROWSER = shutil.which("chromium")
MUST = "CDK_ESM_BROWSER" in os.environ
SVG = "{http://www.w3.org/2000/svg}"
MEASURE = """\
<script>
const outside = [];
for (const group of document.querySelectorAll("svg > g")) {
  const widget = group.querySelector(".widget").getBoundingClientRect();
  for (const text of group.querySelectorAll("text")) {
    const box = text.getBoundingClientRect();
    if (box.left < widget.left || box.right > widget.right || box.top < widget.top || box.bottom > widget.bottom)
      outside.push(text.textContent);
  }
}
document.title = "measured " + document.querySelectorAll("text").length;
document.body.dataset.outside = JSON.stringify(outside);
</script>"""


def words() -> list[str]:
    """Every text of the picture."""
    return [one.text or "" for one in ET.fromstring(dashboard_picture()).iter(f"{SVG}text")]  # noqa: S314 - our own


def test_the_picture_has_every_widget_of_the_body() -> None:
    widgets = body_of_picture()["widgets"]
    groups = ET.fromstring(dashboard_picture()).findall(f"{SVG}g")  # noqa: S314 - our own

    assert len(groups) == len(widgets)
    assert [words().count(column.value) for column in Column] == [len(runs())] * len(Column)


def test_every_line_limit_and_alarm_of_the_body_is_named() -> None:
    said = words()
    for widget in body_of_picture()["widgets"]:
        properties = widget["properties"]
        for line in properties.get("metrics", ()):
            assert "visible" in line[-1] or any(one.startswith(line[-1]["label"]) for one in said)
        for limit in properties.get("annotations", {}).get("horizontal", ()):
            assert any(one.startswith(f"{limit['label']}: ") for one in said)
        for arn in properties.get("alarms", ()):
            assert any(one.startswith(f"{arn.rpartition(':')[2]}: ") for one in said)


def test_the_picture_tells_what_the_page_says_of_it() -> None:
    orders, clicks = runs()
    now = {one.name for one in orders.trace.alarms if one.until is None}

    assert now == {"dead_letters"}
    assert {one.name for one in orders.trace.alarms} == {"dead_letters", "failures", "age"}
    assert clicks.trace.alarms == ()
    assert [one for one in words() if one.endswith(": ALARM")] == ["dead_letters: ALARM"]


@pytest.mark.parametrize(("statistic", "expected"), [("Sum", {0: 3, 120: 5}), ("Maximum", {0: 2, 120: 5})])
def test_minutes_become_periods(statistic: str, expected: dict[int, float]) -> None:
    series = [(0, 1, 1, 1), (60, 2, 2, 2), (120, 5, 5, 1), (240, 9, 9, 1)]

    assert points_of(series, statistic, 120, 240) == expected


def test_a_browser_finds_room_for_every_word(tmp_path: Path) -> None:
    if BROWSER is None:
        assert not MUST, "there is no chromium, and CDK_ESM_BROWSER wants one"
        pytest.skip("install a browser for this test: apt-get install chromium")
    page = tmp_path / "dashboard.html"
    page.write_text(f"<!doctype html><body>{dashboard_picture()}{MEASURE}</body>", encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    answer = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=False).stdout

    assert f"<title>measured {len(words())}</title>" in answer
    assert re.findall(r'data-outside="(.*?)"', answer) == ["[]"]
