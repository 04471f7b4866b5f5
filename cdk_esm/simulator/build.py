"""Builds the parts of a run from plans: one function for each target, one source for each queue, stream or topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from cdk_esm.alarms.recipes import Watched
from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape, SourceFacts
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.identity import split_consumer
from cdk_esm.plan.kafka import texts, topics
from cdk_esm.simulator.broker import BrokerQueue, Slots
from cdk_esm.simulator.clock import seconds
from cdk_esm.simulator.destinations import Sender
from cdk_esm.simulator.events import Writer, writer
from cdk_esm.simulator.events.wrapping import ACCOUNT, REGION, Place
from cdk_esm.simulator.function import Duration, Handler, Target
from cdk_esm.simulator.groups import Groups
from cdk_esm.simulator.invoker import Invoker
from cdk_esm.simulator.queue import SqsQueue, Waiting
from cdk_esm.simulator.queue_poller import QueuePoller
from cdk_esm.simulator.queue_settings import QueueSettings, poller_settings, queue_settings
from cdk_esm.simulator.reader import Reader
from cdk_esm.simulator.settings import Reading, facts_of
from cdk_esm.simulator.share_group import ShareGroup
from cdk_esm.simulator.stream import ShardedStream
from cdk_esm.simulator.stream_settings import reader_settings
from cdk_esm.simulator.topic import ConsumerGroup, Topic
from cdk_esm.simulator.world import Poller, Source, World
from cdk_esm.sources.lambda_function import FUNCTION

_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")
_UNNAMED: Final = "${"
"""What only the deployment knows is called another thing in the next process, and a seed has to draw the same there."""
_BATCH_KEYS: Final = {Shape.TABLE: "DDBStreamBatchInfo", Shape.CLUSTER: "KafkaBatchInfo"}


@dataclass
class Built:
    """The parts of a run, by the path of the mapping."""

    pollers: dict[str, Poller] = field(default_factory=dict)
    owners: dict[str, dict[Watched, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What a user says of the functions."""

    handlers: Callable[[MappingPlan], Handler]
    duration: Duration
    reserved: int | None
    assume: Mapping[str, Any]


def build(world: World, plans: list[MappingPlan], given: Given) -> Built:
    """Make every source first, so that a dead-letter queue that is read is known, and then the mappings.

    Raises:
        EsmError: a value is hidden and not assumed; all of them are told at once.
    """
    built = Built()
    problems: list[EsmError] = []
    makers = []
    for plan in plans:
        reading = Reading(plan, given.assume)
        try:
            maker = _for_queue if facts_of(plan, reading).shape is Shape.QUEUE else _for_reader
            target = _target(world, plan, given, reading)
            makers.append((plan, maker(world, plan, reading, target)))
            reading.finished()
        except EsmError as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise EsmError("\n".join(map(str, problems)))
    for plan, make in makers:
        poller, source = make()
        built.pollers[plan.path] = poller
        world.by_path[plan.path] = world.sources[source]
        built.owners[plan.path] = _owners(plan, poller, source)
    return built


def _owners(plan: MappingPlan, poller: Poller, source: str) -> dict[Watched, str]:
    found = {
        Watched.SOURCE: source,
        Watched.FUNCTION: poller.target.identity,
        Watched.MAPPING: plan.path,
        Watched.CONSUMER: f"{plan.path}/consumer",
    }
    if isinstance(poller, QueuePoller) and poller.queue.settings.dead_letters:
        found[Watched.DEAD_LETTER_QUEUE] = poller.queue.settings.dead_letters
    return found


def _target(world: World, plan: MappingPlan, given: Given, reading: Reading) -> Target:
    function = plan.function
    identity = function.concurrency_pool
    timeout = reading.seconds("Timeout", function.effective_timeout_seconds, 3)
    reserved: int | None = reading.take("ReservedConcurrentExecutions", function.reserved_concurrency, None)
    name = function.name if isinstance(function.name, str) else _slug(plan.path)
    name = name.rpartition(":")[2]
    handler = given.handlers(plan)
    found = world.targets.get(identity)
    if found is not None and found.handler is handler:
        return found
    if found is not None:
        identity = f"{identity} for {plan.path}"
    memory = function.memory_mb if isinstance(function.memory_mb, int) else FUNCTION.by_name["MemorySize"].default
    assert isinstance(memory, int)
    target = Target(
        identity=identity,
        name=name,
        arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}",
        handler=handler,
        timeout=timeout,
        memory=memory,
        reserved=reserved if given.reserved is None else given.reserved,
        duration=given.duration,
        random=Random(f"{world.seed}/{plan.path if _UNNAMED in identity else identity}"),  # noqa: S311 - no secret
    )
    world.targets[identity] = target
    return target


def _slug(path: str) -> str:
    return _NO_NAME.sub("-", path).strip("-") or "function"


def _place(plan: MappingPlan, facts: SourceFacts, **about: Any) -> Place:
    identity = plan.event_source.identity
    example = facts.example.arn or ""
    # What only the deployment names is called like the mapping: a token is another one in the next process.
    arn = identity if identity.startswith("arn:") else example.replace("orders", _slug(plan.path.rpartition("/")[2]))
    consumer = getattr(plan.event_source, "consumer", None)
    parts = split_consumer(consumer) if isinstance(consumer, str) and consumer.startswith("arn:") else None
    if parts is not None:
        arn = parts[0]
    region = plan.event_source.region
    return Place(arn=arn, region=region if isinstance(region, str) else REGION, **about)


def _for_queue(world: World, plan: MappingPlan, reading: Reading, target: Target) -> Callable[[], tuple[Poller, str]]:
    of_queue, of_poller = queue_settings(plan, reading), poller_settings(plan, reading)
    facts = of_poller.common.facts
    if of_queue.identity not in world.sources:
        place = _place(plan, facts, window=of_poller.common.window / 1_000_000)
        waiting = Groups() if of_queue.fifo else Waiting()
        world.sources[of_queue.identity] = SqsQueue(world, of_queue, waiting, writer(facts, place), plan.path)

    def make() -> tuple[Poller, str]:
        queue = world.sources[of_queue.identity]
        assert isinstance(queue, SqsQueue)
        _same(queue.settings, of_queue, plan)
        poller = QueuePoller(Invoker(world, of_poller.common, target, queue.writer), queue, of_poller)
        queue.pollers.append(poller)
        return poller, of_queue.identity

    return make


def _same(one: QueueSettings, other: QueueSettings, plan: MappingPlan) -> None:
    if one != other:
        both = ((name, value, getattr(other, name)) for name, value in vars(one).items())
        said = [f"{name} {_said(name, a)} and {_said(name, b)}" for name, a, b in both if a != b]
        raise EsmError(f"{plan.path}: two mappings say different things of one queue: {', '.join(said)}")


def _said(name: str, value: Any) -> str:
    """A setting of a queue in words; a time is virtual in it."""
    return f"{seconds(value)} s" if name in ("visibility", "retention", "delay", "letters_kept") else str(value)


def _topic_of(plan: MappingPlan, reading: Reading, facts: SourceFacts) -> str:
    """The topic, the broker's queue, or the database and the collection."""
    if facts.shape is Shape.CLUSTER:
        return next(iter(topics(plan)), "topic")
    if facts.shape is Shape.BROKER:
        queue = next(iter(texts(plan, "Queues")), "queue")
        return f"{queue}::/" if facts.records.grouped else queue
    if facts.shape is Shape.DOCUMENT_CLUSTER:
        database = reading.setting("DocumentDBEventSourceConfig.DatabaseName", "database")
        return f"{database}.{reading.setting('DocumentDBEventSourceConfig.CollectionName', 'collection')}"
    return ""


def _for_reader(world: World, plan: MappingPlan, reading: Reading, target: Target) -> Callable[[], tuple[Poller, str]]:
    settings = reader_settings(plan, reading)
    facts = settings.common.facts
    topic = _topic_of(plan, reading, facts)
    view: str = "NEW_AND_OLD_IMAGES"
    if facts.shape is Shape.TABLE:
        view = reading.take("StreamViewType", getattr(plan.event_source, "view_type", None), view)
    place = _place(plan, facts, view=view, topic=topic)
    writes = writer(facts, place)
    identity = f"{plan.event_source.identity} {topic}".strip()
    count = _count(plan, reading, facts)

    def make() -> tuple[Poller, str]:
        sender = Sender(
            kind=settings.destination,
            path=plan.path,
            function_arn=target.arn,
            batch_key=_BATCH_KEYS.get(facts.shape, "KinesisBatchInfo"),
            stream_arn=place.arn,
            whole_seconds=facts.shape is Shape.TABLE,
            servers=place.servers,
        )
        invoker = Invoker(world, settings.common, target, writes, place.arn)
        make_source, make_reader, name = _parts(facts, writes, topic, shares=settings.rules.alone)
        if identity not in world.sources:
            world.sources[identity] = make_source(world, identity, count)
        reader = make_reader(invoker, settings, sender, name)
        world.sources[identity].add(reader)  # type: ignore[attr-defined]
        return reader, identity

    return make


def _count(plan: MappingPlan, reading: Reading, facts: SourceFacts) -> int:
    """The shards or partitions that there are at first."""
    if facts.shape is Shape.CLUSTER:
        return max(1, reading.take("Partitions", None, 1))
    if facts.shape in (Shape.STREAM, Shape.CONSUMER, Shape.TABLE):
        return max(1, reading.take("ShardCount", getattr(plan.event_source, "shard_count", None), 1))
    return 1


def _parts(
    facts: SourceFacts, writes: Writer, topic: str, *, shares: bool
) -> tuple[Callable[[World, str, int], Source], Callable[..., Reader], Callable[[int], str]]:
    """What makes the source, what makes its reader, and how the lanes are called."""
    if facts.shape is Shape.CLUSTER:
        reader = ShareGroup if shares else ConsumerGroup
        return lambda world, name, count: Topic(world, name, count, writes, topic), reader, lambda _: topic
    if facts.shape is Shape.BROKER:
        return lambda world, name, _: BrokerQueue(world, name, writes), Slots, lambda _: topic
    named: Callable[[int], str] = writes.shard  # type: ignore[attr-defined]
    return lambda world, name, count: ShardedStream(world, name, count, writes), Reader, named
