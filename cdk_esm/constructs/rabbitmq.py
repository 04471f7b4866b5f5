"""A queue of an Amazon MQ broker for RabbitMQ that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from cdk_esm.constructs.broker_bundle import BrokerToLambda
from cdk_esm.constructs.broker_keywords import BrokerDraft, BrokerKeywords
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import GivenFunction
from cdk_esm.constructs.intake.options import SecretArn
from cdk_esm.filters import Pattern
from cdk_esm.sources.mq_settings import DEFAULT_HOST, VIRTUAL_HOST


class RabbitMqKeywords(BrokerKeywords):
    """The keywords that only ``RabbitMqToLambda`` has, and that are no setting taken by its form."""

    virtual_host: str | None


class RabbitMqDraft(BrokerDraft):
    """What RabbitMQ adds: the virtual host, which no update can name, so that the default one is left out."""

    keywords: RabbitMqKeywords

    def _further_access(self) -> Iterator[tuple[str, str]]:
        given = self.keywords["virtual_host"]
        if isinstance(self.intake.text("virtual_host", given), str) and given == DEFAULT_HOST:
            return
        if isinstance(given, str):
            yield VIRTUAL_HOST, given


@takes_keywords
class RabbitMqToLambda(BrokerToLambda[GivenFunction]):
    """A queue of a RabbitMQ broker that invokes a function, with everything that production wants around it."""

    SOURCE = "rabbitmq"
    _keywords: RabbitMqKeywords
    _DRAFT = RabbitMqDraft

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        broker: amazonmq.CfnBroker | str,
        queue_name: str,
        credentials: secretsmanager.ISecret | secretsmanager.Secret | SecretArn,
        virtual_host: str | None = None,
        public_endpoint: bool | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        filters: Sequence[Pattern | Mapping[str, Any] | str] | None = None,
        filter_encryption: kms.IKey | kms.Key | None = None,
        enabled: bool | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Take a broker, and make a function, the mapping, and alarms.

        The broker exists; the construct makes a function with its own role and log group, a mapping, and alarms.

        *What fails*: a batch succeeds or fails as a whole. RabbitMQ delivers a message that fails again until it
        succeeds or expires, or until a policy of the broker ends it: a delivery limit of a quorum queue drops it, or
        hands it to a dead-letter exchange if there is one. Lambda offers no on-failure destination, no partial batch
        responses and no metrics of the mapping for Amazon MQ, and drops a message above 6 MB. The alarm ``backlog`` is
        what there is instead.

        *The network*: the poller enters the broker's subnets with the broker's security group, whatever network the
        function is in. Without a public endpoint that security group has to let itself in, and the subnets need a NAT
        gateway, or endpoints for AWS Lambda, AWS STS and AWS Secrets Manager.

        Another broker or queue makes a new mapping. Whether Lambda takes it beside the old one is not documented; if it
        answers that the mapping already exists, take the old one out first, or map another alias of the function.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``). Its timeout may be 840 seconds at most here.
            broker: the broker, by its ARN or as a ``CfnBroker``; a broker construct of ``cdk-amazonmq`` does as well.
                It is in the function's own account and Region.
            queue_name: the name of the queue.
            credentials: the broker's user, as a secret with the keys ``username`` and ``password``: an ``ISecret``, or
                a ``SecretArn`` for one that exists elsewhere.
            virtual_host: the virtual host of the queue. By default ``/``, which is left out of the mapping. No update
                of a mapping can name a virtual host: while one is named, a change of anything else in the mapping is
                refused.
            public_endpoint: whether the broker has a public endpoint, so that the poller enters no network and its role
                needs no network interfaces: that is inferred, for AWS does not say it. By default nobody knows, and the
                role may work with network interfaces.
            batch_size: the maximum number of messages in one invocation, 1 to 10,000. By default the service's 100.
            max_batching_window: how long a poller gathers messages, 0 to 300 seconds. By default the service's half
                second, which never comes back once a window was set.
            filters: patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; a
                message that matches none is acknowledged and gone (ESM516). By default every message is delivered.
            filter_encryption: a KMS key that encrypts the patterns. By default Lambda's own key does.
            enabled: whether the mapping polls. By default it does.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of the new log group when the stack goes. By default
                ``RETAIN_ON_UPDATE_OR_DELETE``: it stays, unless its first deployment fails.
            logical_id: the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's,
                with a hash of the queue's name, which no update can change.
            alarms: who is told, and what differs from the derived alarms. A threshold for ``backlog``, the messages
                that wait in the broker's queue, is required: nothing tells how many are too many.
                ``Alarms(off={"backlog": reason})`` declines it.
            acknowledge: rule id to reason, for findings that you accept.
            tags: tags of the mapping itself. By default none.

        Raises:
            EsmTypeError: a keyword of the wrong type, misspelt or missing, a secret by its name, or no threshold for an
                alarm that needs one (ESM001 to ESM009).
            InvalidMappingError: AWS would refuse the mapping (``error``), or it would lose, duplicate, block or leak
                data without consent (``danger``); ``docs/reference/rules.md`` lists the rules.
            EsmError: CDK refused something that could not be seen beforehand.
        """

    def _dimensions(self, measure: str) -> tuple[str, ...]:
        del measure
        return self._broker_name, self._keywords["virtual_host"] or DEFAULT_HOST, self._keywords["queue_name"]
