"""``Defaults``: what an organization wants of every construct of an app, a stage or a stack, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_esm.constructs.app.app_memory import memory_of
from cdk_esm.constructs.app.org_values import OrgValues
from cdk_esm.constructs.intake.alarm_choice import Alarms, Told
from cdk_esm.constructs.intake.alarm_keywords import check_notify
from cdk_esm.constructs.intake.calls import explains_methods, findings_of_call, malformed_plan
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.tokens import name_in_node
from cdk_esm.errors import EsmTypeError


@explains_methods
class Defaults:
    """The defaults of an organization for all constructs of this library below a scope; made by ``Defaults.of``.

    ``Defaults.of(app).set(notify=[topic], removal_policy=RemovalPolicy.DESTROY)`` holds for every construct that is
    made below the app from then on. A value that a construct is given always wins, and the defaults of an inner scope
    win over those of an outer one, value by value. Only what would be this library's own choice is replaced: nothing
    that exists is changed, and the rules say of a default what they say of the same value given to the construct. The
    ``origin`` of a plan names what came from here, and so does the printed report.
    """

    def __init__(self, scope: Construct) -> None:
        self._scope = scope

    @staticmethod
    def of(scope: Construct) -> Defaults:
        """The defaults of a scope.

        Args:
            scope: an app, a stage, a stack, or any construct.

        Raises:
            EsmTypeError: it is no construct (ESM001).
        """
        if not isinstance(scope, Construct):
            intake = Intake()
            intake.refuse("scope", scope, "an app, a stage, a stack or a construct", fix="write Defaults.of(app)")
            raise EsmTypeError(findings_of_call(malformed_plan("", "Defaults.of", intake.malformed)))
        return Defaults(scope)

    def set(
        self,
        *,
        notify: Sequence[Told] | Mapping[Literal["page", "ticket"], Sequence[Told]] | None = None,
        log_retention: logs.RetentionDays | None = None,
        removal_policy: cdk.RemovalPolicy | None = None,
        encryption_key: kms.IKey | kms.Key | None = None,
        visibility_timeout_factor: int | None = None,
        tags: Mapping[str, str] | Literal[False] | None = None,
    ) -> Defaults:
        """Set defaults; what was set on this scope before stays, unless it is set again.

        Call it before the first construct below the scope is made: a default that some of them do not have is refused.

        Args:
            notify: who is told of alarms, as in ``Alarms(notify=…)``. It holds for constructs whose ``Alarms`` do not
                speak of it; with ``Alarms(notify=[])``, a list that is empty on purpose, nobody is told.
            log_retention: how long the log group of a new function keeps entries. By default 30 days.
            removal_policy: what becomes of new queues, streams, tables, buckets and log groups when the stack goes. By
                default ``RETAIN_ON_UPDATE_OR_DELETE``.
            encryption_key: a KMS key for new queues, streams and tables, and for new buckets, queues and topics of
                failed records; the bucket that the mappings of a stack share has the default of the stack. By default
                AWS's own keys. A new table needs a stack with a known Region then, and one with replicas its own
                ``encryption``, with a key for each of them (ESM001).
            visibility_timeout_factor: a new queue hides a message for this many times the function's timeout. By
                default 6; below it ESM305 is an advice on each mapping.
            tags: tags of the mappings themselves; those that a construct is given are added, and win for the same
                name. ``False`` keeps the tags of ``cdk.Tags`` off them, for a deploying role without
                ``lambda:TagResource``. By default they have the tags that ``cdk.Tags`` gives them.

        Returns:
            The same defaults, for a further call.

        Raises:
            EsmTypeError: a value of the wrong type, or a construct below the scope is made already (ESM001).
        """
        given = OrgValues(
            notify=notify,
            log_retention=log_retention,
            removal_policy=removal_policy,
            encryption_key=encryption_key,
            visibility_timeout_factor=visibility_timeout_factor,
            tags=tags,
        )
        path, memory, intake = self._scope.node.path, memory_of(self._scope.node.root), Intake()
        _check(intake, given)
        made = next((one for one in memory.bundles if not path or f"{one}/".startswith(f"{path}/")), None)
        if made is not None:
            intake.refuse(
                "set",
                f"a call after {made} was made",
                "a call before the first construct below the scope",
                problem="fraction",
                fix=f"call it where {path or 'the app'} is made, before anything below it",
            )
        if intake.malformed:
            raise EsmTypeError(findings_of_call(malformed_plan("", f"Defaults.of({path or 'app'})", intake.malformed)))
        here = name_in_node(self._scope)
        memory.org[here] = given.over(memory.org.get(here, OrgValues()))
        return self


def _check(intake: Intake, given: OrgValues) -> None:
    """Check each value as a construct would."""
    if given.notify is not None:
        check_notify(intake, Alarms(notify=given.notify), "notify")
    intake.record("log_retention", given.log_retention, "a logs.RetentionDays", logs.RetentionDays)
    intake.record("removal_policy", given.removal_policy, "a RemovalPolicy", cdk.RemovalPolicy)
    if given.removal_policy is cdk.RemovalPolicy.SNAPSHOT:
        accepted = "a RemovalPolicy that queues and log groups have: they take no snapshot"
        intake.refuse("removal_policy", "SNAPSHOT", accepted)
    if given.encryption_key is not None:
        intake.one_of("encryption_key", given.encryption_key, {"a KMS key": is_key})
    factor = intake.integer("visibility_timeout_factor", given.visibility_timeout_factor, now=True)
    if isinstance(factor, int) and factor < 1:
        intake.refuse("visibility_timeout_factor", factor, "a whole number of at least 1")
    if given.tags is True:
        intake.refuse("tags", given.tags, "a dict of tags, or False", fix="leave tags out: cdk.Tags gives them anyway")
    elif given.tags is not False:
        intake.texts("tags", given.tags)
