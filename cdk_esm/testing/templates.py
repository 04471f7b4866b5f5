"""Small templates, to change one thing at a time in tests."""

from __future__ import annotations

from typing import Any

from cdk_esm.plan import MappingPlan, Permission
from cdk_esm.template.read import read_template


def resource(kind: str, properties: dict[str, Any] | None = None, **attributes: Any) -> dict[str, Any]:
    """A resource of a type, with its properties and further attributes such as ``DependsOn``."""
    return {"Type": f"AWS::{kind}", "Properties": properties or {}, **attributes}


def get(logical_id: str, attribute: str = "Arn") -> dict[str, Any]:
    """``Fn::GetAtt``."""
    return {"Fn::GetAtt": [logical_id, attribute]}


def ref(name: str) -> dict[str, str]:
    """``Ref``."""
    return {"Ref": name}


def mapping(source: Any, /, **properties: Any) -> dict[str, Any]:
    """A mapping of a source to ``Function``."""
    return resource(
        "Lambda::EventSourceMapping", {"EventSourceArn": source, "FunctionName": ref("Function"), **properties}
    )


def template(resources: dict[str, Any], /, **sections: Any) -> dict[str, Any]:
    """A template with a function, and its role that may do anything, beside the given resources."""
    function = {"Role": get("Role"), "Handler": "app.handler"}
    role = resource("IAM::Role", inline(document("*", "*")))
    return {"Resources": {"Function": resource("Lambda::Function", function), "Role": role, **resources}, **sections}


def document(actions: Any, on: Any, **more: Any) -> dict[str, Any]:
    """A policy document of one statement."""
    return {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": on, **more}]}


def inline(*documents: Any) -> dict[str, Any]:
    """Properties of a role that holds these documents itself."""
    return {"Policies": [{"PolicyName": "Own", "PolicyDocument": one} for one in documents]}


def permission(plan: MappingPlan, action: str, on: str = "source") -> Permission:
    """What is known of one action that the poller needs."""
    access = plan.role.access
    assert access is not None
    [only] = {one for one in access.permissions if (one.action, one.on) == (action, on)}
    return only


def without_fault(**properties: Any) -> dict[str, Any]:
    """A template of a queue and its mapping with nothing wrong in it but what the properties say."""
    redrive = {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": 5}
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": get("Queue")}
    return template(
        {
            "Queue": resource("SQS::Queue", {"VisibilityTimeout": 180, "RedrivePolicy": redrive}),
            "Dead": resource("SQS::Queue", {"MessageRetentionPeriod": 1_209_600}),
            "Role": resource("IAM::Role", {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]}),
            "Orders": mapping(get("Queue"), **{"FunctionResponseTypes": ["ReportBatchItemFailures"], **properties}),
        }
    )


def plans(resources: dict[str, Any], /, parameters: dict[str, Any] | None = None, **sections: Any) -> list[MappingPlan]:
    """The plans that a template comes to."""
    return read_template(template(resources, **sections), name="Shop", parameters=parameters)


def plan(resources: dict[str, Any], /, parameters: dict[str, Any] | None = None, **sections: Any) -> MappingPlan:
    """The one plan that a template comes to."""
    [only] = plans(resources, parameters, **sections)
    return only


def batch_size(expression: Any, /, parameters: dict[str, Any] | None = None, **sections: Any) -> Any:
    """What the batch size of a mapping comes to."""
    queue = resource("SQS::Queue")
    found = plan({"Queue": queue, "Orders": mapping(get("Queue"), BatchSize=expression)}, parameters, **sections)
    return found.given("BatchSize")
