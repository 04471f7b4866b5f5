"""Amazon MQ, a broker of the engine RabbitMQ.

Read from the Lambda developer guide (with-mq, process-mq-messages-with-lambda, services-mq-params, with-mq-filtering)
on 2026-11-20,
and from services-mq-errors on 2026-11-28.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Example, Figure, Shape, SourceFacts
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import broker_ports, broker_settings, mq_settings, pages
from cdk_esm.sources.lambda_function import LONGEST_TIMEOUT_BEHIND_BROKER

_CONCURRENCY: Final = Figure(1, "invocation of one mapping at the same time, unless AWS raises it", pages.MQ)

RABBITMQ: Final = SourceFacts(
    kind="rabbitmq",
    label="Amazon MQ broker for RabbitMQ",
    shape=Shape.BROKER,
    construct="RabbitMqToLambda",
    arn_service="mq",
    ports=(broker_ports.RABBITMQ.value,),
    settings=(
        *mq_settings.SETTINGS,
        replace(
            broker_settings.ACCESS_TYPE,
            page=pages.MQ_PARAMETERS,
            choices=(mq_settings.CREDENTIALS, mq_settings.VIRTUAL_HOST),
        ),
    ),
    grants=mq_settings.GRANTS,
    pages=(*mq_settings.PAGES, pages.RABBITMQ_QUORUM),
    read=date(2026, 11, 20),
    example=Example(
        "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555",
        mq_settings.EXAMPLE,
        {"engine": "RABBITMQ"},
    ),
    takes_window=True,
    window_needed_above=None,
    unit="message",
    concurrency_words=f"{_CONCURRENCY.value} at a time, unless AWS raises it",
    alarms=mq_settings.ALARMS,
    records=RecordShape(
        event_sources=("aws:rmq",),
        holder="rmqMessagesByQueue",
        grouped=True,
        mark="basicProperties",
        payload="data",
        encoding="base64",
        metadata={"basicProperties": True, "redelivered": False},
        takes_text=True,
    ),
    unmatched=mq_settings.UNMATCHED,
    failure_path="whatever a policy of the broker says, such as a delivery limit with a dead-letter exchange; without "
    "one a message comes back until it succeeds or expires",
    keeps_order=False,
    figures=(broker_settings.DEFAULT_WINDOW, mq_settings.LARGEST_MESSAGE),
    once_per_function=False,
    other_format=mq_settings.OTHER_FORMAT,
    longest_timeout=LONGEST_TIMEOUT_BEHIND_BROKER,
    longest_timeout_everywhere=True,
    concurrency=_CONCURRENCY,
    reads=(mq_settings.QUEUES.name,),
    id_holds=(mq_settings.QUEUES.name,),
    stand_in=("backlog",),
    pages_on={"permissions": pages.MQ_PROCESS, "failures": pages.MQ_ERRORS, "filters": pages.MQ_FILTERS},
)
