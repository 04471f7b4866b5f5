"""The plan: a frozen record of one mapping and of what surrounds it, on which everything else works.

``MappingPlan`` is made of records, one for each neighbour of the mapping: the source, the function, the execution role,
the failure path. Beside them are the questions that rules, alarms and the simulator ask of a plan: ``kafka``,
``streams`` and ``conflicts``.
"""

from cdk_esm.plan.access import Access, FilterKey, Permission, Role
from cdk_esm.plan.broker import Broker, Cluster, DocumentCluster
from cdk_esm.plan.construct_notes import AlarmState, Malformed
from cdk_esm.plan.failure import Destination, FailurePath
from cdk_esm.plan.function import Code, Function
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Queue, Source, Stream, TableStream
from cdk_esm.plan.wording import Wording

__all__ = [
    "Access",
    "AlarmState",
    "Broker",
    "Cluster",
    "Code",
    "Destination",
    "DocumentCluster",
    "FailurePath",
    "FilterKey",
    "Function",
    "Malformed",
    "MappingPlan",
    "Permission",
    "Queue",
    "Role",
    "Source",
    "Stream",
    "TableStream",
    "Wording",
]
