"""The records that a plan is made of: the source, the function, the access and the failure path, as far as known."""

from cdk_esm.records.access import Access, FilterKey, Permission, Role
from cdk_esm.records.broker import Broker, Cluster, DocumentCluster
from cdk_esm.records.door import AlarmState, Malformed
from cdk_esm.records.failure import Destination, FailurePath
from cdk_esm.records.function import Code, Function
from cdk_esm.records.source import Queue, Source, Stream, TableStream

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
    "Permission",
    "Queue",
    "Role",
    "Source",
    "Stream",
    "TableStream",
]
