from dataclasses import replace

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source
from tests.core.rules.test_filter_on_no_key import read_by, table

ID = "ESM534"
AS_TEXT = '{"dynamodb": {"Keys": {"seq": {"S": [{"prefix": "7"}]}}}}'


def test_number_key_under_the_letter_of_texts_is_a_danger() -> None:
    (finding,) = check([read_by(AS_TEXT, table())], select=[ID])

    assert finding.got == "S"
    assert "declares its key 'seq' with the type N" in finding.message


@pytest.mark.parametrize("types", [[], {"Ref": "Types"}, [{"AttributeName": "seq", "AttributeType": {"Ref": "Type"}}]])
def test_type_that_nobody_declares_is_not_judged(types: object) -> None:
    assert ids(read_by(AS_TEXT, table(AttributeDefinitions=types)), select=[ID]) == []


@pytest.mark.parametrize(("letter", "said"), [("N", [ID]), ("S", [])])
def test_letter_is_compared_with_what_the_table_declares(letter: str, said: list[str]) -> None:
    plan = replace(mapping("dynamodb"), filters=('{"dynamodb": {"Keys": {"id": {"S": ["1"]}}}}',))

    assert ids(with_source(plan, keys=(("id", letter),)), select=[ID]) == said
