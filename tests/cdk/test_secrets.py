"""A slot for a secret: what is known of it, what the mapping names, and what the role is granted."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager

from cdk_esm import UNKNOWN, UNRESOLVED, SecretArn
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.resources.secrets import SecretFound, access_entries, secret_grantees, take_secret
from cdk_esm.facts import Neighbour
from cdk_esm.plan import Malformed

ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/erp-AbCdEf"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"


def taken(value: object) -> SecretFound:
    """A secret that can be taken."""
    intake = Intake()
    found = take_secret(intake, "credentials", value)
    assert found is not None
    assert intake.malformed == []
    return found


def refused(value: object) -> Malformed:
    """What is said of a secret that cannot be taken."""
    intake = Intake()
    assert take_secret(intake, "credentials", value) is None
    (malformed,) = intake.malformed
    return malformed


def test_an_arn_alone_is_encrypted_with_the_key_of_the_service() -> None:
    found = taken(SecretArn(ARN))
    assert (found.arn, found.key_arn, found.facts.encryption_key) == (ARN, None, None)


def test_a_token_is_taken_as_an_arn(stack: cdk.Stack) -> None:
    parameter = cdk.CfnParameter(stack, "CredentialsArn")
    assert taken(SecretArn(parameter.value_as_string)).arn == parameter.value_as_string


@pytest.mark.parametrize("of_cdk", [pytest.param(True, id="a key of CDK"), pytest.param(False, id="the ARN of a key")])
def test_an_arn_may_name_its_key(stack: cdk.Stack, of_cdk: bool) -> None:
    key: Any = kms.Key.from_key_arn(stack, "Key", KEY) if of_cdk else KEY
    found = taken(SecretArn(ARN, key))
    assert (found.key_arn, found.facts.encryption_key) == (KEY, KEY)


def test_a_secret_of_the_app_names_itself_and_its_key(stack: cdk.Stack) -> None:
    key = kms.Key(stack, "Key")
    with_key = taken(secretsmanager.Secret(stack, "Mine", encryption_key=key))
    assert stack.resolve(with_key.key_arn) == stack.resolve(key.key_arn)
    assert taken(secretsmanager.Secret(stack, "Plain")).facts.encryption_key is None


def test_an_imported_secret_hides_its_key_unless_it_was_told_of_it(stack: cdk.Stack) -> None:
    imported = secretsmanager.Secret.from_secret_complete_arn(stack, "Hidden", ARN)
    assert taken(imported).facts.encryption_key is UNKNOWN
    key = kms.Key.from_key_arn(stack, "Key", KEY)
    told = secretsmanager.Secret.from_secret_attributes(stack, "Told", secret_complete_arn=ARN, encryption_key=key)
    assert taken(told).facts.encryption_key == KEY


def test_the_secret_that_a_cluster_made_is_attached_and_knows_its_key(stack: cdk.Stack) -> None:
    key = kms.Key(stack, "Key")
    cluster = docdb.DatabaseCluster(
        stack,
        "Cluster",
        master_user=docdb.Login(username="shop", kms_key=key),
        instance_type=ec2.InstanceType("t3.medium"),
        vpc=ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=0),
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
    )
    found = taken(cluster.secret)
    assert stack.resolve(found.key_arn) == stack.resolve(key.key_arn)


def test_an_alias_of_a_key_stands_for_the_key(stack: cdk.Stack) -> None:
    key = kms.Key(stack, "Key")
    alias = kms.Alias(stack, "Alias", alias_name="alias/shop", target_key=key)
    assert stack.resolve(taken(SecretArn(ARN, alias)).key_arn) == stack.resolve(key.key_arn)


def test_an_alias_that_hides_its_key_is_refused(stack: cdk.Stack) -> None:
    alias = kms.Alias.from_alias_name(stack, "Alias", "alias/shop")
    assert refused(SecretArn(ARN, alias)).keyword == "credentials.encryption_key"
    assert refused(SecretArn(ARN, "alias/shop")).keyword == "credentials.encryption_key"


def test_a_secret_by_its_name_is_refused_and_the_fix_finds_its_arn(stack: cdk.Stack) -> None:
    by_name = secretsmanager.Secret.from_secret_name_v2(stack, "ByName", "shop/erp")
    said = refused(by_name)
    assert said.got == "a secret by its name, shop/erp"
    assert "aws secretsmanager describe-secret --secret-id shop/erp --query ARN --output text" in said.fix
    assert refused("shop/erp").fix == said.fix


def test_an_arn_as_a_bare_text_is_refused_and_the_fix_pastes() -> None:
    fix = refused(ARN).fix.removeprefix("write ")
    assert fix == f"credentials=SecretArn({ARN!r})"
    assert taken(eval(f"dict({fix})", {"SecretArn": SecretArn})["credentials"]).arn == ARN  # noqa: S307 - our own words


@pytest.mark.parametrize(
    ("value", "keyword"),
    [
        pytest.param(None, "credentials", id="nothing"),
        pytest.param(7, "credentials", id="a number"),
        pytest.param(SecretArn(""), "credentials.arn", id="an empty ARN"),
        pytest.param(SecretArn("shop/erp"), "credentials.arn", id="a name instead of an ARN"),
        pytest.param(SecretArn(ARN.removesuffix("-AbCdEf")), "credentials.arn", id="an ARN without its end"),
        pytest.param(SecretArn(ARN + ":username::"), "credentials.arn", id="a member of a secret"),
        pytest.param(SecretArn(7), "credentials.arn", id="a number for an ARN"),  # type: ignore[arg-type]  # wrong
        pytest.param(SecretArn(ARN, 7), "credentials.encryption_key", id="a number for a key"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_secret_is_refused_by_its_keyword(value: object, keyword: str) -> None:
    assert refused(value).keyword == keyword


def test_literal_arns_get_into_the_plan_and_tokens_go_beside_it(stack: cdk.Stack) -> None:
    intake = Intake()
    assert access_entries(intake, [("BASIC_AUTH", ARN)]) == [{"Type": "BASIC_AUTH", "URI": ARN}]
    assert intake.tokens == {}
    token = cdk.CfnParameter(stack, "CredentialsArn").value_as_string
    entries = access_entries(intake, [("BASIC_AUTH", token), ("VIRTUAL_HOST", "erp")])
    assert entries == [{"Type": "BASIC_AUTH", "URI": UNRESOLVED}, {"Type": "VIRTUAL_HOST", "URI": "erp"}]
    assert intake.tokens["SourceAccessConfigurations"][0] == {"Type": "BASIC_AUTH", "URI": token}


def test_grants_are_on_each_secret_once_and_on_each_known_key_once(stack: cdk.Stack) -> None:
    hidden = secretsmanager.Secret.from_secret_complete_arn(stack, "Hidden", ARN.replace("erp", "root"))
    found = [taken(SecretArn(ARN, KEY)), taken(SecretArn(ARN.replace("erp", "other"), KEY)), taken(hidden)]
    grantees = secret_grantees(found)
    assert grantees[Neighbour.SECRET] == (ARN, ARN.replace("erp", "other"), ARN.replace("erp", "root"))
    assert grantees[Neighbour.SECRET_KEY] == (KEY,)
