"""Settings that ActiveMQ and RabbitMQ brokers share, and nobody else has.

Read from the Lambda developer guide (with-mq, process-mq-messages-with-lambda, services-mq-params, with-mq-filtering)
and the Lambda API reference (CreateEventSourceMapping) on 2026-11-20, and what becomes of failed messages from the
guide's services-mq-errors on 2026-11-28.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Neighbour, Setting, When
from cdk_esm.sources import broker_settings, pages

QUEUES: Final = Setting(
    "Queues",
    Form.LIST,
    pages.MQ_PARAMETERS,
    keyword="queue_name",
    minimum=1,
    maximum=1,
    required=True,
    requirement_is_reported=True,
    fixed=True,
    longest_member=1000,
)
SETTINGS: Final = (
    broker_settings.FUNCTION_NAME,
    Setting("EventSourceArn", Form.TEXT, pages.MQ_PARAMETERS, keyword="broker", required=True, create_only=True),
    QUEUES,
    replace(broker_settings.BATCH_SIZE, page=pages.MQ_PARAMETERS),
    broker_settings.WINDOW,
    broker_settings.FILTER_CRITERIA,
    broker_settings.FILTER_KEY_ARN,
    replace(broker_settings.ACCESS, page=pages.MQ_PARAMETERS, keyword="credentials", required=True),
    broker_settings.ACCESS_URI,
    broker_settings.ENABLED,
    broker_settings.TAGS,
)
"""What every mapping on Amazon MQ takes."""

GRANTS: Final = (
    Grant(("mq:DescribeBroker",), on=Neighbour.SOURCE),
    broker_settings.SECRET,
    broker_settings.SECRET_KEY,
    replace(broker_settings.NETWORK, when=When.UNLESS_PUBLIC),
)
PAGES: Final = (pages.MQ, pages.MQ_PROCESS, pages.MQ_PARAMETERS, pages.MQ_ERRORS, pages.MQ_FILTERS)
REDELIVERIES: Final = Figure(
    6,
    "redeliveries of a message that fails, before ActiveMQ moves it to its dead-letter queue; Lambda takes no other "
    "policy",
    pages.MQ_ERRORS,
)
LARGEST_MESSAGE: Final = Figure(6, "megabytes of a message, above which Lambda drops it", pages.MQ_ERRORS)
ALARMS: Final = ("backlog", "errors", "throttles")
UNMATCHED: Final = "acknowledges the message, so that the broker removes it"
OTHER_FORMAT: Final = "delivers it, for only the rest of the pattern counts then"
CREDENTIALS: Final = "BASIC_AUTH"
VIRTUAL_HOST: Final = "VIRTUAL_HOST"
"""No update of a mapping can name it: the page of SourceAccessConfiguration says so in the Lambda API reference."""
DEFAULT_HOST: Final = "/"
"""The virtual host of a mapping that names none."""

WITH_STANDBY: Final = "ACTIVE_STANDBY_MULTI_AZ"
"""The deployment mode of a broker with a second instance, which takes over if the first one fails."""

EXAMPLE: Final[Mapping[str, object]] = {**broker_settings.EXAMPLE_BASIC_AUTH, QUEUES.name: ["orders"]}
"""Settings of a mapping with nothing wrong."""
