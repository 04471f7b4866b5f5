"""SAM sources are compared like templates, and with what the transform made of an earlier state of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cdk_esm.diff.changes import Change
from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.result import compare
from tests.core.template.sam.building import QUEUE, event, function, get, source
from tests.core.template.sam.transform import transformed


def worker(queue: str = "Jobs", **settings: Any) -> dict[str, Any]:
    return source(QUEUE, {"Worker": function({"Job": event("SQS", Queue=get(queue), **settings)})})


def changes(folder: Path, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    old, new = folder / "old.json", folder / "new.json"
    old.write_text(json.dumps(before), encoding="utf-8")
    new.write_text(json.dumps(after), encoding="utf-8")
    return list(compare(*read_sides(str(old), str(new))).changes)


def test_change_of_an_event_is_told_in_sams_words(tmp_path: Path) -> None:
    change = next(one for one in changes(tmp_path, worker(), worker("Lost")) if one.setting is not None)

    place = change.place
    assert (change.kind.name, place.path, place.logical_id) == ("source-changed", "new/Worker/Job", "Worker")
    assert change.setting == "Events.Job.Properties.Queue"
    assert change.message.startswith("Queue: ")


def test_source_is_the_same_as_what_was_deployed_of_it(tmp_path: Path) -> None:
    assert changes(tmp_path, transformed(worker()), worker()) == []


def test_source_differs_from_what_was_deployed_of_an_earlier_one(tmp_path: Path) -> None:
    found = changes(tmp_path, transformed(worker()), worker("Lost"))

    assert "source-changed" in {change.kind.name for change in found}
