from dataclasses import replace

from cdk_esm.plan import DeafAction, Door, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

STATEMENT = {"Effect": "Allow", "Action": "sns:Publish"}
CLOSED = DeafAction(
    alarm="Shop/Late",
    place="OKActions",
    topic="Shop/Pager",
    actions=("sns:Publish",),
    policy="Shop/Door",
    statement=STATEMENT,
)


def deaf(path: str, *actions: DeafAction) -> MappingPlan:
    return replace(mapping(), path=path, deaf=actions)


def test_each_topic_that_is_closed_is_told_once() -> None:
    other = replace(CLOSED, topic="Shop/Other")
    found = check([deaf("A"), deaf("B", CLOSED), deaf("C", CLOSED, other)], select=["ESM355"])

    assert [(one.path, one.got, one.setting) for one in found] == [
        ("B", "Shop/Pager", "OKActions"),
        ("C", "Shop/Other", "OKActions"),
    ]
    assert "Shop/Late tells nobody" in found[0].message
    assert '"Action": "sns:Publish"' in found[0].fix


def test_the_construct_that_can_add_the_statement_says_so() -> None:
    plan = deaf("A", CLOSED)
    [at_template], [at_construct] = (check([replace(plan, door=door)], select=["ESM355"]) for door in reversed(Door))

    assert "grant=True" not in at_template.fix
    assert "alarms=Alarms(notify=[topic])" in at_construct.fix


def test_a_topic_that_only_its_key_closes_is_left_to_the_rule_about_the_key() -> None:
    assert ids(deaf("A", replace(CLOSED, policy=None, key="Shop/Seal")), select=["ESM355"]) == []
    assert ids(deaf("A"), select=["ESM355"]) == []
