import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def tagged(key: object, value: object) -> list[dict[str, object]]:
    return [{"Key": key, "Value": value}]


@pytest.mark.parametrize(
    ("key", "value", "got", "said"),
    [
        pytest.param("", "x", "", "0 characters", id="empty-key"),
        pytest.param("k" * 129, "x", "k" * 129, "129 characters", id="key-too-long"),
        pytest.param("aws:team", "x", "aws:team", "not beginning with aws:", id="reserved-key"),
        pytest.param("team", "v" * 257, "v" * 257, "257 characters", id="value-too-long"),
        pytest.param(UNRESOLVED, "v" * 257, "v" * 257, "257 characters", id="value-too-long-under-a-hidden-key"),
    ],
)
def test_a_tag_that_aws_does_not_take_is_refused(key: object, value: object, got: str, said: str) -> None:
    (finding,) = check([mapping(Tags=tagged(key, value))], select=["ESM107"])

    assert (finding.setting, finding.got) == ("Tags", got)
    assert said in finding.message


@pytest.mark.parametrize(("key", "value"), [("k" * 128, "v" * 256), ("team", ""), ("awsome", "aws:value")])
def test_tags_within_the_range_are_accepted(key: str, value: str) -> None:
    assert ids(mapping(Tags=tagged(key, value)), select=["ESM107"]) == []


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param(UNKNOWN, id="hidden"),
        pytest.param([UNRESOLVED], id="hidden-tag"),
        pytest.param(tagged(UNRESOLVED, UNRESOLVED), id="hidden-halves"),
        pytest.param(None, id="none"),
    ],
)
def test_hidden_and_absent_tags_are_not_judged(tags: object) -> None:
    assert ids(mapping(Tags=tags), select=["ESM107"]) == []
