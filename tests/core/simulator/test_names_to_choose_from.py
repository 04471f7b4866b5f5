"""What is told of many mappings, of strange names, and of arguments that are nearly right."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cdk_esm import events
from cdk_esm.__main__ import main
from cdk_esm.errors import EsmError
from cdk_esm.simulator import simulate
from cdk_esm.testing import mapping_of
from cdk_esm.testing.plans import mapping
from cdk_esm.testing.templates import without_fault
from tests.core.simulator.helping import ok

MANY = 30


def crowded() -> dict[str, Any]:
    template = without_fault()
    one = template["Resources"]["Orders"]
    template["Resources"] |= {f"Orders{number:02}": deepcopy(one) for number in range(MANY)}
    return template


def test_many_mappings_are_counted_and_the_closest_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "shop.json"
    file.write_text(json.dumps(crowded()), encoding="utf-8")
    words = ("simulate", str(file), "--rate", "1/s", "--mapping")

    for which, said in (("Ordres07", "did you mean 'shop/Orders07'?"), ("Orders1", "shop/Orders19")):
        name = f"shop/{which}"
        with pytest.raises(EsmError) as refused:
            mapping_of(file, name)
        assert main([*words, name]) == 2
        for told in (str(refused.value), capsys.readouterr().err):
            assert said in told
            assert ("… and 11 more" in told) == (which == "Ordres07")
            assert ("shop/Orders03" in told) == (which == "Ordres07")


def test_a_name_in_an_error_stays_on_its_line() -> None:
    template = crowded()
    template["Resources"]["Or\nders"] = template["Resources"]["Orders"]

    with pytest.raises(EsmError) as refused:
        mapping_of(template, "ders")
    assert "\n" not in str(refused.value)


def test_records_without_an_order_are_refused() -> None:
    for given in ({"a", "b"}, frozenset("ab")):
        with pytest.raises(EsmError, match=r"records are a list of texts, .* got (set|frozenset)"):
            simulate(mapping("sqs"), ok, given)


@pytest.mark.parametrize("source", [{"a": 1}, ["sqs"], None, b"sqs", 3])
def test_a_source_of_sample_events_is_a_word(source: Any) -> None:
    with pytest.raises(EsmError, match="a source is one of sqs, sqs-fifo"):
        events.event(source, "a")
