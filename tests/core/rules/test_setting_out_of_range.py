import pytest

from cdk_esm.facts import UNRESOLVED, Form, Setting
from cdk_esm.rules.engine import check
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import ids, mapping

RANGES = [
    pytest.param(kind, setting, id=f"{kind}-{setting.name}")
    for kind, sheet in SOURCES.items()
    for setting in sheet.settings
    if setting.form in (Form.INTEGER, Form.SECONDS) and setting.maximum
]


def nested(name: str, value: object) -> dict[str, object]:
    """``A.B`` and a value as the record ``{A: {B: value}}``."""
    first, _, rest = name.partition(".")
    return {first: nested(rest, value) if rest else value}


@pytest.mark.parametrize(("kind", "setting"), RANGES)
def test_a_number_just_outside_the_range_fires(kind: str, setting: Setting) -> None:
    assert setting.minimum is not None
    assert setting.maximum is not None
    for value in (setting.minimum - 1, setting.maximum + 1):
        finding, *_ = check([mapping(kind, **nested(setting.name, value))], select=["ESM101"])

        assert (finding.rule.id, finding.setting, finding.got) == ("ESM101", setting.name, value)
        assert finding.allowed == setting.range_text


@pytest.mark.parametrize(("kind", "setting"), RANGES)
def test_the_ends_of_the_range_are_legal(kind: str, setting: Setting) -> None:
    for value in (setting.minimum, setting.maximum):
        assert ids(mapping(kind, **nested(setting.name, value)), select=["ESM101"]) == []


def test_a_text_is_measured_by_its_length() -> None:
    assert ids(mapping(FunctionName="f" * 141)) == ["ESM101"]
    assert ids(mapping(FunctionName="f" * 140)) == []


def test_an_unresolved_number_is_not_judged() -> None:
    assert ids(mapping("sqs-fifo", BatchSize=UNRESOLVED)) == []
