"""The constructs, one for each source. This is the only folder that imports ``aws_cdk``.

Every construct goes the same way, which ``bundle.py`` walks step by step:

1. The file of a source has the signature and the docstring that users read: ``sqs.py``, ``sqs_fifo.py``,
   ``kinesis.py``, ``dynamodb.py``, ``msk.py``, ``self_managed_kafka.py``, ``activemq.py``, ``rabbitmq.py`` or
   ``documentdb.py``.
2. The keywords become a plan, and nothing is made yet. ``draft.py`` takes each setting as its sheet says.
   ``common_keywords.py`` has the keywords of every construct that are more than a setting, ``queue_keywords.py``,
   ``records_keywords.py``, ``stream_keywords.py``, ``kafka_keywords.py`` and ``broker_keywords.py`` those of a family
   of sources.
3. ``guard.py`` asks the rules. An ``error`` or a ``danger`` that nobody acknowledged raises here, and the construct
   tree stays as it was.
4. The bundle makes the source, its failure path and the function. ``queue_bundle.py``, ``records_bundle.py``,
   ``kafka_bundle.py`` and ``broker_bundle.py`` say how for their families. If property injectors may have changed what
   CDK made, it is read back into the plan, and the rules are asked again.
   What the bundle hands out of its function and of a Kinesis stream is in ``function_attributes.py`` and
   ``stream_attributes.py``: its type follows from what was given.
5. ``mapping_l1.py`` hands the settings to the mapping. The alarms follow, and then the policy, which comes last because
   it may touch what is not ours. What is left to say becomes warnings of CDK.

``nag.py`` brings the same rules to cdk-nag, ``printed_report.py`` tells what was built, and ``dashboard.py``
shows it in CloudWatch. Three wings do the work of the steps, and a wing imports only the wings below it:

- ``resources/``: the queue, stream, table, function, role, destination and alarms of a bundle. A resource that exists
  is read, a new one is made.
- ``app/``: the app around a construct: where it is, what was made in it before, and what is judged at its synthesis.
- ``intake/``: what users hand in, and whether it can be taken.
"""

from cdk_esm.constructs.activemq import ActiveMqToLambda
from cdk_esm.constructs.app.org_defaults import Defaults
from cdk_esm.constructs.app.validation import MappingValidation
from cdk_esm.constructs.dashboard import MappingDashboard
from cdk_esm.constructs.documentdb import DocumentDbToLambda
from cdk_esm.constructs.dynamodb import DynamoDbToLambda
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.imported import Imported
from cdk_esm.constructs.intake.kafka_options import (
    ClusterConnection,
    KafkaAuthentication,
    MskAuthentication,
    PublicEndpoint,
    SchemaRegistry,
    ServiceGroup,
    VpcAccess,
)
from cdk_esm.constructs.intake.options import (
    NewAlias,
    NewBucket,
    NewFunction,
    NewQueue,
    NewStream,
    NewTable,
    NoDeadLetterQueue,
    OnFailure,
    ProvisionedPollers,
    ScaledConcurrency,
    SecretArn,
)
from cdk_esm.constructs.kinesis import KinesisToLambda
from cdk_esm.constructs.msk import MskToLambda
from cdk_esm.constructs.printed_report import summary
from cdk_esm.constructs.rabbitmq import RabbitMqToLambda
from cdk_esm.constructs.resources.networks import allow_pollers
from cdk_esm.constructs.self_managed_kafka import SelfManagedKafkaToLambda
from cdk_esm.constructs.sqs import SqsToLambda
from cdk_esm.constructs.sqs_fifo import SqsFifoToLambda

__all__ = [
    "ActiveMqToLambda",
    "Alarms",
    "ClusterConnection",
    "Defaults",
    "DocumentDbToLambda",
    "DynamoDbToLambda",
    "Imported",
    "KafkaAuthentication",
    "KinesisToLambda",
    "MappingDashboard",
    "MappingValidation",
    "MskAuthentication",
    "MskToLambda",
    "NewAlias",
    "NewBucket",
    "NewFunction",
    "NewQueue",
    "NewStream",
    "NewTable",
    "NoDeadLetterQueue",
    "OnFailure",
    "ProvisionedPollers",
    "PublicEndpoint",
    "RabbitMqToLambda",
    "ScaledConcurrency",
    "SchemaRegistry",
    "SecretArn",
    "SelfManagedKafkaToLambda",
    "ServiceGroup",
    "SqsFifoToLambda",
    "SqsToLambda",
    "VpcAccess",
    "allow_pollers",
    "summary",
]
