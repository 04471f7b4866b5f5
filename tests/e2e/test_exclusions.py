"""Each exclusion is needed still, and nothing else of the templates is changed."""

from pathlib import Path

import pytest

from tests.e2e.conftest import SHOP
from tests.e2e.deploy import Assembly, DeploymentError, deploy
from tests.e2e.exclusions import EXCLUSIONS, Exclusion, deployable, touched
from tests.e2e.mutants import MUTANTS
from tests.e2e.server import Server


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=lambda one: one.name)
def test_the_local_aws_refuses_what_is_excluded_and_leaves_nothing(
    server: Server, assembly: Assembly, exclusion: Exclusion
) -> None:
    others = tuple(one for one in EXCLUSIONS if one is not exclusion)
    name = f"Clicks{EXCLUSIONS.index(exclusion)}"

    with pytest.raises(DeploymentError) as caught:
        deploy(server, name, deployable(assembly.template("ShopClicks"), others))

    assert exclusion.refusal in str(caught.value), "the exclusion can go, or its reason is another one"
    # What is kept on deletion goes all the same if the stack was never made.
    assert not [one for one in server.client("kinesis").list_streams()["StreamNames"] if name.lower() in one.lower()]
    assert not [one for one in server.client("dynamodb").list_tables()["TableNames"] if one.startswith(name)]


def test_the_readme_names_every_exclusion_and_every_mutant_with_its_reason() -> None:
    readme = Path(__file__).with_name("README.md").read_text(encoding="utf-8")

    for left_out in EXCLUSIONS:
        assert f"| {left_out.name} | {left_out.why} |" in readme
    for mutant in MUTANTS:
        assert f"| {mutant.name} | {mutant.why} |" in readme


def test_only_alarms_and_the_way_to_a_consumer_are_touched(assembly: Assembly) -> None:
    for stack in SHOP:
        template = assembly.template(stack)
        changed = {one: template["Resources"][one]["Type"] for one in touched(template)}
        alarms = {one for one, kind in changed.items() if kind == "AWS::CloudWatch::Alarm"}

        if stack == "ShopClicks":
            expected = ["IAM::Policy", "Kinesis::StreamConsumer", "Lambda::EventSourceMapping"]
            assert sorted(changed[one] for one in set(changed) - alarms) == [f"AWS::{one}" for one in expected]
        else:
            assert set(changed) == alarms
