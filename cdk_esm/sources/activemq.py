"""Amazon MQ, a broker of the engine ActiveMQ.

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

_CONCURRENCY: Final = Figure(5, "invocations of one mapping at the same time, unless AWS raises it", pages.MQ)

ACTIVEMQ: Final = SourceFacts(
    kind="activemq",
    label="Amazon MQ broker for ActiveMQ",
    shape=Shape.BROKER,
    construct="ActiveMqToLambda",
    arn_service="mq",
    ports=(broker_ports.ACTIVEMQ.value,),
    settings=(
        *mq_settings.SETTINGS,
        replace(broker_settings.ACCESS_TYPE, page=pages.MQ_PARAMETERS, choices=(mq_settings.CREDENTIALS,)),
    ),
    grants=mq_settings.GRANTS,
    pages=mq_settings.PAGES,
    read=date(2026, 11, 20),
    example=Example(
        "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555",
        mq_settings.EXAMPLE,
        {"engine": "ACTIVEMQ"},
    ),
    takes_window=True,
    window_needed_above=None,
    unit="message",
    concurrency_words=f"at most {_CONCURRENCY.value} at a time, unless AWS raises it",
    alarms=mq_settings.ALARMS,
    records=RecordShape(
        event_sources=("aws:mq", "aws:amq"),  # older samples write the second
        holder="messages",
        mark="messageID",
        payload="data",
        encoding="base64",
        metadata={
            "messageID": False,
            "messageType": False,
            "deliveryMode": False,
            "replyTo": False,
            "type": False,
            "expiration": False,
            "priority": False,
            "correlationId": False,
            "connectionId": False,
            "redelivered": False,
            "destination": True,
            "timestamp": False,
            "brokerInTime": False,
            "brokerOutTime": False,
            "properties": True,
        },
        takes_text=True,
    ),
    unmatched=mq_settings.UNMATCHED,
    failure_path=f"the broker's own dead-letter queue, after {mq_settings.REDELIVERIES.value} redeliveries",
    keeps_order=False,
    figures=(broker_settings.DEFAULT_WINDOW, mq_settings.REDELIVERIES, mq_settings.LARGEST_MESSAGE),
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
