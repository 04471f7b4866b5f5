"""The plan: a frozen record of one mapping and of what surrounds it, on which everything else works.

``MappingPlan`` is made of records, one for each neighbour of the mapping: the source, the function, the execution role,
the failure path. Beside them are the questions that rules, alarms and the simulator ask of a plan: ``needs``,
``kafka``, ``streams`` and ``conflicts``; and the forms that are written in one place and read in another:
``consent`` and ``identity``.
"""

from cdk_esm.plan.access import Access, Barrier, BarrierKind, FilterKey, InlinePolicies, Permission, Role
from cdk_esm.plan.answers import Answers, Misshapen, NamedBy
from cdk_esm.plan.broker import Broker, Cluster, DocumentCluster, SchemaRegistry, Secret
from cdk_esm.plan.construct_notes import AlarmState, Door, Malformed
from cdk_esm.plan.deaf_alarms import DeafAction
from cdk_esm.plan.failure import Destination, FailureKind, FailurePath
from cdk_esm.plan.feeders import Feeder, Feeders, Loop, Way
from cdk_esm.plan.file_wording import Wording
from cdk_esm.plan.function import Code, Function, Image
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.misplaced import Gap, Misplaced, Misspelt
from cdk_esm.plan.poller_network import PollerNetwork
from cdk_esm.plan.source import Queue, Source, Stream, TableStream

__all__ = [
    "Access",
    "AlarmState",
    "Answers",
    "Barrier",
    "BarrierKind",
    "Broker",
    "Cluster",
    "Code",
    "DeafAction",
    "Destination",
    "DocumentCluster",
    "Door",
    "FailureKind",
    "FailurePath",
    "Feeder",
    "Feeders",
    "FilterKey",
    "Function",
    "Gap",
    "Image",
    "InlinePolicies",
    "Loop",
    "Malformed",
    "MappingPlan",
    "Misplaced",
    "Misshapen",
    "Misspelt",
    "NamedBy",
    "Permission",
    "PollerNetwork",
    "Queue",
    "Role",
    "SchemaRegistry",
    "Secret",
    "Source",
    "Stream",
    "TableStream",
    "Way",
    "Wording",
]
