"""What a template says of a mapping beside its properties: its condition, what it waits for, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.python import call
from cdk_esm.plan.consent import METADATA_KEY
from cdk_esm.template.cloudformation.order import named

_SAID: Final = ("Type", "Properties", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "Metadata")
_POLICIES: Final[Mapping[str, str]] = {
    "DeletionPolicy": "deletion_policy",
    "UpdateReplacePolicy": "update_replace_policy",
}
_KEPT_BY_DEFAULT: Final = (None, "Delete")
_IN_CDK: Final[Mapping[object, str]] = {"Retain": "RETAIN", "RetainExceptOnCreate": "RETAIN_EXCEPT_ON_CREATE"}
_OF_CDK: Final = "aws:"
"""What the metadata begin with that CDK writes by itself."""
_IAM: Final = "AWS::IAM::"


def put_attributes(draft: Draft) -> None:
    """Write what there is, or name what cannot be kept."""
    body = draft.resource.body
    condition = body.get("Condition")
    if isinstance(condition, str):
        what = f"the CfnCondition {condition} of {draft.plan.path}"
        name = draft.names(f"{draft.resource.stack.name}/{condition}", condition, "condition", what)
        draft.after.append(f"{draft.variable}.mapping.cfn_options.condition = {name}")
    _put_policies(draft, body)
    _put_dependencies(draft, body)
    for key, value in draft.resource.metadata.items():
        if key != METADATA_KEY and not key.startswith(_OF_CDK):
            draft.on_mapping(call("add_metadata", key, value))
    draft.notes += [f"{name}: it cannot be kept" for name in body if name not in _SAID]


def _put_policies(draft: Draft, body: Mapping[str, Any]) -> None:
    if all(body.get(name) == "Retain" for name in _POLICIES):
        draft.on_mapping("apply_removal_policy(RemovalPolicy.RETAIN)")
        return
    for name, option in _POLICIES.items():
        value = body.get(name)
        if isinstance(value, str) and value in _IN_CDK:
            draft.after.append(f"{draft.variable}.mapping.cfn_options.{option} = CfnDeletionPolicy.{_IN_CDK[value]}")
        elif value not in _KEPT_BY_DEFAULT:
            draft.notes.append(f"{name}: it cannot be kept, for CloudFormation has no such policy for a mapping")


def _put_dependencies(draft: Draft, body: Mapping[str, Any]) -> None:
    """Let it wait for what it waited for; it waits for what it names, and for its own policy, without being told."""
    resources, anyway = draft.resource.stack.resources, named({**body, "DependsOn": ()})
    for name in dict.fromkeys(named({"DependsOn": body.get("DependsOn")})):
        if name in anyway:
            continue
        if name not in resources:
            draft.notes.append(f"DependsOn: {name} cannot be kept, for it is not in the template")
        elif resources[name].type.startswith(_IAM):
            draft.notes.append(f"DependsOn: {name} is left out, for the mapping waits for a policy of its own")
        else:
            on = draft.neighbour(resources[name].identity, "dependency")
            draft.after.append(f"{draft.variable}.mapping.node.add_dependency({on})")
