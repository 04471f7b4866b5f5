from dataclasses import replace

from cdk_esm.plan import DeafAction, Door, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

CLOSED = DeafAction(
    alarm="Shop/Late", place="AlarmActions", topic="Shop/Pager", actions=("kms:Decrypt",), key="Shop/Seal"
)
MANAGED = replace(CLOSED, topic="Shop/Other", key="alias/aws/sns", managed=True)


def deaf(path: str, *actions: DeafAction) -> MappingPlan:
    return replace(mapping(), path=path, deaf=actions)


def test_each_topic_under_a_closed_key_is_told_once() -> None:
    found = check([deaf("A", CLOSED, MANAGED), deaf("B", CLOSED)], select=["ESM356"])

    assert [(one.path, one.got) for one in found] == [("A", "Shop/Seal"), ("A", "alias/aws/sns")]
    assert "add this statement to the policy of the key" in found[0].fix
    assert "with one of your own" in found[1].fix
    assert all('"kms:GenerateDataKey*"' in one.fix for one in found)


def test_the_construct_can_open_a_key_of_the_app_and_none_of_aws() -> None:
    plan = replace(deaf("A", CLOSED, MANAGED), door=Door.CONSTRUCT)
    own, managed = check([plan], select=["ESM356"])

    assert "grant=True" in own.fix
    assert "grant=True" not in managed.fix


def test_a_topic_that_its_policy_closes_is_left_to_the_rule_about_the_policy() -> None:
    assert ids(deaf("A", replace(CLOSED, key=None, policy="Shop/Door")), select=["ESM356"]) == []
    assert ids(deaf("A"), select=["ESM356"]) == []
