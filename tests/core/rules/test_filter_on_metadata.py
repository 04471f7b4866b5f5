from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM525"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"partitionKey": ["7"], "data": {"a": ["1"]}}',),
            "partitionKey",
            "that 'partitionKey' works was not seen",
            id="partition-key",
        ),
    ],
)
def test_metadata_on_which_nothing_was_proved_is_pointed_out(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("kinesis"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize("pattern", ['{"data": {"a": ["1"]}}', '{"data": {"partitionKey": ["7"]}}'])
def test_payload_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("kinesis"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("kinesis"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("kinesis"), filters=(hidden,)), select=[ID]) == []
