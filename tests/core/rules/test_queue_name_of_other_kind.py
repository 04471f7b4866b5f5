import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_queue
from cdk_esm.testing.templates import mapping as written
from cdk_esm.testing.templates import plan, resource

ONLY = ["ESM118"]


@pytest.mark.parametrize(
    ("kind", "name", "fix"),
    [
        ("sqs-fifo", "orders", "set QueueName: orders.fifo"),
        ("sqs", "orders.fifo", "set QueueName: orders, or FifoQueue: true if it has to be a FIFO queue"),
        ("sqs", "orders.new", "set QueueName: orders-new"),
    ],
)
def test_a_name_that_does_not_fit_the_kind_is_refused_with_one_that_does(kind: str, name: str, fix: str) -> None:
    [found] = check([with_queue(mapping(kind), name=name)], select=ONLY)

    assert (found.got, found.fix) == (name, fix)
    wanted = "a name that ends with .fifo" if kind == "sqs-fifo" else "a name without a dot"
    assert found.allowed == wanted
    assert f"and its name {name} does not" in found.message or f"and it is called {name}" in found.message


def test_the_dead_letter_queue_is_looked_at_too() -> None:
    [found] = check([with_dead_letter_queue(mapping("sqs-fifo"), name="lost")], select=ONLY)

    assert found.message.startswith("the dead-letter queue ")


@pytest.mark.parametrize(("kind", "name"), [("sqs-fifo", "orders.fifo"), ("sqs", "orders"), ("sqs", None)])
def test_a_name_that_fits_is_right(kind: str, name: str | None) -> None:
    assert ids(with_queue(mapping(kind), name=name), select=ONLY) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_queue(mapping("sqs-fifo"), name=hidden), select=ONLY) == []
    assert ids(with_queue(mapping("sqs"), name="orders.fifo", fifo=hidden), select=ONLY) == []


def named(name: object, **queue: object) -> list[str]:
    """What is found of a queue in a template, with its fixes."""
    both = {"Queue": resource("SQS::Queue", {"QueueName": name, **queue})}
    read = plan({**both, "Orders": written({"Fn::GetAtt": ["Queue", "Arn"]})})
    return [finding.fix for finding in check([read], select=ONLY)]


@pytest.mark.parametrize(
    ("name", "fifo", "expected"),
    [
        ("${Stage}-orders", True, ["let the name end with -orders.fifo"]),
        ("${Stage}.fif", True, ["let the name end with .fif.fifo"]),
        ("${Stage}-orders.fifo", True, []),
        ("orders-${Stage}", True, []),
        ("${Stage}fo", True, []),  # the other letters may be in the rest
        ("${Stage}-orders", False, []),
        (
            "${Stage}-orders.fifo",
            False,
            ["take the dot out of the name, or FifoQueue: true if it has to be a FIFO queue"],
        ),
        ("${Stage}-orders.v2", False, ["take the dot out of the name"]),
        ("orders-${Stage}", False, []),
    ],
)
def test_of_a_name_that_the_deployment_begins_its_end_is_judged(name: str, fifo: bool, expected: list[str]) -> None:
    stage = {"Fn::Sub": [name, {"Stage": {"Fn::ImportValue": "stage"}}]}

    assert named(stage, FifoQueue=fifo) == expected


def test_a_queue_is_no_fifo_queue_by_its_name_alone() -> None:
    queue = resource("SQS::Queue", {"QueueName": "orders.fifo"})
    read = plan({"Queue": queue, "Orders": written({"Fn::GetAtt": ["Queue", "Arn"]})})

    assert (read.source, ids(read, select=[*ONLY, "ESM213"])) == ("sqs", ONLY)
