from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Answers, Misshapen
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function
from tests.core.reading_handlers import inline

ANSWERS = Answers(
    file="app.py",
    reports=9,
    misshapen=(
        Misshapen(
            line=7, got="{'id': 1}", why="an entry of batchItemFailures has id where pollers look for itemIdentifier"
        ),
        Misshapen(line=9, got="{}", why="batchItemFailures is no list"),
    ),
)


def test_each_part_that_no_poller_can_read_is_named() -> None:
    one, other = check([with_function(mapping(), inline_code=inline(ANSWERS))], select=["ESM262"])

    assert "app.py:7: an entry of batchItemFailures has id" in one.message
    assert "app.py:9: batchItemFailures is no list" in other.message
    assert one.fix.startswith('answer {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}')


def test_the_fix_is_for_the_source() -> None:
    fixes = {
        kind: check([with_function(mapping(kind), inline_code=inline(ANSWERS))], select=["ESM262"])[0].fix
        for kind in ("kinesis", "dynamodb", "msk")
    }

    assert 'record["kinesis"]["sequenceNumber"]' in fixes["kinesis"]
    assert 'record["dynamodb"]["SequenceNumber"]' in fixes["dynamodb"]
    assert '"offset": record["offset"]' in fixes["msk"]


def test_nothing_is_said_where_nobody_listens() -> None:
    for settings in ({"FunctionResponseTypes": None}, {"FunctionResponseTypes": UNKNOWN}):
        assert ids(with_function(mapping(**settings), inline_code=inline(ANSWERS)), select=["ESM262"]) == []
    assert ids(with_function(mapping("rabbitmq"), inline_code=inline(ANSWERS)), select=["ESM262"]) == []
    assert ids(with_function(mapping(), inline_code=inline(Answers(file="app.py", reports=9))), select=["ESM262"]) == []
