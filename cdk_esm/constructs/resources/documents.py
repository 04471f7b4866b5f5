"""Amazon DocumentDB clusters: what is known of one, and what its ARN is, which no construct of CDK tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from aws_cdk import aws_docdb as docdb

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import looks_like
from cdk_esm.constructs.intake.tokens import arn_part, is_token, text
from cdk_esm.constructs.resources.existing import place
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import DocumentCluster

ACCEPTED: Final = "an Amazon DocumentDB cluster, or its ARN"
_KEY_IN_ARN: Final = ":key/"


@dataclass(frozen=True)
class ClusterFound:
    """A document cluster as it was given.

    Args:
        facts: what is known of it.
        groups: the beginning of the ARNs of the parameter groups and subnet groups beside it.
        key_arn: the ARN of the key that encrypts it; ``None`` if AWS holds the key, or if it is hidden.
    """

    facts: DocumentCluster
    groups: str
    key_arn: str | None


def is_document_cluster(value: object) -> bool:
    """Whether a value is the ARN of something, or a document cluster: its L1, its L2, or an imported one."""
    if isinstance(value, str):
        return is_token(value) or value.startswith("arn:")
    # Clusters of Amazon RDS and Amazon Neptune have identifiers and endpoints, too, but no single security group.
    l2 = looks_like(value, "cluster_identifier", "cluster_read_endpoint", "security_group_id")
    return l2 or isinstance(value, docdb.CfnDBCluster)


def existing_cluster(value: Any, where: Surroundings) -> ClusterFound:
    """Say what is known of a document cluster that was made elsewhere."""
    if isinstance(value, str):
        above = value.rpartition(":cluster:")[0] if ":cluster:" in value else _here(where)
        facts = replace(_hidden(value), region=arn_part(value, 3), account=arn_part(value, 4), form=_form_in(value))
        return ClusterFound(facts, above, None)
    l1 = isinstance(value, docdb.CfnDBCluster)
    above = _here(where)
    identity = f"{above}:cluster:{value.ref if l1 else value.cluster_identifier}"
    facts = replace(
        _hidden(identity),
        region=place(value, "region", UNKNOWN),
        account=place(value, "account", UNKNOWN),
        weakly_referenced=where.weakly_refers_to(value),
    )
    child: Any = value if l1 else value.node.default_child if isinstance(value, docdb.DatabaseCluster) else None
    if not isinstance(child, docdb.CfnDBCluster):
        return ClusterFound(facts, above, None)
    key = child.kms_key_id
    of_key = key is not None and (is_token(key) or _KEY_IN_ARN in key)
    facts = replace(
        facts,
        form=_form_of(child),
        engine_version=text(child.engine_version),
        encryption_key=None if key is None else key if of_key else UNKNOWN,
        # Nothing is known here of a parameter group; the check of the app reads it from the template.
        encrypts_connections=True if child.db_cluster_parameter_group_name is None else UNKNOWN,
    )
    return ClusterFound(facts, above, key if of_key else None)


def _hidden(identity: str) -> DocumentCluster:
    """A cluster of which no more is known than its ARN."""
    return DocumentCluster(
        identity=identity, existing=True, encryption_key=UNKNOWN, form=UNKNOWN, engine_version=UNKNOWN
    )


def _here(where: Surroundings) -> str:
    """What the ARNs of Amazon DocumentDB begin with in the stack: the service is that of Amazon RDS."""
    return f"arn:{where.stack.partition}:rds:{where.region_text}:{where.account_text}"


def _form_in(arn: str) -> str | Unknowable:
    if arn_part(arn, 2) == "docdb-elastic":
        return "elastic"
    return "global" if ":global-cluster:" in arn else UNKNOWN


def _form_of(cluster: docdb.CfnDBCluster) -> str | Unknowable:
    global_cluster = cluster.global_cluster_identifier
    if global_cluster is None:
        return "instance"
    return UNKNOWN if is_token(global_cluster) else "global"
