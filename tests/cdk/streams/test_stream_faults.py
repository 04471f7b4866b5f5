"""The guide faults-streams.md names rules, alarms and tests that are there, and what a report says of replacement."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import aws_cdk as cdk
import pytest

from cdk_esm import NewFunction
from cdk_esm.alarms.select import KEYS
from cdk_esm.report.summary import summary
from cdk_esm.rules.engine import rules
from tests.cdk.streams.variants import Variant

ROOT: Final = Path(__file__).parents[3]
TABLE: Final = (ROOT / "docs" / "guide" / "faults-streams.md").read_text(encoding="utf-8")
ROWS: Final = [
    [cell.strip() for cell in line.split("|")[1:-1]] for line in TABLE.splitlines() if line.startswith("| ")
][1:]
LETTERS: Final = {"L", "D", "B", "X"}


def names_of_tests() -> set[str]:
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "sample_app").rglob("test_*.py")]
    texts = (file.read_text(encoding="utf-8") for file in files)
    return {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}


def test_every_test_that_the_table_of_faults_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", TABLE))

    assert named - names_of_tests() == set()
    assert len(named) >= 40


def test_every_rule_and_every_alarm_that_the_table_of_faults_names_is_there() -> None:
    alarms = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[4])}

    assert set(re.findall(r"ESM\d{3}", TABLE)) <= set(rules())
    assert alarms <= set(KEYS)
    assert {"iterator_age", "consumer_lag", "read_throttles", "dropped", "deliveries", "delivery_failures"} <= alarms


@pytest.mark.parametrize("row", ROWS, ids=[f"row-{number}" for number in range(1, len(ROWS) + 1)])
def test_every_fault_has_an_answer_and_a_test_that_shows_it(row: list[str]) -> None:
    fault, harm, default, rule, alarm, shown = row

    assert fault
    assert set(harm.split()) <= LETTERS
    assert default or rule or alarm
    assert "test_" in shown


def test_every_rule_about_streams_alone_stands_in_the_table_of_faults() -> None:
    about_streams = {
        rule.id for rule in rules().values() if any(re.match("STR-|KIN-|DDB-", fact) for fact in rule.facts)
    }
    elsewhere = {
        "ESM102",  # a setting of another source
        "ESM103",  # a position that the source does not offer
        "ESM109",  # a required setting, in templates
        "ESM110",  # a range
        "ESM112",  # a range
        "ESM219",  # reported, not proved
        "ESM233",  # Kafka's starting position
        "ESM327",  # Kafka's retries
        "ESM328",  # Kafka's retries
        "ESM423",  # of roles in templates: ours always hold the condition
        "ESM426",  # likewise: ours name the account of the bucket
        "ESM441",  # advice on a policy in another account, which no construct of ours can write
        "ESM442",  # likewise, where that policy is in a template of the app
        "ESM221",  # not expressible with the constructs
    }

    assert about_streams - elsewhere - set(re.findall(r"ESM\d{3}", TABLE)) == set()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("shared", ("stream", "starting_position", "starting_position_timestamp")),
        ("fan-out", ("enhanced_fan_out", "starting_position", "starting_position_timestamp")),
        ("dynamodb", ("table", "starting_position")),
    ],
)
def test_the_report_says_what_would_make_a_new_mapping(
    source: str, names: tuple[str, ...], stack: cdk.Stack, function: NewFunction
) -> None:
    said = summary([Variant(source).build(stack, function)])
    (line,) = (line for line in said.splitlines() if "makes a new mapping" in line)

    assert all(name in line for name in names)
    assert "TRIM_HORIZON" in line
