"""The keywords of the constructs for Amazon MQ, and the plan that they make before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_secretsmanager as secretsmanager

from cdk_esm.constructs.common_keywords import CommonKeywords
from cdk_esm.constructs.draft import Draft, Hooks
from cdk_esm.constructs.intake.options import SecretArn
from cdk_esm.constructs.resources.brokers import ACCEPTED, BrokerFound, existing_broker, is_broker
from cdk_esm.constructs.resources.secrets import access_entries
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan import Broker, FailureKind, FailurePath
from cdk_esm.plan.needs import PUBLIC_ENDPOINT
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.mq_settings import CREDENTIALS, QUEUES


class BrokerKeywords(CommonKeywords):
    """The keywords that only the constructs for Amazon MQ have, and that are no setting taken by its form."""

    broker: amazonmq.CfnBroker | str
    queue_name: str
    credentials: secretsmanager.ISecret | SecretArn
    public_endpoint: bool | None


class BrokerDraft(Draft[Broker]):
    """What a broker adds: the queue that is read, and the user that the poller signs in as."""

    keywords: BrokerKeywords
    found: BrokerFound | None = None

    def _neighbours(self, window: Value[int]) -> tuple[Broker, FailurePath]:
        del window
        return self._broker(), FailurePath(kind=FailureKind.NONE)

    def _broker(self) -> Broker:
        value, engine = self.keywords["broker"], self.kind.upper()
        if not self.intake.one_of("broker", value, {ACCEPTED: is_broker}):
            return Broker(identity=f"{self.path}/Broker", engine=engine, region=UNKNOWN, account=UNKNOWN)
        self.found = existing_broker(value, self.where, engine)
        return self.found.facts

    def _hooks(self) -> Hooks[Broker]:
        return {**super()._hooks(), QUEUES.name: self._queues, ACCESS.name: self._access}

    def _queues(self, *_: object) -> list[Value[str]]:
        keyword = "queue_name"
        name = self.intake.text(keyword, self.keywords["queue_name"], required=True)
        if name is UNRESOLVED:
            self.intake.tokens[QUEUES.name] = [self.keywords["queue_name"]]
        return [name]

    def _access(self, *_: object) -> list[dict[str, Value[str]]] | Unknowable:
        refused = len(self.intake.malformed)
        secret = self.secret("credentials", self.keywords["credentials"])
        further = list(self._further_access())
        if secret is None or len(self.intake.malformed) > refused:
            return UNKNOWN
        return access_entries(self.intake, [(CREDENTIALS, secret.arn), *further])

    def _further_access(self) -> Iterator[tuple[str, str]]:
        """What else tells the poller how to sign in: pairs of a type and a value."""
        yield from ()

    def _knobs(self) -> dict[str, Any]:
        keyword = PUBLIC_ENDPOINT
        public = self.intake.boolean(keyword, self.keywords["public_endpoint"], now=True)
        if public is True and self.found is not None and self.found.facts.publicly_accessible is False:
            self.intake.refuse(
                keyword,
                "True, and the broker says publicly_accessible=False",
                "what is so: without a public endpoint the poller needs network interfaces",
                problem="fraction",
                fix=f"write {keyword}=False",
            )
        return {keyword: public}
