"""The function behind a mapping and its role, in the forms that templates give them."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.lambda_function import FUNCTION, LONGEST_STANDARD_TIMEOUT
from tests.core.generated.case import Case

_RUNTIMES: Final = ("python3.13", "python3.14", "nodejs24.x")
_BASIC: Final = "service-role/AWSLambdaBasicExecutionRole"


def add_function(case: Case) -> int:
    """Add the function; return its timeout, which the source has to suit."""
    draw, sheet = case.draw, FUNCTION.by_name
    longest = case.sheet.longest_timeout or LONGEST_STANDARD_TIMEOUT
    timeout = draw.within(sheet["Timeout"], greatest=longest.value)
    properties: dict[str, Any] = {
        "Code": {"S3Bucket": "assets", "S3Key": f"{draw.uuid()}.zip"},
        "Role": case.arn("Role"),
        "Handler": draw.one_of(("app.handler", "index.handler", "orders.app.handler")),
        "Runtime": draw.one_of(_RUNTIMES),
    }
    if draw.chance(0.8) or timeout != sheet["Timeout"].default:
        properties["Timeout"] = case.value(timeout)
    if draw.chance(0.7):
        properties["MemorySize"] = case.value(draw.within(sheet["MemorySize"]))
    if draw.chance(0.6):
        properties["Architectures"] = [draw.one_of(("arm64", "x86_64"))]
    if draw.chance(0.4):
        properties["Environment"] = {"Variables": {"STAGE": "prod", "LEVEL": case.value("INFO")}}
    if draw.chance(0.2):
        properties["FunctionName"] = "fulfil"
    case.add("Function", "Lambda::Function", properties)
    case.add("Role", "IAM::Role", {"AssumeRolePolicyDocument": _trust()})
    return timeout


def _trust() -> dict[str, Any]:
    service = {"Service": "lambda.amazonaws.com"}
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": service}],
    }


def reserve(case: Case, at_least: int) -> None:
    """Reserve concurrency now and then: no less than the mapping can use."""
    if case.draw.chance(0.25):
        case.function["ReservedConcurrentExecutions"] = case.value(at_least + case.draw.between(0, 100))
        case.notes["reserved"] = True


def target(case: Case) -> Any:
    """The function as the mapping names it: itself, or a version or an alias of it."""
    draw = case.draw
    by_itself: list[Any] = [{"Ref": "Function"}, case.arn("Function"), {"Fn::Sub": "${Function}"}]
    if "FunctionName" in case.function:
        by_itself.append(case.arn_by_name("lambda", "function:fulfil"))
    if draw.chance(0.75):
        return draw.one_of(by_itself)
    if draw.chance(0.3):
        return {"Fn::Sub": "${Function.Arn}:live"}
    case.notes["qualified"] = True
    case.add("Version", "Lambda::Version", {"FunctionName": {"Ref": "Function"}})
    if draw.chance(0.4):
        return {"Ref": "Version"}
    version = {"Fn::GetAtt": ["Version", "Version"]}
    alias = {"FunctionName": {"Ref": "Function"}, "FunctionVersion": version, "Name": "live"}
    case.add("Live", "Lambda::Alias", alias)
    return {"Ref": "Live"}


def attach(case: Case) -> None:
    """Put what the role is allowed where templates put it; a policy of its own comes before the mapping."""
    draw = case.draw
    role, orders = case.properties("Role"), case.resources["Orders"]
    if draw.chance(0.6):
        role["ManagedPolicyArns"] = [{"Fn::Sub": f"arn:${{AWS::Partition}}:iam::aws:policy/{_BASIC}"}]
    else:
        case.allow(("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), "*")
    document = {"Version": "2012-10-17", "Statement": case.statements}
    way = draw.one_of(("inline", "policy", "managed"))
    case.notes["policy"] = way
    if way == "inline":
        role["Policies"] = [{"PolicyName": "poller", "PolicyDocument": document}]
        return
    kind = "IAM::Policy" if way == "policy" else "IAM::ManagedPolicy"
    case.add("Policy", kind, {"PolicyName": "poller", "PolicyDocument": document, "Roles": [{"Ref": "Role"}]})
    if way == "managed":
        del case.properties("Policy")["PolicyName"]
    orders["DependsOn"] = "Policy" if draw.chance(0.5) else ["Policy"]
