"""The AWS pages that the fact sheets and the rules point to, each address once."""

from typing import Final

_GUIDE: Final = "https://docs.aws.amazon.com/lambda/latest/dg/"
_SQS: Final = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_MQ: Final = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/"
_DOCUMENTDB: Final = "https://docs.aws.amazon.com/documentdb/latest/developerguide/"
_TEMPLATE: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
_SAM: Final = "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/"
_STACKS: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"

SAM_FUNCTION_RESOURCE: Final = _SAM + "sam-resource-function.html"
SAM_TABLE_RESOURCE: Final = _SAM + "sam-resource-simpletable.html"

MAPPING: Final = _GUIDE + "invocation-eventsourcemapping.html"
MAPPING_API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
MAPPING_UPDATE: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html"
ACCESS_API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html"
FUNCTION_API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"
INVOKE_CONFIG_API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html"
LIVE_MAPPING: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html"
MAPPING_RESOURCE: Final = _TEMPLATE + "aws-resource-lambda-eventsourcemapping.html"
FILTERS: Final = _GUIDE + "invocation-eventfiltering.html"
METRICS: Final = _GUIDE + "monitoring-metrics-types.html"
LIMITS: Final = _GUIDE + "gettingstarted-limits.html"
MAPPING_TAGS: Final = _GUIDE + "tags-esm.html"
LAMBDA_PERMISSIONS: Final = _GUIDE + "lambda-api-permissions-ref.html"
RECURSION: Final = _GUIDE + "invocation-recursion.html"
DURABLE: Final = _GUIDE + "durable-invoking-esm.html"
TENANTS: Final = _GUIDE + "tenant-isolation.html"
CONCURRENCY: Final = _GUIDE + "configuration-concurrency.html"
PROVISIONED_CONCURRENCY: Final = _GUIDE + "provisioned-concurrency.html"
ARCHITECTURES: Final = _GUIDE + "foundation-arch.html"
PYTHON_HANDLER: Final = _GUIDE + "python-handler.html"
FUNCTION_CODE: Final = _TEMPLATE + "aws-properties-lambda-function-code.html"
SNAP_START: Final = _GUIDE + "snapstart.html"
FUNCTION_RESOURCE: Final = _TEMPLATE + "aws-resource-lambda-function.html"

SQS: Final = _GUIDE + "with-sqs.html"
SQS_CONFIGURE: Final = _GUIDE + "services-sqs-configure.html"
SQS_PARAMETERS: Final = _GUIDE + "services-sqs-parameters.html"
SQS_SCALING: Final = _GUIDE + "services-sqs-scaling.html"
SQS_ERRORS: Final = _GUIDE + "services-sqs-errorhandling.html"
SQS_FILTERS: Final = _GUIDE + "with-sqs-filtering.html"
SQS_QUEUE_RESOURCE: Final = _TEMPLATE + "aws-resource-sqs-queue.html"
SQS_DEAD_LETTER: Final = _SQS + "sqs-dead-letter-queues.html"
SQS_METRICS: Final = _SQS + "sqs-available-cloudwatch-metrics.html"
SQS_DEAD_LETTER_RETENTION: Final = _SQS + "setting-up-dead-letter-queue-retention.html"
SQS_ENCRYPTION: Final = _SQS + "sqs-server-side-encryption.html"
SQS_VISIBILITY: Final = _SQS + "sqs-visibility-timeout.html"
SQS_LAMBDA_TRIGGER: Final = _SQS + "sqs-configure-lambda-function-trigger.html"

KINESIS: Final = _GUIDE + "with-kinesis.html"
KINESIS_CREATE: Final = _GUIDE + "services-kinesis-create.html"
KINESIS_PARAMETERS: Final = _GUIDE + "services-kinesis-parameters.html"
KINESIS_FAILURES: Final = _GUIDE + "kinesis-on-failure-destination.html"
KINESIS_BATCH_FAILURES: Final = _GUIDE + "services-kinesis-batchfailurereporting.html"
KINESIS_WINDOWS: Final = _GUIDE + "services-kinesis-windows.html"
KINESIS_FILTERS: Final = _GUIDE + "with-kinesis-filtering.html"
KINESIS_CONSUMERS: Final = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html"
KINESIS_PUT: Final = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html"
KINESIS_LIMITS: Final = "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"
KINESIS_STREAM_RESOURCE: Final = _TEMPLATE + "aws-resource-kinesis-stream.html"

DYNAMODB: Final = _GUIDE + "with-ddb.html"
DYNAMODB_MAPPING: Final = _GUIDE + "services-dynamodb-eventsourcemapping.html"
DYNAMODB_ERRORS: Final = _GUIDE + "services-dynamodb-errors.html"
DYNAMODB_FILTERS: Final = _GUIDE + "with-ddb-filtering.html"
DYNAMODB_STREAM_VIEW: Final = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html"
)
DYNAMODB_STREAM_RECORD: Final = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html"
)
DYNAMODB_TTL_STREAMS: Final = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html"
)
GLOBAL_TABLES: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html"

MSK: Final = _GUIDE + "with-msk.html"
MSK_NETWORK: Final = _GUIDE + "with-msk-cluster-network.html"
MSK_SIGN_IN: Final = _GUIDE + "msk-cluster-auth.html"
MSK_PORTS: Final = "https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html"
MSK_PARAMETERS: Final = _GUIDE + "msk-esm-parameters.html"
MSK_CROSS_ACCOUNT: Final = _GUIDE + "msk-cross-account.html"
MSK_PASSWORDS: Final = "https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html"
MSK_PERMISSIONS: Final = _GUIDE + "with-msk-permissions.html"
KAFKA: Final = _GUIDE + "with-kafka.html"
KAFKA_PARAMETERS: Final = _GUIDE + "kafka-esm-parameters.html"
KAFKA_PERMISSIONS: Final = _GUIDE + "with-kafka-permissions.html"
KAFKA_SCALING: Final = _GUIDE + "kafka-scaling-modes.html"
KAFKA_RETRIES: Final = _GUIDE + "kafka-retry-configurations.html"
KAFKA_FAILURES: Final = _GUIDE + "kafka-on-failure.html"
KAFKA_TOPIC_FAILURES: Final = _GUIDE + "kafka-on-failure-destination.html"
KAFKA_ACCESS: Final = _GUIDE + "kafka-cluster-auth.html"
KAFKA_FILTERS: Final = _GUIDE + "kafka-filtering.html"
KAFKA_GROUPS: Final = "https://kafka.apache.org/43/configuration/group-configs/"
KAFKA_QUEUE_MODE: Final = _GUIDE + "polling-kafka-queue.html"
MAPPING_LOGS: Final = _GUIDE + "esm-logging.html"

MQ: Final = _GUIDE + "with-mq.html"
MQ_PROCESS: Final = _GUIDE + "process-mq-messages-with-lambda.html"
MQ_PARAMETERS: Final = _GUIDE + "services-mq-params.html"
MQ_ERRORS: Final = _GUIDE + "services-mq-errors.html"
MQ_FILTERS: Final = _GUIDE + "with-mq-filtering.html"
RABBITMQ_QUORUM: Final = _MQ + "quorum-queues-best-practices.html"

DOCUMENTDB: Final = _GUIDE + "with-documentdb.html"
DOCUMENTDB_LAMBDA: Final = _DOCUMENTDB + "using-lambda.html"
DOCUMENTDB_STREAMS: Final = _DOCUMENTDB + "change_streams.html"
DOCUMENTDB_PARAMETERS: Final = _DOCUMENTDB + "cluster_parameter_groups-list_of_parameters.html"

UPDATE_BEHAVIORS: Final = _STACKS + "using-cfn-updating-stacks-update-behaviors.html"
RESOURCE_NAMES: Final = _TEMPLATE + "aws-properties-name.html"
UPDATE_REPLACE_POLICY: Final = _TEMPLATE + "aws-attribute-updatereplacepolicy.html"
DELETION_POLICY: Final = _TEMPLATE + "aws-attribute-deletionpolicy.html"
SQS_ATTRIBUTES: Final = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"
)
SQS_REDRIVE: Final = _SQS + "sqs-configure-dead-letter-queue-redrive.html"
SQS_MOVE_TASK: Final = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html"
)
SQS_CREATE: Final = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
KINESIS_RETENTION: Final = (
    "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html"
)

EVENTBRIDGE_FILTERS: Final = (
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html"
)
EVENTBRIDGE_EVENTS: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html"
EVENTBRIDGE_TARGET_INPUT: Final = (
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"
)
PIPES: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html"
SNS_RAW_DELIVERY: Final = "https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html"
S3_EVENTS: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html"
LOGS_SUBSCRIPTIONS: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html"
DYNAMODB_KINESIS: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html"
IAM_QUOTAS: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
CROSS_ACCOUNT: Final = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html"
)
BUCKET_OWNERS: Final = (
    "https://aws.amazon.com/blogs/storage/limit-access-to-amazon-s3-buckets-owned-by-specific-aws-accounts/"
)
TAGS: Final = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"
CDK_DYNAMODB: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_dynamodb/README.html"
CDK_KINESIS: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_kinesis/README.html"
CDK_LAMBDA: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/README.html"
CDK_S3: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_s3/README.html"
CDK_SQS: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_sqs/README.html"
CDK_VALIDATION: Final = "https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html"
SNS_KEYS: Final = "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"
SNS_ACCESS: Final = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html"
ALARM_ACTIONS: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html"
CLOUDWATCH_QUOTAS: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"
PUT_DASHBOARD: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html"
EXPORTS: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"
PUT_ALARM: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
PUT_COMPOSITE_ALARM: Final = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"
)
DASHBOARD_BODY: Final = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html"
)


def of_resource(type_name: str) -> str:
    """The page of a resource type, as the CloudFormation template reference addresses it."""
    _, service, name = type_name.lower().split("::")
    return f"{_TEMPLATE}aws-resource-{service}-{name}.html"
