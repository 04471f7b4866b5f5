from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM247"


@pytest.mark.parametrize(
    ("kind", "engine", "construct"),
    [
        pytest.param("rabbitmq", "ACTIVEMQ", "ActiveMqToLambda", id="a RabbitMQ construct"),
        pytest.param("activemq", "RABBITMQ", "RabbitMqToLambda", id="an ActiveMQ construct"),
    ],
)
def test_the_fix_names_the_construct_of_the_engine(kind: str, engine: str, construct: str) -> None:
    plan = replace(with_source(mapping(kind), engine=engine), door=Door.CONSTRUCT)
    (finding,) = check([plan], select=[ID])

    assert finding.message.startswith(f"broker is a broker of the engine {engine}")
    assert finding.fix == f"use {construct}, or pass a broker of that engine"


@pytest.mark.parametrize("engine", [UNKNOWN, None])
def test_an_engine_that_nobody_knows_is_not_judged(engine: object) -> None:
    assert ids(with_source(mapping("rabbitmq"), engine=engine), select=[ID]) == []
