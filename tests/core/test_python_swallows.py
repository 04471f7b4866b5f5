"""When the text of a handler leaves no doubt that it hides failures, and when it may be right."""

import pytest

from cdk_esm.plan import Answers
from tests.core.reading_handlers import body, of_loop


@pytest.mark.parametrize(
    "answer", ["None", "{'statusCode': 200, 'body': json.dumps(event)}", "'ok'", "{}", "[]", "True"]
)
@pytest.mark.parametrize("caught", ["pass", "continue", "print(f'failed {error}')", "logger.exception('failed')"])
def test_whatever_an_except_hides_is_lost(caught: str, answer: str) -> None:
    assert of_loop(caught, answer) == Answers(file="app.py", swallows=8)


def test_an_empty_list_in_spite_of_failures_hides_them_as_well() -> None:
    assert of_loop("logging.error(error)", '{"batchItemFailures": []}').swallows == 8


@pytest.mark.parametrize(
    "text",
    [
        """
        try:
            for record in event["Records"]:
                process(record)
            return {"statusCode": 200}
        except Exception as error:
            print(error)
            return {"statusCode": 500, "body": str(error)}
        """,
        """
        client = connect()
        with client:
            for record in event.get("Records", []):
                try:
                    client.write(record["body"])
                except (ValueError, Exception):
                    errors = 1
        """,
        """
        records = event["Records"]
        for place, record in enumerate(records):
            try:
                process(record)
            except ValueError:
                log.warning("bad")
            except:
                log.warning("worse")
            else:
                log.info("done")
            finally:
                print(place)
        log.info("all done")
        """,
        """
        for record in event["Records"]:
            connection = connect()
            try:
                process(record)
            except Exception as error:
                log.error(error)
            finally:
                connection.close()
                flush(timeout=5)
        """,
    ],
)
def test_other_ways_to_hide_failures(text: str) -> None:
    assert body(text).swallows is not None


@pytest.mark.parametrize(
    ("caught", "answer"),
    [
        ("raise", "None"),
        ("raise BatchError() from error", "None"),
        ("aside.put(record)", "None"),
        ("metrics.add_metric('failed')", "None"),
        ("failed.append(record)", "None"),
        ("self.failed = True", "None"),
        ("state['failed'] = error", "None"),
        ("sys.exit(1)", "None"),
        ("pass", "answer(failed)"),
        ("pass", "failed"),
        ("pass", "{**failed}"),
        ("pass", '{"batchItemFailures": compute(event)}'),
    ],
)
def test_what_somebody_may_hear_of_is_not_swallowed(caught: str, answer: str) -> None:
    assert of_loop(caught, answer).swallows is None


def tried(
    after: str = "", *, body: str = "done(r)", caught: str = "pass", before: str = "", kind: str = "Exception"
) -> str:
    """A loop over records with a ``try``."""
    lines = [before, "try:", f"    {body}", *caught.format(kind=f"except {kind}:").split("|"), after]
    if "except" not in caught:
        lines[3:-1] = [f"except {kind}:", f"    {caught}"]
    return "for r in event['Records']:\n" + "\n".join(f"    {line}" for line in lines if line)


@pytest.mark.parametrize(
    "text",
    [
        # What is caught is not what the record is for.
        tried("process(r)", body="warm(r)"),
        tried(before="process(r)", body="notify(r)"),
        "process(event)\n" + tried(body="notify(r)"),
        tried(before="saved = save(r)", body="notify(saved)"),
        # Only what is expected is caught.
        tried(kind="ValueError"),
        # Somebody looks at it afterwards.
        tried(caught="bad = 1") + "\nif bad:\n    raise E",
        tried() + "\ncheck()",
        tried() + "\nassert counted",
        tried(caught="except Late:|    raise|except Exception:|    pass"),
        tried(caught="except Exception:|    pass|finally:|    raise E"),
        tried(caught="except Exception:|    pass|finally:|    if not done:|        aside.put(r)"),
        tried(caught="except Exception:|    bad = True|finally:|    tell(bad)"),
        tried(caught="except Exception as error:|    why = str(error)|finally:|    report(r, failed=why)"),
        tried(caught="except Exception:|    pass|finally:|    results[r['messageId']] = done"),
        tried(caught="except Exception:|    pass|finally:|    return failed"),
        tried(caught="except Exception:|    pass|else:|    done.append(r)"),
        tried() + "\nelse:\n    check()",
        # No record is worked on.
        "for name in names():\n    try:\n        process(name)\n    except Exception:\n        pass",
        tried(body="print(r)"),
    ],
)
def test_what_may_be_right_is_not_swallowed(text: str) -> None:
    assert body(text).swallows is None
