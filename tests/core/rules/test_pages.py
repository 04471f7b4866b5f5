"""A finding leads to a page about the mapping's own source."""

import pytest

from cdk_esm.rules.engine import check, rules
from cdk_esm.sources import SOURCES
from cdk_esm.sources.page_choice import pages_of_sources
from cdk_esm.testing.plans import mapping


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_no_rule_leads_to_a_page_about_another_source(rule: object, kind: str) -> None:
    page, sheet = rule.page_for(SOURCES[kind]), SOURCES[kind]  # type: ignore[attr-defined]

    assert page in sheet.pages or page not in pages_of_sources()


@pytest.mark.parametrize(
    ("rule", "kind", "page"),
    [
        ("ESM414", "sqs", "services-sqs-configure"),
        ("ESM414", "kinesis", "services-kinesis-create"),
        ("ESM414", "documentdb", "with-documentdb"),
        ("ESM319", "dynamodb", "services-dynamodb-errors"),
        ("ESM319", "msk", "kafka-on-failure-destination"),
        ("ESM316", "dynamodb", "with-ddb"),
        ("ESM506", "kinesis", "with-kinesis-filtering"),
        ("ESM506", "activemq", "with-mq-filtering"),
        ("ESM502", "msk", "invocation-eventfiltering"),
        ("ESM101", "kinesis", "API_CreateEventSourceMapping"),
    ],
)
def test_permissions_failures_and_filters_have_pages_of_their_own(rule: str, kind: str, page: str) -> None:
    assert rules()[rule].page_for(SOURCES[kind]).endswith(f"/{page}.html")


def test_a_finding_carries_the_page_of_its_source() -> None:
    (finding,) = check([mapping("dynamodb", StartingPosition="LATEST")], select=["ESM351"])

    assert finding.page == finding.to_dict()["page"] == SOURCES["dynamodb"].pages[0]
    assert f"see: {finding.page}" in str(finding)
