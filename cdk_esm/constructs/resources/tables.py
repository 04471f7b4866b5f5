"""DynamoDB tables: what is known of one and of its stream, and how a new one is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.options import NewTable
from cdk_esm.constructs.intake.properties import check_given, given, settled
from cdk_esm.constructs.intake.tokens import arn_part, is_token, text
from cdk_esm.constructs.resources.existing import place
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import TableStream


def draft_table(intake: Intake, new: NewTable, where: Surroundings, path: str) -> TableStream:
    """Say what a new table will be."""
    intake.one_of("table.partition_key", new.partition_key, {"a dynamodb.Attribute": _is_attribute})
    if new.sort_key is not None:
        intake.one_of("table.sort_key", new.sort_key, {"a dynamodb.Attribute": _is_attribute})
    has_key = _has_key(intake, new)
    if has_key and where.region is UNRESOLVED:
        fix = "bind the stack to its Region, Stack(..., env=Environment(region=...)): CDK writes a key for each one"
        intake.refuse("table.encryption", new.encryption, "a key in a stack with a known Region", fix=fix)
    elif has_key:
        _check_keys_of_replicas(intake, new)
    check_given(intake, "table", new, elsewhere={"partition_key", "sort_key", "encryption", "dynamo_stream"})
    intake.record("table.dynamo_stream", new.dynamo_stream, "a dynamodb.StreamViewType", dynamodb.StreamViewType)
    if new.point_in_time_recovery is not None and new.point_in_time_recovery_specification is not None:
        intake.twice(
            "table.point_in_time_recovery",
            "table.point_in_time_recovery_specification",
            "the former is CDK's former name of the latter",
            "leave point_in_time_recovery out",
        )
    view = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if new.dynamo_stream is None else new.dynamo_stream
    return TableStream(
        identity=path + "/Table",
        view_type=view.name if isinstance(view, dynamodb.StreamViewType) else UNKNOWN,
        keys=_keys_of(new),
        encryption_key=UNKNOWN if has_key else None,
        replicated=isinstance(new.replicas, list | tuple) and len(new.replicas) > 0,
        region=where.region,
        account=where.account,
    )


def _check_keys_of_replicas(intake: Intake, new: NewTable) -> None:
    """Ask for the key of each replica, which has to be in its Region; CDK would ask at synth."""
    if not isinstance(new.replicas, list | tuple):
        return
    encryption = new.encryption
    named = encryption.replica_key_arns if isinstance(encryption, dynamodb.TableEncryptionV2) else None
    wanted = [one.region for one in new.replicas if isinstance(one, dynamodb.ReplicaTableProps)]
    missing = [one for one in wanted if not is_token(one) and one not in (named or {})]
    if missing:
        arns = ", ".join(f'"{one}": "<ARN of its key>"' for one in missing)
        intake.refuse(
            "table.encryption",
            encryption,
            f"a key for each replica, also in {', '.join(missing)}",
            fix=f"write encryption=dynamodb.TableEncryptionV2.customer_managed_key(key, {{{arns}}})",
        )


def _has_key(intake: Intake, new: NewTable) -> bool:
    """Whether it is encrypted with a key of the user's."""
    encryption = new.encryption
    if encryption is None:
        return False
    if isinstance(encryption, dynamodb.TableEncryptionV2):
        return encryption.type is dynamodb.TableEncryption.CUSTOMER_MANAGED
    return intake.one_of("table.encryption", encryption, {"a KMS key or a dynamodb.TableEncryptionV2": is_key})


def _keys_of(new: NewTable) -> tuple[tuple[str, str | None], ...] | Unknowable:
    """The attributes of the primary key, each with the letter of its type."""
    given = [new.partition_key] if new.sort_key is None else [new.partition_key, new.sort_key]
    if not all(_is_attribute(one) for one in given):
        return UNKNOWN
    return tuple((one.name, one.type.name[0]) for one in given)  # STRING, NUMBER and BINARY


def _is_attribute(value: object) -> bool:
    return isinstance(value, dynamodb.Attribute)


def existing_table(table: dynamodb.ITable | dynamodb.ITableV2, where: Surroundings) -> TableStream:
    """Say what is known of a table that was made elsewhere, and of its stream."""
    arn = table.table_stream_arn
    facts = TableStream(
        identity=arn or table.table_arn,
        existing=True,
        has_stream=arn is not None,
        view_type=UNKNOWN,
        replicated=UNKNOWN,
        encryption_key=UNKNOWN,
        region=place(table, "region", arn_part(arn or "", 3) if arn else UNKNOWN),
        account=place(table, "account", arn_part(arn or "", 4) if arn else UNKNOWN),
        weakly_referenced=arn is not None and is_token(arn) and where.weakly_refers_to(table),
    )
    return _read(table, facts) if isinstance(table, dynamodb.Table | dynamodb.TableV2) else facts


def _read(table: dynamodb.Table | dynamodb.TableV2, facts: TableStream) -> TableStream:
    """Read what CDK made of a table from its L1, as far as the L1 can be read."""
    child: Any = table.node.default_child
    if isinstance(child, dynamodb.CfnTable):
        stream: Any = cdk.Stack.of(table).resolve(child.stream_specification)
        return replace(facts, view_type=text((stream or {}).get("streamViewType")), replicated=False)
    if isinstance(child, dynamodb.CfnGlobalTable):
        inspector = cdk.TreeInspector()  # as a property jsii cannot hand over the stream, which CDK settles late
        child.inspect(inspector)
        given: Any = inspector.attributes["aws:cdk:cloudformation:props"]
        read: Any = cdk.Stack.of(table).resolve({name: given.get(name) for name in ("streamSpecification", "replicas")})
        view = (read.get("streamSpecification") or {}).get("streamViewType")
        return replace(facts, has_stream=view is not None, view_type=text(view), replicated=len(read["replicas"]) > 1)
    return facts


def build_table(
    scope: Construct, new: NewTable, removal_policy: cdk.RemovalPolicy, facts: TableStream, *, injected: bool
) -> tuple[dynamodb.TableV2, TableStream]:
    """Make a table as planned: on-demand, recoverable, with a stream; return it with what CDK made of it."""
    recoverable = dynamodb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True)
    ours = {
        "dynamo_stream": dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        "point_in_time_recovery_specification": recoverable if new.point_in_time_recovery is None else None,
        "removal_policy": removal_policy,
    }
    said = given(new)
    key: Any = new.encryption
    if key is not None and not isinstance(key, dynamodb.TableEncryptionV2):
        said["encryption"] = dynamodb.TableEncryptionV2.customer_managed_key(key)
    table = dynamodb.TableV2(scope, "Table", **settled(ours, said))
    if injected:
        facts = replace(_read(table, facts), encryption_key=None if table.encryption_key is None else UNKNOWN)
    return table, facts
