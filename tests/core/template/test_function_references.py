"""A function, a version or an alias that a mapping names in parts, as CDK's own alias and version classes write it."""

from typing import Any, Final

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read
from cdk_esm.testing.templates import get, mapping, plans, ref, resource, template


def cut(value: Any, place: Any, delimiter: str = ":") -> dict[str, Any]:
    return {"Fn::Select": [place, {"Fn::Split": [delimiter, value]}]}


def joined(*parts: Any) -> dict[str, Any]:
    return {"Fn::Join": ["", list(parts)]}


WITHIN: Final = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:"
AROUND: Final = {
    "Packer": resource("Lambda::Function", {"Timeout": 47, "FunctionName": {"Fn::Sub": "${AWS::StackName}-packer"}}),
    "Build": resource("Lambda::Version", {"FunctionName": ref("Packer")}),
    "Stable": resource(
        "Lambda::Alias", {"FunctionName": get("Packer"), "FunctionVersion": get("Build", "Version"), "Name": "stable"}
    ),
    "Nightly": resource(
        "Lambda::Alias", {"FunctionName": cut(ref("Build"), 6), "FunctionVersion": "7", "Name": ref("Channel")}
    ),
    "Queue": resource("SQS::Queue"),
}
PARAMETERS: Final = {"Channel": {"Type": "String"}, "Account": {"Type": "String"}}


def read_with(name: Any, **resources: Any) -> Reading:
    mapped = mapping(get("Queue"))
    mapped["Properties"]["FunctionName"] = name
    document = template({**AROUND, **resources, "Orders": mapped}, Parameters=PARAMETERS)
    return read(Assembly([Stack(name="Shop", document=document)]))


STABLE: Final = "Shop/Stable"
BUILD: Final = "Shop/Build"
PACKER: Final = "Shop/Packer"


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        pytest.param(joined(cut(ref("Stable"), 6), ":stable"), STABLE, id="alias as its CDK class writes it"),
        pytest.param(joined(cut(get("Stable", "AliasArn"), 6), ":", "stable"), STABLE, id="alias by its attribute"),
        pytest.param(joined(cut(ref("Build"), 6), ":stable"), STABLE, id="alias by way of the version"),
        pytest.param(joined(cut(get("Packer"), 6), ":stable"), STABLE, id="alias by the end of the function's ARN"),
        pytest.param(joined(ref("Packer"), ":", cut(ref("Stable"), 7)), STABLE, id="alias by its own last part"),
        pytest.param(joined(ref("Packer"), ":", ref("Channel")), "Shop/Nightly", id="alias of a parameter's name"),
        pytest.param(joined(cut(ref("Nightly"), 6), ":", ref("Channel")), "Shop/Nightly", id="alias of a cut name"),
        pytest.param({"Fn::Sub": "${Packer}:stable"}, STABLE, id="alias in a text"),
        pytest.param({"Fn::Sub": "${Packer.Arn}:stable"}, STABLE, id="alias behind the ARN"),
        pytest.param({"Fn::Sub": WITHIN + "${Packer}:stable"}, STABLE, id="alias in a written ARN"),
        pytest.param({"Fn::Sub": "${AWS::AccountId}:function:${Packer}:stable"}, STABLE, id="alias in a partial ARN"),
        pytest.param({"Fn::Sub": "function:${Packer}:stable"}, STABLE, id="alias in the shortest ARN"),
        pytest.param({"Fn::Sub": "${AWS::StackName}-packer:stable"}, STABLE, id="alias behind a composed name"),
        pytest.param(
            joined(ref("Packer"), ":", get("Build", "Version")), BUILD, id="version as its CDK class writes it"
        ),
        pytest.param({"Fn::Sub": "${Packer.Arn}:${Build.Version}"}, BUILD, id="version behind the ARN"),
        pytest.param(joined(cut(ref("Build"), 6), ":", cut(ref("Build"), 7)), BUILD, id="version in two cuts"),
        pytest.param(get("Build", "FunctionArn"), BUILD, id="version by its attribute"),
        pytest.param(joined(ref("Packer"), ":", ref("Account")), "Shop/Packer:Shop.Account", id="hidden qualifier"),
        pytest.param(joined(ref("Packer"), ":12"), "Shop/Packer:12", id="version by its number"),
    ],
)
def test_version_and_alias_are_followed_to_their_function(name: Any, identity: str) -> None:
    [plan] = read_with(name).plans

    assert (plan.function.identity, plan.function.pool, plan.function.qualified) == (identity, PACKER, True)
    assert plan.function.timeout_seconds == 47


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(cut(get("Packer"), 6), id="last part of its ARN"),
        pytest.param(cut(ref("Stable"), 6), id="function part of an alias"),
        pytest.param({"Fn::Sub": "${AWS::StackName}-packer"}, id="name that it gives itself"),
        pytest.param(joined(ref("Packer"), ":$LATEST"), id="latest version by name"),
        pytest.param({"Fn::Sub": "${Packer.Arn}:$LATEST"}, id="latest version by ARN"),
        pytest.param({"Fn::Sub": "${Account}:function:${Packer}"}, id="partial ARN"),
    ],
)
def test_function_itself_is_found_behind_its_parts(name: Any) -> None:
    [plan] = read_with(name).plans

    assert (plan.function.identity, plan.function.pool, plan.function.qualified) == (PACKER, None, False)


@pytest.mark.parametrize(
    ("name", "mentioned"),
    [
        pytest.param(cut(ref("Packer"), ref("Account"), "-"), "Packer", id="cut at what a name may hold"),
        pytest.param(cut(get("Packer"), 9), "Packer", id="cut behind its end"),
        pytest.param(joined(ref("Stable"), ":stable"), "Stable", id="alias of an alias"),
        pytest.param(ref("Twice"), "Twice", id="alias that leads to an alias"),
        pytest.param(get("Build", "Version"), "Build", id="number of a version alone"),
        pytest.param({"Fn::Sub": "${Packer}-canary"}, "Packer", id="another function with its name in it"),
        pytest.param(ref("Queue"), "Queue", id="no function at all"),
        pytest.param({"Fn::FindInMap": ["Names", ref("Packer"), "Of"]}, "Packer", id="looked up by its name"),
    ],
)
def test_reference_that_nobody_can_follow_is_named_as_not_judged(name: Any, mentioned: str) -> None:
    twice = resource("Lambda::Alias", {"FunctionName": ref("Stable"), "Name": "twice"})

    reading = read_with(name, Twice=twice)

    assert reading.plans == []
    [skipped] = reading.skipped
    assert (skipped.path, skipped.logical_id) == ("Shop/Orders", "Orders")
    assert skipped.reason == f"its FunctionName leads to no function by way of {mentioned}"
    assert "--allow-unjudged" in skipped.fix


@pytest.mark.parametrize(
    "name",
    [
        pytest.param({"Fn::ImportValue": "packer"}, id="import"),
        pytest.param(ref("Account"), id="parameter"),
        pytest.param("arn:aws:lambda:eu-west-1:111122223333:function:packer:stable", id="ARN of another place"),
        pytest.param(get("Maker", "FunctionName"), id="custom resource"),
    ],
)
def test_function_that_is_elsewhere_is_judged_as_unknown(name: Any) -> None:
    reading = read_with(name, Maker={"Type": "Custom::Packer", "Properties": {"Role": ref("Packer")}})

    assert reading.skipped == []
    assert [plan.function.timeout_seconds for plan in reading.plans] == [UNKNOWN]


def test_the_branch_that_counts_decides_what_is_mentioned() -> None:
    names = {"Fn::If": ["Own", cut(ref("Packer"), 4, "-"), {"Fn::ImportValue": "packer"}]}
    mapped = mapping(get("Queue"))
    mapped["Properties"]["FunctionName"] = names
    for answer, count in (("yes", 1), ("no", 0)):
        document = template(
            {**AROUND, "Orders": mapped}, Parameters=PARAMETERS, Conditions={"Own": {"Fn::Equals": [answer, "yes"]}}
        )

        assert len(read(Assembly([Stack(name="Shop", document=document)])).skipped) == count


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(joined(cut(ref("Stable"), 6), ":stable"), id="alias"),
        pytest.param(joined(ref("Packer"), ":", get("Build", "Version")), id="version"),
    ],
)
def test_every_rule_about_the_function_sees_through_a_reference_in_parts(name: Any) -> None:
    function = resource("Lambda::Function", {"Timeout": 47, "ReservedConcurrentExecutions": 4, "Role": get("Nobody")})
    mapped = mapping(get("Queue"), ScalingConfig={"MaximumConcurrency": 9})
    mapped["Properties"]["FunctionName"] = name
    around = {**AROUND, "Packer": function, "Nobody": resource("IAM::Role"), "Orders": mapped}

    found = {finding.rule.id for finding in check(plans(around, Parameters=PARAMETERS))}

    assert found >= {"ESM206", "ESM301", "ESM414"}


def test_function_and_alias_in_two_spellings_are_told_of_their_shared_queue() -> None:
    alone = mapping(get("Queue"))
    alone["Properties"]["FunctionName"] = ref("Packer")
    written = {name: mapping(get("Queue")) for name in ("Once", "Again")}
    written["Once"]["Properties"]["FunctionName"] = ref("Stable")
    written["Again"]["Properties"]["FunctionName"] = joined(cut(ref("Stable"), 6), ":stable")

    found = check(plans({**AROUND, "Alone": alone, **written}, Parameters=PARAMETERS), select=["ESM208", "ESM315"])

    assert sorted((finding.rule.id, finding.path) for finding in found) == [
        ("ESM208", "Shop/Again"),
        ("ESM315", "Shop/Again"),
        ("ESM315", "Shop/Once"),
    ]
