from dataclasses import replace

from cdk_esm.plan import DeafAction, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ABROAD = DeafAction(
    alarm="Shop/Late",
    place="AlarmActions",
    topic="arn:aws:sns:us-east-1:111122223333:on-call",
    actions=("sns:Publish",),
    regions=("eu-west-1", "us-east-1"),
)


def deaf(path: str, *actions: DeafAction) -> MappingPlan:
    return replace(mapping(), path=path, deaf=actions)


def test_each_topic_of_another_region_is_told_once_with_both_regions() -> None:
    plans = [deaf("A", ABROAD), deaf("B", ABROAD), deaf("C", replace(ABROAD, topic="Shop/Other"))]
    found = check(plans, select=["ESM363"])

    assert [(one.rule.id, one.path, one.got) for one in found] == [
        ("ESM363", "A", "arn:aws:sns:us-east-1:111122223333:on-call"),
        ("ESM363", "C", "Shop/Other"),
    ]
    assert found[0].allowed == "a topic in eu-west-1"
    assert "which is in us-east-1" in found[0].message


def test_a_topic_that_is_only_closed_is_left_to_the_rules_about_policies() -> None:
    assert ids(deaf("A", replace(ABROAD, regions=None, policy="Shop/Door")), select=["ESM363"]) == []
    assert ids(deaf("A"), select=["ESM363"]) == []


def test_the_rules_about_policies_leave_a_topic_of_another_region_alone() -> None:
    assert ids(deaf("A", ABROAD), select=["ESM355", "ESM356"]) == []
