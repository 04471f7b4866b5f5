"""The mapping itself: settings as the L1 takes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.facts import Unknowable
from cdk_esm.plan.cdk_words import python_name


def l1_properties(settings: Mapping[str, Any], late: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a plan as the L1 takes them: each under the name that CDK derives from CloudFormation's.

    Args:
        settings: what the plan has; an empty list is the same as nothing.
        late: what a plan does not keep, or did not know before the neighbours were made, by setting; a dot leads into a
            nested record.
    """
    written = {python_name(name): _written(name, value, late) for name, value in settings.items()}
    return {name: value for name, value in written.items() if value is not None and value != []}


@cache
def record_class(name: str) -> type[Any]:
    """The class that CDK has for a record of a mapping, or for a member of a list of records.

    Args:
        name: the record's name in CloudFormation, or that of the list in the singular.
    """
    if name == "Tag":
        return cdk.CfnTag
    classes = {one: getattr(lambda_.CfnEventSourceMapping, one) for one in dir(lambda_.CfnEventSourceMapping)}
    wanted = f"{name}Property"
    if wanted in classes:
        return classes[wanted]  # type: ignore[no-any-return]
    (found,) = (one for one in classes if one.endswith(wanted))  # AccessConfigs hold a SchemaRegistryAccessConfig
    return classes[found]  # type: ignore[no-any-return]


def _written(place: str, value: Any, late: Mapping[str, Any]) -> Any:
    """A setting as the L1 takes it."""
    value = late.get(place, value)
    name = place.rpartition(".")[2]
    assert not isinstance(value, Unknowable), f"{place} is still not known"
    if isinstance(value, Mapping):
        return _record(name, {member: _written(f"{place}.{member}", one, late) for member, one in value.items()})
    if isinstance(value, list):
        return [_record(name.removesuffix("s"), one) if isinstance(one, Mapping) else one for one in value]
    return value


def _record(name: str, members: Mapping[str, Any]) -> Any:
    return record_class(name)(**{python_name(member): value for member, value in members.items()})
