from dataclasses import replace

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue


def at(path: str) -> MappingPlan:
    return replace(mapping(), path=path)


def test_every_mapping_after_the_first_is_refused_and_names_the_first() -> None:
    findings = check([at("Shop/C"), at("Shop/A"), at("Shop/B")], select=["ESM208"])

    assert [finding.path for finding in findings] == ["Shop/A", "Shop/B"]
    assert all("Shop/C" in finding.message for finding in findings)
    assert findings[0].got == mapping().event_source.identity


def test_another_queue_and_another_function_are_accepted() -> None:
    other_queue = with_queue(at("Shop/Q"), identity="arn:aws:sqs:eu-west-1:111122223333:bills")
    other_function = with_function(at("Shop/F"), identity="bill")

    assert ids(mapping(), other_queue, other_function, select=["ESM208"]) == []


def test_an_alias_is_a_target_of_its_own() -> None:
    alias = with_function(at("Shop/Live"), identity=f"{mapping().function.identity}:live", qualified=True)

    assert ids(mapping(), alias, select=["ESM208"]) == []


def test_one_mapping_alone_is_accepted() -> None:
    assert ids(mapping(), select=["ESM208"]) == []
