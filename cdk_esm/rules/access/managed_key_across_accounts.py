"""A queue that is encrypted with the key managed by SQS cannot be read from another account.

Nobody can change that key's policy, so the function's role never gets leave to decrypt. The mapping is there, and
polls nothing, while the messages grow old. A customer managed key can be shared.

Bad:
    >>> abroad = with_queue(mapping(), account="444455556666", encryption_key="alias/aws/sqs")
    >>> ids(abroad, select=["ESM405"])
    ['ESM405']

Good:
    >>> abroad = with_queue(mapping(), account="444455556666", encryption_key="alias/shop")
    >>> ids(abroad, select=["ESM405"])
    []

Template:
    none: a template does not say in which account it is deployed.

Python:
      theirs = Stack(self, "Theirs", env=Environment(account="444455556666", region="eu-west-1"))
    - queue = sqs.Queue(theirs, "Queue", queue_name="orders", encryption=sqs.QueueEncryption.KMS_MANAGED)
    + key = kms.Key(theirs, "Key")
    + key.grant_decrypt(iam.AccountPrincipal("111122223333"))
    + queue = sqs.Queue(theirs, "Queue", queue_name="orders", encryption_master_key=key)
      queue.grant_consume_messages(iam.AccountPrincipal("111122223333"))
      nothing = esm.NoDeadLetterQueue("the owner of the queue sees to it")
      esm.SqsToLambda(self, "Orders", function=function, queue=queue, dead_letter_queue=nothing)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import MANAGED_KEY

RULE = Rule(
    id="ESM405",
    name="managed-key-across-accounts",
    severity=Severity.DANGER,
    facts=(),
    page=pages.SQS_LAMBDA_TRIGGER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the managed key on a queue of another account."""
    source = known(plan.source_as(Queue).account)
    function = known(plan.function.account)
    key = known(plan.event_source.encryption_key)
    if source is None or function is None or source == function or not (key or "").endswith(MANAGED_KEY):
        return
    yield RULE.finding(
        plan,
        setting="KmsMasterKeyId",
        got=key,
        allowed="a customer managed key, or encryption by SQS itself",
        message=f"the queue is encrypted with {MANAGED_KEY}, which cannot be shared: the function's role, "
        f"in the account {function}, can never decrypt messages of the account {source}",
        fix="encrypt the queue with a customer managed key whose policy lets the execution role decrypt",
    )
