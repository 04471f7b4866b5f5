from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM502"


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
@pytest.mark.parametrize("key", ["data", "Body", "messageAttributes", "eventSource", "$or"])
def test_filter_on_another_field_is_a_danger(kind: str, key: str) -> None:
    assert ids(replace(mapping(kind), filters=(f'{{"{key}": {{"a": ["b"]}}}}',)), select=[ID]) == [ID]


def test_one_of_several_fields_is_found_also_inside_or() -> None:
    plan = replace(mapping(), filters=('{"$or": [{"body": {"a": [1]}}, {"data": {"a": [1]}}]}',), door=Door.CONSTRUCT)
    (finding,) = check([plan], select=[ID])

    assert finding.got == "data"
    assert finding.message == (
        "filters[0].$or[1].data: the records of this Amazon SQS standard queue have no key 'data' (the fields of a "
        "message stand under 'body'), so this matches nothing: Lambda deletes the message from the queue; it reaches "
        "neither the function nor a dead-letter queue"
    )


def test_slip_of_case_is_recognized() -> None:
    (slip,) = check([replace(mapping(), filters=('{"Body": {"a": [1]}}',))], select=[ID])
    (other,) = check([replace(mapping(), filters=('{"data": {"a": [1]}}',))], select=[ID])

    assert "(did you mean 'body'?)" in slip.message
    assert slip.fix == "write 'body'"
    assert other.fix == 'write {"body": {...}}'


@pytest.mark.parametrize("text", ['{"body": {"data": [1]}}', "no json", '{"$or": [{"body": ["a"]}, {"body": ["b"]}]}'])
def test_filter_on_the_payload_is_fine(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden,)), select=[ID]) == []
