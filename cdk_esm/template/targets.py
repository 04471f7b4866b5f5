"""What a policy of a template may call the neighbours of a mapping.

A target is one of three things: a place with a name; ``EVERYWHERE``, for actions that AWS does not scope; and
``SOMEWHERE``, for a place that is there and that nothing in the templates names. A neighbour without a target is not
in the templates, or not there at all: of the policies on it nothing can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.facts import Neighbour, NotApplicable
from cdk_esm.plan import Cluster, MappingPlan
from cdk_esm.plan.identity import ITS_OWN, STREAM, below, consumer_of, place_of
from cdk_esm.plan.kafka import destination_topic, group_name, topics
from cdk_esm.sources.destinations import OBJECT_PREFIX
from cdk_esm.sources.kafka_settings import ON_FAILURE_ARN
from cdk_esm.template.cloudformation.arns import parsed
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, joined
from cdk_esm.template.iam.keys import key_of, own_key
from cdk_esm.template.iam.policies import Scope, scope_of
from cdk_esm.template.iam.roles import EVERYWHERE, SOMEWHERE, Target
from cdk_esm.template.mapped import MappingInTemplate

Targets = list[Target]
_CLUSTER_IN_ARN: Final = ":cluster/"
_KEY: Final = "key/"
_BY_ALIAS: Final = Target(scopes=())
"""A key whose ARN nobody knows; its own policy may let the role in, too."""


def _on(mapped: MappingInTemplate, value: Evaluated) -> Targets:
    scope = scope_of(mapped.evaluator, value, mapped.stack)
    return [] if scope is None else [Target(scopes=(scope,))]


def _on_key(mapped: MappingInTemplate, resource: Resource) -> Targets:
    """A key of the templates, one that is named by its ARN, or one of which only an alias is known."""
    named = key_of(mapped.evaluator, resource)
    key = own_key(mapped.evaluator, named)
    if key is not None:
        return _on(mapped, Pointer(key, "Arn"))
    arn = parsed(named)
    if arn is not None and arn.service == "kms" and arn.name.startswith(_KEY):
        return _on(mapped, named)
    return [_BY_ALIAS] if isinstance(named, str | Text) else []


# The source, and what belongs to it.


def _on_source(mapped: MappingInTemplate, plan: MappingPlan) -> Targets:
    """The source; that of a table has a label in its ARN which a policy may name in part."""
    if _through_connection(plan):
        return [SOMEWHERE]
    stream = mapped.stream
    if not isinstance(stream, Pointer) or stream.attribute != "StreamArn":
        return _on(mapped, stream)
    return [replace(one, below=place_of(one.text)) for one in _on(mapped, stream)]


def _through_connection(plan: MappingPlan) -> bool:
    """Whether the mapping names a connection to a cluster, whose ARN does not tell that of the cluster."""
    return isinstance(plan.event_source, Cluster) and isinstance(plan.event_source.connection, str)


def _on_source_key(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    source = mapped.stream
    return _on_key(mapped, source.resource) if isinstance(source, Pointer) else []


def _on_consumer(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    """A consumer, by its own ARN or below that of its stream."""
    own, stream = (scope_of(mapped.evaluator, value, mapped.stack) for value in (mapped.arn, mapped.stream))
    if own is None:
        return []
    if stream is None:
        return [Target(scopes=(own,))]
    by_stream = replace(stream, text=consumer_of(stream.text, ITS_OWN))
    return [Target(scopes=(own, by_stream), below=place_of(by_stream.text))]


def _on_streams_of_table(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    """All streams of a table: whether a policy that names the table, or one of them, does as well, is not known.

    AWS does not say how far it scopes this action, so a policy on a table elsewhere is not compared at all.
    """
    scope = scope_of(mapped.evaluator, mapped.stream, mapped.stack)
    if scope is None or scope.resource is None:
        return [SOMEWHERE]
    table = scope.text.partition(STREAM)[0]
    return [Target(scopes=(replace(scope, text=f"{table}{STREAM}*"),), below=table, only_the_role=True)]


def _on_connection(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    return _on(mapped, mapped.arn)


# What a Kafka cluster keeps: its ARN is that of the cluster, with another word and another name in it.


def _in_cluster(mapped: MappingInTemplate, plan: MappingPlan, kind: str, name: str | None) -> Targets:
    """A topic or a group of the cluster; its name is ``None`` if the deployment gives it."""
    cluster = mapped.arn
    if _through_connection(plan):
        return [SOMEWHERE]
    own = name or ITS_OWN
    if isinstance(cluster, Pointer):
        # Templates cannot write this ARN but with the cluster's name and a sign for the rest. No place that begins with
        # the cluster's own ARN is meant by it, and every text may be.
        scope = Scope(f"{own} of {cluster.resource.identity}", cluster.resource, certain=True, service="kafka")
        return [Target(scopes=(scope,))]
    place = _renamed(cluster, f":{kind}/")
    scope_there = None if place is None else scope_of(mapped.evaluator, joined([place, f"/{own}"], kind), mapped.stack)
    if scope_there is None:
        return [SOMEWHERE]
    certain = scope_there.certain and name is not None
    return [Target(scopes=(replace(scope_there, certain=certain),), only_the_role=True)]


def _renamed(cluster: Evaluated, word: str) -> Evaluated:
    """The ARN of a cluster with another word in the place of ``cluster``; ``None`` if it does not say that."""
    parts = cluster.parts if isinstance(cluster, Text) else (cluster,)
    if sum(isinstance(part, str) and _CLUSTER_IN_ARN in part for part in parts) != 1:
        return None
    return joined([part.replace(_CLUSTER_IN_ARN, word) if isinstance(part, str) else part for part in parts], "arn")


def _on_topic(mapped: MappingInTemplate, plan: MappingPlan) -> Targets:
    names = topics(plan)
    return [target for name in names for target in _in_cluster(mapped, plan, "topic", name)] or [SOMEWHERE]


def _on_group(mapped: MappingInTemplate, plan: MappingPlan) -> Targets:
    """The consumer group: by its name, or by the UUID of the mapping, which is its name if nobody gave one."""
    name = plan.given(group_name(plan))
    return _in_cluster(mapped, plan, "group", name) if name is None or isinstance(name, str) else [SOMEWHERE]


def _on_destination_topic(mapped: MappingInTemplate, plan: MappingPlan) -> Targets:
    try:
        name = destination_topic(plan)
    except NotApplicable:
        return [SOMEWHERE]
    return [SOMEWHERE] if name is None else _in_cluster(mapped, plan, "topic", name)


def _on_registry(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    value = mapped.registry
    named = Pointer(value.resource, "Arn") if isinstance(value, Pointer) else value
    return [replace(target, only_the_role=True) for target in _on(mapped, named)] or [SOMEWHERE]


# What the mapping names beside its source.


def _on_secrets(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    own = [target for secret in mapped.secrets() for target in _on(mapped, Pointer(secret, "Ref"))]
    return own + [target for arn in mapped.secrets_elsewhere() for target in _on(mapped, arn)]


def _on_secret_keys(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    return [target for secret in mapped.secrets() for target in _on_key(mapped, secret)]


def _destination(mapped: MappingInTemplate) -> Evaluated:
    return mapped.named(mapped.setting(ON_FAILURE_ARN.name))


def _on_destination(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    return _on(mapped, _destination(mapped))


def _on_destination_objects(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    """The objects that Lambda writes into a bucket; the prefix of a policy may go on below theirs."""
    scopes = [scope for target in _on(mapped, _destination(mapped)) for scope in target.scopes]
    above = [(scope, f"{scope.text}/{OBJECT_PREFIX}") for scope in scopes]
    return [Target(scopes=(replace(scope, text=below(place)),), below=place) for scope, place in above]


def _on_destination_key(mapped: MappingInTemplate, _: MappingPlan) -> Targets:
    value = _destination(mapped)
    return _on_key(mapped, value.resource) if isinstance(value, Pointer) else []


def _everywhere(_: MappingInTemplate, __: MappingPlan) -> Targets:
    return [EVERYWHERE]


def _somewhere(_: MappingInTemplate, __: MappingPlan) -> Targets:
    return [SOMEWHERE]


TARGETS: Final[Mapping[Neighbour, Callable[[MappingInTemplate, MappingPlan], Targets]]] = {
    Neighbour.SOURCE: _on_source,
    Neighbour.SOURCE_KEY: _on_source_key,
    Neighbour.CONSUMER: _on_consumer,
    Neighbour.STREAMS_OF_TABLE: _on_streams_of_table,
    Neighbour.TOPIC: _on_topic,
    Neighbour.GROUP: _on_group,
    Neighbour.CONNECTION: _on_connection,
    Neighbour.REGISTRY: _on_registry,
    Neighbour.SCHEMAS: _somewhere,  # they are made beside the registry, and nothing lists them
    Neighbour.PARAMETER_GROUPS: _somewhere,  # AWS asks for all of them; whether the cluster's alone does is not known
    Neighbour.SUBNET_GROUPS: _somewhere,  # likewise
    Neighbour.SECRET: _on_secrets,
    Neighbour.SECRET_KEY: _on_secret_keys,
    Neighbour.NETWORK: _everywhere,
    Neighbour.DESTINATION: _on_destination,
    Neighbour.DESTINATION_OBJECTS: _on_destination_objects,
    Neighbour.DESTINATION_TOPIC: _on_destination_topic,
    Neighbour.DESTINATION_KEY: _on_destination_key,
}
"""What each neighbour is called in a template, as far as it has a name there."""
