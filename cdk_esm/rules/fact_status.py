"""How sure each fact about AWS is: the word that was written beside it when the facts were collected, on 2026-11-20."""

from collections.abc import Mapping
from typing import Final

EVIDENCE: Final[Mapping[str, str]] = {
    "native": "recorded: AWS itself was seen to answer so",
    "doc": "documented: a page of AWS says so",
    "schema": "modelled: AWS's service model or resource schema says so",
    "tool": "seen in a tool of AWS: the CDK, or cfn-lint",
    "reported": "reported: somebody deployed it and wrote down what happened",
    "derived": "derived: it follows from other facts",
    "unverified": "unverified: remembered, or said by few; an advice at the most",
}
"""The words, and what they mean; the surest come first, those of AWS before those about it."""

_FACTS: Final[Mapping[str, str]] = {
    "native": (
        "DDB-4 DDB-5 DDB-7 FIL-1 FIL-3 FIL-KMS-1 ID-1 ID-2 ID-7 ID-8 KAF-AUTH-3 MET-1 SQS-BATCH-1 SQS-BATCH-2 "
        "SQS-BATCH-3 SQS-CONC-2 SQS-DLQ-5 SQS-FILTER-2 SQS-PERM-1 SQS-PROV-1 SQS-VIS-1 STR-AGE-1 STR-DEST-1 "
        "STR-DEST-2 STR-POS-1 STR-POS-2 UNS-1"
    ),
    "doc": (
        "DDB-2 DOC-3 DOC-4 FIL-5 FIL-6 FIL-7 FIL-8 FN-1 FN-3 FN-7 FN-8 ID-5 KAF-AUTH-1 KAF-AUTH-7 KAF-GRP-1 "
        "KAF-PROV-1 KAF-PROV-2 KAF-PROV-3 KAF-PROV-4 KAF-PROV-5 KAF-PROV-6 KAF-PROV-7 KAF-QUEUE-1 KAF-QUEUE-2 "
        "KAF-WIN-1 KAF-XACCT KIN-1 KIN-2 KIN-3 KIN-4 KIN-6 MET-2 MET-3 MQ-2 MQ-3 MQ-4 SQS-BATCH-4 SQS-CONC-3 "
        "SQS-CONC-4 SQS-CONC-6 SQS-DLQ-1 SQS-DLQ-2 SQS-DLQ-3 SQS-DLQ-4 SQS-DLQ-6 SQS-FILTER-1 SQS-FILTER-3 "
        "SQS-PBR-1 SQS-PROV-2 SQS-REGION SQS-VIS-2 STR-DEST-4 STR-DEST-5 STR-PF-2 STR-POS-3 STR-POS-4 "
        "STR-RETRY-1 STR-RETRY-2 STR-RETRY-4 STR-TW-2 iam.destinations iam.documentdb iam.dynamodb_streams "
        "iam.kafka_self_managed iam.kinesis_efo iam.kinesis_shared iam.mq_activemq iam.msk_provisioned "
        "iam.notes iam.sqs_standard kinesis_shared.limits sqs_fifo"
    ),
    "schema": (
        "FIL-2 FIL-4 FN-2 ID-3 ID-4 ID-6 KAF-AUTH-2 KAF-AUTH-6 KIN-7 SQS-CONC-1 SQS-VIS-3 STR-DEST-3 "
        "dynamodb_streams.EventSourceArn msk_provisioned.Topics sqs_standard.FunctionName "
        "sqs_standard.Tags"
    ),
    "tool": ("DDB-1 FIL-KMS-2 FN-4 KAF-AUTH-4 KAF-AUTH-5"),
    "reported": ("DOC-1 DOC-2 MQ-1 SQS-PROV-3 STR-PF-1 STR-POS-5"),
    "derived": ("DDB-3 DDB-6 FN-6 KAF-GRP-2 KIN-5 SQS-CONC-5 SQS-DLQ-7 SQS-DLQ-8 STR-AGE-2 STR-DEST-6 STR-RETRY-3"),
    "unverified": ("FN-5 KAF-AUTH-8 STR-TW-1 STR-TW-3 documentdb.StartingPosition mq_activemq.Queues"),
}

FACT_STATUS: Final[Mapping[str, str]] = {fact: word for word, facts in _FACTS.items() for fact in facts.split()}
"""Fact id to word."""


def evidence_of(fact: str) -> str:
    """How sure a fact is, in words.

    Raises:
        ValueError: nobody has written it down.
    """
    if fact not in FACT_STATUS:
        raise ValueError(f"cdk_esm/rules/fact_status.py does not say how sure {fact} is")
    return EVIDENCE[FACT_STATUS[fact]]
