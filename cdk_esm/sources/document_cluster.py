"""What AWS takes for an Amazon DocumentDB cluster, as far as its change stream goes.

Read from the Lambda developer guide (with-documentdb) on 2026-11-20, and from the Amazon DocumentDB developer guide
(change_streams, cluster_parameter_groups-list_of_parameters) on 2026-11-28.
"""

from typing import Final

from cdk_esm.facts import Figure, Form, Setting
from cdk_esm.sources import pages

RETENTION_PARAMETER: Final = "change_stream_log_retention_duration"
CHANGE_STREAM_RETENTION: Final = Setting(
    f"Parameters.{RETENTION_PARAMETER}",
    Form.SECONDS,
    pages.DOCUMENTDB_PARAMETERS,
    minimum=3_600,
    maximum=604_800,
    default=10_800,
)
"""How long a change stream keeps an event: a parameter of the cluster's parameter group."""
LARGEST_EVENT: Final = Figure(6, "megabytes of an event, above which Lambda drops it", pages.DOCUMENTDB)
