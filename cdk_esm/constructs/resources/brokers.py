"""Message brokers of Amazon MQ: what is known of one, and what its queue goes by in CloudWatch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_amazonmq as amazonmq

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import looks_like
from cdk_esm.constructs.intake.tokens import arn_part, is_token, text
from cdk_esm.constructs.resources.existing import place
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import Broker
from cdk_esm.sources.mq_settings import WITH_STANDBY

ACCEPTED: Final = "an Amazon MQ broker, as a CfnBroker or by its ARN"
_NAME_IN_ARN: Final = 6


@dataclass(frozen=True)
class BrokerFound:
    """A broker as it was given.

    Args:
        facts: what is known of it.
        name: answers with its name, or with a token for it, which CloudWatch knows it by.
    """

    facts: Broker
    name: Callable[[], str]


def is_broker(value: object) -> bool:
    """Whether a value is the ARN of something, a broker, or a construct of another library around one."""
    if isinstance(value, str):
        return is_token(value) or value.startswith("arn:")
    return isinstance(value, amazonmq.CfnBroker) or _is_l2(value)


def existing_broker(value: Any, where: Surroundings, engine: str) -> BrokerFound:
    """Say what is known of a broker that was made elsewhere.

    Args:
        value: the broker, or its ARN.
        where: where the construct is.
        engine: the engine that the construct is for, which an ARN does not tell.
    """
    if isinstance(value, amazonmq.CfnBroker):
        return _from_l1(value, where)
    arn = value if isinstance(value, str) else value.arn
    facts = Broker(
        identity=arn,
        existing=True,
        region=arn_part(arn, 3) if isinstance(value, str) else place(value, "region", arn_part(arn, 3)),
        account=arn_part(arn, 4) if isinstance(value, str) else place(value, "account", arn_part(arn, 4)),
        encryption_key=UNKNOWN,
        engine=engine if isinstance(value, str) else _engine_of_l2(value),
        authentication_strategy=UNKNOWN,
        weakly_referenced=not isinstance(value, str) and is_token(arn) and where.weakly_refers_to(value),
    )
    return BrokerFound(facts, lambda: _name_in(arn))


def _from_l1(broker: amazonmq.CfnBroker, where: Surroundings) -> BrokerFound:
    arn, mode = broker.attr_arn, text(broker.deployment_mode)
    public = broker.publicly_accessible
    facts = Broker(
        identity=arn,
        existing=True,
        region=place(broker, "region", UNKNOWN),
        account=place(broker, "account", UNKNOWN),
        encryption_key=UNKNOWN,
        engine=_capitals(broker.engine_type),
        authentication_strategy=_capitals(broker.authentication_strategy),
        publicly_accessible=public if isinstance(public, bool) else UNKNOWN,
        standby=mode == WITH_STANDBY if isinstance(mode, str) else UNKNOWN,
        weakly_referenced=where.weakly_refers_to(broker),
    )
    return BrokerFound(facts, lambda: broker.broker_name)


def _capitals(value: object) -> Value[str]:
    found = text(value)
    return found.strip().upper() if isinstance(found, str) else found


def _is_l2(value: object) -> bool:
    """Whether a value is a broker of ``cdk-amazonmq``, which is not imported."""
    return looks_like(value, "arn", "id", "name", "metric_consumer_count")


def _engine_of_l2(value: object) -> str | Unknowable:
    """The engine, by the metrics that the construct offers."""
    return "RABBITMQ" if looks_like(value, "metric_exchange_count") else "ACTIVEMQ"


def _name_in(arn: str) -> str:
    """The name of a broker, which its ARN holds before its id."""
    parts = arn.split(":")
    if not is_token(arn) and len(parts) > _NAME_IN_ARN:
        return parts[_NAME_IN_ARN]
    return cdk.Fn.select(_NAME_IN_ARN, cdk.Fn.split(":", arn))
