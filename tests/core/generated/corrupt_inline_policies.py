"""Corruptions of how long the inline policies of the execution role are."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import ACCOUNT, REGION, Case
from tests.core.generated.corruption import EVERY, corrupts


def _further_policies(case: Case, resource: Any, count: int) -> None:
    statement = {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": resource}
    for number in range(count):
        name = f"Further{number}"
        document = {"Version": "2012-10-17", "Statement": [statement]}
        case.add(name, "IAM::Policy", {"PolicyName": name, "PolicyDocument": document, "Roles": [{"Ref": "Role"}]})


@corrupts("ESM427", on=EVERY)
def _policies_that_are_too_long(case: Case) -> None:
    _further_policies(case, f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{'a' * 255}", 30)


@corrupts("ESM428", on=EVERY)
def _policies_that_are_likely_too_long(case: Case) -> None:
    case.add("Ledger", "DynamoDB::Table", {})
    _further_policies(case, [{"Fn::GetAtt": ["Ledger", "Arn"]}] * 8, 13)
