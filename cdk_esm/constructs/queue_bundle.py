"""How a queue, its dead-letter queue, a function, a role, a mapping and its alarms become one bundle.

The way is the same each time: keywords become a plan, the plan is checked, and only then is anything made. What CDK
made of it is read back, because property injectors may have changed it, and checked again. The policy, the mapping,
the alarms and whatever touches things outside come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_esm.alarms.recipes import Watched
from cdk_esm.constructs import alarms, functions, queues, roles
from cdk_esm.constructs.door import Door
from cdk_esm.constructs.nag import ON_DEAD_LETTER_QUEUE, ON_FUNCTION, ON_ROLE_POLICY, ON_SQS_MAPPING
from cdk_esm.constructs.queue_keywords import Drafted, QueueKeywords, draft
from cdk_esm.constructs.queue_mapping import consents, l1_keywords
from cdk_esm.constructs.records import Alarms, NewFunction, NewQueue
from cdk_esm.constructs.surroundings import surroundings_of
from cdk_esm.plan import AlarmState, FailurePath, FilterKey, MappingPlan, Queue, Role
from cdk_esm.rules.rule import Finding


class QueueToLambda(Construct):
    """What ``SqsToLambda`` and ``SqsFifoToLambda`` have in common; not for direct use."""

    def __init__(self, scope: Construct, id: str, source: str, given: QueueKeywords) -> None:
        door = Door(scope, id)
        self._where = where = surroundings_of(scope)
        self._given = given
        drafted = draft(given, source, door.path, where)
        plan = door.refuse_or_pass(drafted.plan)
        self._removal = given.removal_policy or queues.REMOVAL_POLICY
        with door.making():
            super().__init__(scope, id)
            door.made()
            self._injected = where.injected
            self._made_dead_letters = False
            seen = self._make_function(drafted, self._make_queues(plan))
            plan = door.refuse_or_pass(seen) if self._injected else seen
            self._make_mapping(plan)
            self._make_alarms(plan)
            self._settle_with_nag()
            self._plan = self._grant(plan)
            self._findings = door.advise(self, self._plan)
        where.memory.watched_functions.add(plan.function.concurrency_pool)
        where.memory.plans.append(self._plan_at_synth)

    # The attributes of the bundle.

    @property
    def queue(self) -> sqs.IQueue:
        """The source queue."""
        return self._queue

    @property
    def dead_letter_queue(self) -> sqs.IQueue | None:
        """The dead-letter queue; ``None`` where there is none, or where the source queue's own hides it."""
        return self._dead_letter_queue

    @property
    def function(self) -> lambda_.IFunction:
        """The function itself, also where the mapping invokes an alias of it."""
        return self._function.function

    @property
    def target(self) -> lambda_.IFunction:
        """What the mapping invokes: the function, or an alias or version of it."""
        return self._function.target

    @property
    def role(self) -> iam.IRole | None:
        """The execution role; ``None`` where an imported function hides it."""
        return self._function.role

    @property
    def log_group(self) -> logs.ILogGroup | None:
        """The function's log group; ``None`` for an existing function, whose log group is its own affair."""
        return self._function.log_group

    @property
    def mapping(self) -> lambda_.CfnEventSourceMapping:
        """The event source mapping, as CloudFormation knows it."""
        return self._mapping

    @property
    def alarms(self) -> Mapping[str, cloudwatch.Alarm]:
        """The alarms by their keys: ``age``, ``dead_letters``, ``errors``, ``throttles`` and so on."""
        return dict(self._alarms)

    @property
    def plan(self) -> MappingPlan:
        """The plan that the bundle was made from, as it came out."""
        return self._plan

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules found: advice, and whatever was acknowledged."""
        return self._findings

    # The steps, in their order.

    def _make_queues(self, plan: MappingPlan) -> MappingPlan:
        """Make the dead-letter queue and the queue, or take the existing ones."""
        wanted = NewQueue() if self._given.queue is None else self._given.queue
        if not isinstance(wanted, NewQueue):
            self._queue: sqs.IQueue = wanted
            self._dead_letter_queue: sqs.IQueue | None = _dead_letter_queue_of(wanted)
            return plan
        failure = plan.failure
        assert isinstance(failure, FailurePath)
        redrive, failure = self._make_dead_letter_queue(failure, wanted)
        queue, facts = queues.build_queue(
            self, "Queue", wanted, plan.source_as(Queue), self._removal, injected=self._injected, redrive=redrive
        )
        self._queue = queue
        facts = replace(facts, identity=queue.queue_arn)
        if redrive is not None and self._injected:
            failure = queues.read_receives(queue, failure)
        return replace(plan, event_source=facts, failure=failure)

    def _make_dead_letter_queue(
        self, failure: FailurePath, source: NewQueue
    ) -> tuple[sqs.DeadLetterQueue | None, FailurePath]:
        self._dead_letter_queue = None
        if failure.queue is None:
            return None, failure
        wanted = self._given.dead_letter_queue
        if wanted is None:
            # What the source's key protects, it protects after a failure too.
            wanted = NewQueue(encryption_key=source.encryption_key)
        if isinstance(wanted, NewQueue):
            made, facts = queues.build_queue(
                self, "DeadLetterQueue", wanted, failure.queue, self._removal, injected=self._injected
            )
            self._made_dead_letters = True
            self._dead_letter_queue = made
            failure = replace(failure, queue=facts)
        else:
            self._dead_letter_queue = wanted
        receives = failure.effective_max_receive_count
        assert isinstance(receives, int)
        redrive = sqs.DeadLetterQueue(queue=self._dead_letter_queue, max_receive_count=receives)
        return redrive, failure

    def _make_function(self, drafted: Drafted, plan: MappingPlan) -> MappingPlan:
        """Make the function, or take the existing one."""
        if drafted.function is not None:
            self._function = drafted.function
            return plan
        wanted: NewFunction = self._given.function
        self._function = functions.build(
            self, wanted, plan.function, self._removal, self._where, injected=self._injected
        )
        return replace(plan, function=self._function.facts)

    def _make_mapping(self, plan: MappingPlan) -> None:
        """Make the mapping; what AWS must grant it comes last, in ``_grant``."""
        target = self._function.target
        by_arn = plan.function.qualified is True or not isinstance(target, lambda_.Function)
        self._mapping = lambda_.CfnEventSourceMapping(
            self,
            "Resource",
            event_source_arn=plan.event_source.identity,
            function_name=target.function_arn if by_arn else plan.function.identity,
            **l1_keywords(self._given, plan),
        )
        if self._given.logical_id is not None:
            self._mapping.override_logical_id(self._given.logical_id)
        consent = {
            name: value
            for name, value in (("acknowledged", dict(plan.acknowledged)), ("choices", consents(plan)))
            if value
        }
        if consent:
            self._mapping.add_metadata("cdk-esm", consent)

    def _grant(self, plan: MappingPlan) -> MappingPlan:
        """Grant what the poller needs: last, because it changes a role or a key that may not be ours."""
        resources = {"source": plan.event_source.identity}
        key = _key_of(self._queue) if plan.event_source.encryption_key is not None else None
        if key is not None:
            resources["source-key"] = key
        needs = roles.statements(plan.facts, resources)
        declined = self._given.grants is False
        role, policy = self._function.role, None
        if role is not None and not declined:
            attach = roles.attach_to_ours if self._function.log_group is not None else roles.attach
            policy = attach(self, role, needs, self._where, plan.path)
        if policy is not None:
            self._mapping.node.add_dependency(policy)
        taken = policy is not None
        identity = role.role_arn if role is not None and not taken else None
        plan = replace(plan, role=Role(identity=identity, takes_grants=taken, declined=declined, needs=needs))
        filter_key = self._given.filter_encryption
        if filter_key is None:
            return plan
        statement = roles.filter_key_statement(self._where)
        allowed = declined or roles.allow_filter_key(filter_key, statement)
        return replace(plan, filter_key=FilterKey(identity=filter_key.key_arn, takes_grants=allowed, needs=statement))

    def _make_alarms(self, plan: MappingPlan) -> None:
        """Make the alarms that this mapping wants."""
        chosen = self._given.alarms or Alarms()
        watched: dict[Watched, Any] = {
            Watched.SOURCE_QUEUE: self._queue,
            Watched.FUNCTION: self._function.function,
            Watched.MAPPING: self._mapping,
        }
        if self._dead_letter_queue is not None:
            watched[Watched.DEAD_LETTER_QUEUE] = self._dead_letter_queue
        recipes = alarms.wanted(plan, chosen, self._where.memory)
        self._alarms = alarms.build_alarms(self, recipes, chosen, watched)

    def _settle_with_nag(self) -> None:
        """Acknowledge towards cdk-nag what a mapping cannot give, on what we made ourselves."""
        nag, new = self._where.memory.nag, self._given.function
        nag.note(self._mapping, ON_SQS_MAPPING)
        if isinstance(new, NewFunction):
            nag.note(self._function.function, ON_FUNCTION)
            if self._function.role is not None and (new.tracing or new.vpc is not None):
                nag.note(self._function.role, ON_ROLE_POLICY)
        if self._made_dead_letters and self._dead_letter_queue is not None:
            nag.note(self._dead_letter_queue, ON_DEAD_LETTER_QUEUE)

    def _plan_at_synth(self) -> MappingPlan:
        """The plan with what only the end of construction can tell: whether every alarm tells somebody."""
        silent = alarms.first_without_action(self._where.stack, self._alarms)
        return replace(self._plan, alarms=AlarmState(stack=self._where.stack_path, without_action=silent))


def _dead_letter_queue_of(queue: sqs.IQueue) -> sqs.IQueue | None:
    """The dead-letter queue of an existing queue, where its L2 tells."""
    redrive: Any = getattr(queue, "dead_letter_queue", None)
    return None if redrive is None else redrive.queue


def _key_of(queue: sqs.IQueue) -> str | None:
    """The ARN of the queue's own key; ``None`` where SQS or AWS manages it, which needs no grant."""
    key = queue.encryption_master_key
    return None if key is None else key.key_arn
