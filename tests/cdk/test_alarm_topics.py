"""Topics that alarms tell: CloudWatch is let in where the app shut it out, and nothing else is changed."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns

from cdk_esm import Alarms, Defaults, KinesisToLambda, NewFunction, SqsFifoToLambda, SqsToLambda
from cdk_esm.template.read import read_assembly
from tests.cdk.reports import violations
from tests.cdk.templates import logical_id, ref, resources

SERVICE = {"Service": "cloudwatch.amazonaws.com"}
ACCOUNT = {"Ref": "AWS::AccountId"}


def statements(stack: cdk.Stack, kind: str, document: str = "PolicyDocument") -> list[dict[str, Any]]:
    """The statements of the policies of a type that speak of CloudWatch."""
    found = resources(stack, kind).values()
    written = [one for policy in found for one in policy["Properties"].get(document, {}).get("Statement", ())]
    return [one for one in written if one["Principal"] == SERVICE]


def of_policy(stack: cdk.Stack) -> list[dict[str, Any]]:
    return statements(stack, "AWS::SNS::TopicPolicy")


def of_key(stack: cdk.Stack) -> list[dict[str, Any]]:
    return statements(stack, "AWS::KMS::Key", "KeyPolicy")


def deaf(app: cdk.App) -> list[tuple[str, ...]]:
    """What the alarms' service may not do, in the assembly of an app, said once."""
    found = [one.actions for plan in read_assembly(app.synth().directory) for one in plan.deaf]
    return list(dict.fromkeys(found))


def opened(topic: sns.ITopic, account: Any = ACCOUNT) -> dict[str, Any]:
    return {
        "Sid": "AlarmsTellThisTopic",
        "Effect": "Allow",
        "Principal": SERVICE,
        "Action": "sns:Publish",
        "Resource": ref(topic),
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }


@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda, KinesisToLambda])
def test_a_topic_over_tls_only_lets_the_accounts_alarms_in(
    construct: Any, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True)
    construct(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))

    assert of_policy(stack) == [opened(topic)]
    assert deaf(app) == []


def test_a_topic_gets_one_statement_for_all_the_mappings_that_tell_it(stack: cdk.Stack, function: NewFunction) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True, master_key=kms.Key(stack, "Seal"))
    for name in ("Orders", "Returns", "Refunds"):
        SqsToLambda(stack, name, function=function, alarms=Alarms(notify=[topic, topic]))

    assert of_policy(stack) == [opened(topic)]
    assert len(of_key(stack)) == 1


def test_a_plain_topic_keeps_the_policy_that_sns_gives_it(stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[sns.Topic(stack, "Pager")]))

    assert resources(stack, "AWS::SNS::TopicPolicy") == {}


def test_a_policy_that_comes_after_the_construct_lets_alarms_in_too(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Pager")
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))
    sns.TopicPolicy(stack, "Door", topics=[topic], enforce_ssl=True)

    assert of_policy(stack) == [opened(topic)]
    assert deaf(app) == []


@pytest.mark.parametrize("single", [False, True])
def test_a_policy_by_hand_gets_the_statement(stack: cdk.Stack, function: NewFunction, *, single: bool) -> None:
    topic = sns.Topic(stack, "Pager")
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))
    deny = {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": topic.topic_arn}
    deny["Condition"] = {"Bool": {"aws:SecureTransport": "false"}}  # type: ignore[assignment]
    document = {"Statement": [deny]}
    if single:
        sns.CfnTopicInlinePolicy(stack, "Door", topic_arn=topic.topic_arn, policy_document=document)
    else:
        sns.CfnTopicPolicy(stack, "Door", topics=[topic.topic_arn], policy_document=document)

    assert statements(stack, f"AWS::SNS::Topic{'Inline' if single else ''}Policy") == [opened(topic)]


def test_a_policy_that_speaks_of_cloudwatch_is_the_users_own(stack: cdk.Stack, function: NewFunction) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True)
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
        )
    )
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))

    [only] = of_policy(stack)
    assert "Condition" not in only


def test_the_policy_of_another_topic_is_left_alone(stack: cdk.Stack, function: NewFunction) -> None:
    sns.Topic(stack, "Other", enforce_ssl=True)
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[sns.Topic(stack, "Pager")]))

    assert of_policy(stack) == []


def test_a_key_of_the_app_lets_cloudwatch_in_also_under_a_plain_topic(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Pager", master_key=kms.Key(stack, "Seal"))
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))

    assert of_key(stack) == [
        {
            "Effect": "Allow",
            "Principal": SERVICE,
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
            "Resource": "*",
        }
    ]
    assert resources(stack, "AWS::SNS::TopicPolicy") == {}
    assert deaf(app) == []


def test_an_imported_key_and_an_imported_topic_are_left_alone(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key.from_key_arn(stack, "Seal", "arn:aws:kms:eu-west-1:111122223333:key/7")
    imported = sns.Topic.from_topic_arn(stack, "Elsewhere", "arn:aws:sns:eu-west-1:111122223333:on-call")
    topics = [sns.Topic(stack, "Pager", master_key=key), imported]
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=topics))

    assert of_key(stack) == of_policy(stack) == []


def test_without_the_grant_nothing_is_changed_and_the_findings_say_what_to_paste(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True, master_key=kms.Key(stack, "Seal"))
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic], grant=False))
    reasons = {f"cdk-esm::{rule}": "another team opens them" for rule in ("ESM355", "ESM356")}
    for rule, reason in reasons.items():
        cdk.Validations.of(orders).acknowledge(cdk.Acknowledgment(id=rule, reason=reason))

    assert of_policy(stack) == of_key(stack) == []
    assert deaf(app) == [("sns:Publish",), ("kms:Decrypt", "kms:GenerateDataKey*")]


def test_an_action_that_hides_its_topic_leaves_it_to_the_findings(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True)
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[actions.SnsAction(topic)]))
    cdk.Validations.of(orders).acknowledge(cdk.Acknowledgment(id="cdk-esm::ESM355", reason="mended by hand"))

    assert of_policy(stack) == []
    assert deaf(app) == [("sns:Publish",)]


@pytest.mark.parametrize("account", [None, "111122223333"])
def test_topic_and_mapping_in_two_stacks_make_no_cycle(
    account: str | None, app: cdk.App, function: NewFunction
) -> None:
    env = cdk.Environment(account=account, region="eu-west-1") if account else None
    shared, shop = cdk.Stack(app, "Shared", env=env), cdk.Stack(app, "Shop", env=env)
    topic = sns.Topic(shared, "Pager", enforce_ssl=True, master_key=kms.Key(shared, "Seal"))
    SqsToLambda(shop, "Orders", function=function, alarms=Alarms(notify=[topic]))

    assert deaf(app) == []
    assert of_policy(shared) == [opened(topic, account or ACCOUNT)]
    assert len(of_key(shared)) == 1
    assert [one.node.id for one in shop.dependencies] == ["Shared"]
    assert shared.dependencies == []


def test_a_bundle_that_failed_opens_nothing(stack: cdk.Stack, function: NewFunction) -> None:
    topic = sns.Topic(stack, "Pager", enforce_ssl=True)
    with pytest.raises(ValueError, match="ESM101"):
        SqsToLambda(stack, "Orders", function=function, batch_size=0, alarms=Alarms(notify=[topic]))

    assert of_policy(stack) == []
    assert logical_id(topic) in resources(stack, "AWS::SNS::Topic")


def test_a_grant_that_is_no_truth_value_is_refused(stack: cdk.Stack, function: NewFunction) -> None:
    with pytest.raises(TypeError, match=r"alarms\.grant takes True or False"):
        SqsToLambda(stack, "Orders", function=function, alarms=Alarms(grant="no"))  # type: ignore[arg-type]


def test_the_same_stack_in_two_stages_opens_each_its_own_topic(app: cdk.App, function: NewFunction) -> None:
    stacks = [cdk.Stack(cdk.Stage(app, stage), "Shop") for stage in ("Beta", "Production")]
    topics = [sns.Topic(stack, "Pager", enforce_ssl=True) for stack in stacks]
    for stack, topic in zip(stacks, topics, strict=True):
        SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=[topic]))

    assert logical_id(topics[0]) == logical_id(topics[1])
    assert [of_policy(stack) for stack in stacks] == [[opened(topic)] for topic in topics]


ABROAD = "arn:aws:sns:us-east-1:111122223333:on-call"
HERE = cdk.Environment(account="111122223333", region="eu-west-1")


def told_abroad(app: cdk.App) -> list[tuple[str, str] | None]:
    """The Regions of the alarms and of their topics, in the assembly of an app, said once."""
    found = [one.regions for plan in read_assembly(app.synth().directory) for one in plan.deaf]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("by_default", [False, True], ids=["given", "of-the-organization"])
@pytest.mark.parametrize("env", [HERE, None], ids=["bound", "anywhere"])
def test_a_topic_of_another_region_is_advised_against_where_both_are_known(
    env: cdk.Environment | None, by_default: bool, app: cdk.App, function: NewFunction
) -> None:
    shop = cdk.Stack(app, "Shop", env=env)
    topic = sns.Topic.from_topic_arn(shop, "Pager", ABROAD)
    if by_default:
        Defaults.of(app).set(notify=[topic])
    alarms = None if by_default else Alarms(notify=[topic])
    SqsToLambda(shop, "Orders", function=function, alarms=alarms)

    assert told_abroad(app) == ([("eu-west-1", "us-east-1")] if env else [])
    assert ("ESM363" in str(violations(app))) is (env is not None)


def test_a_topic_that_the_app_makes_in_another_region_is_advised_against(app: cdk.App, function: NewFunction) -> None:
    there = cdk.Stack(app, "Pagers", env=cdk.Environment(account="111122223333", region="us-east-1"))
    topic = sns.Topic(there, "Pager", topic_name="on-call")
    SqsToLambda(cdk.Stack(app, "Shop", env=HERE), "Orders", function=function, alarms=Alarms(notify=[topic]))

    assert told_abroad(app) == [("eu-west-1", "us-east-1")]
