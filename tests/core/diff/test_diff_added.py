"""What a new mapping misses of a source, and where it misses nothing, or meets no other one."""

from pathlib import Path

from tests.core.diff.diff_templates import changed, difference, kafka, queue, renamed, stream, table


def test_a_new_mapping_on_a_new_stream_misses_nothing_that_was_there(tmp_path: Path) -> None:
    new = stream(StartingPosition="LATEST")
    kinds = [
        change.kind.name for change in difference(tmp_path, changed(changed(new, "Orders"), "Stream"), new).changes
    ]

    assert kinds == ["mapping-added"]


def test_a_new_mapping_from_the_start_misses_nothing(tmp_path: Path) -> None:
    kinds = [change.kind.name for change in difference(tmp_path, changed(stream(), "Orders"), stream()).changes]

    assert kinds == ["mapping-added"]


def test_a_new_mapping_on_a_table_that_is_there_misses_what_comes_meanwhile(tmp_path: Path) -> None:
    new = changed(table(), "Orders.Properties.StartingPosition", "LATEST")
    (one,) = difference(tmp_path, changed(new, "Orders"), new).changes

    assert (one.kind.name, str(one.severity)) == ("mapping-added-at-latest", "danger")
    assert one.message.endswith(" from LATEST on")


def test_a_mapping_of_a_function_or_a_queue_that_is_renamed_too_meets_nothing(tmp_path: Path) -> None:
    for named in ("Function.Properties.FunctionName", "Queue.Properties.QueueName"):
        other = changed(renamed(queue(), "Orders", "Sales"), named, "other")
        kinds = [change.kind.name for change in difference(tmp_path, queue(), other).changes]

        assert "mapping-renamed" not in kinds
        assert "mapping-removed" in kinds
        assert "mapping-added" in kinds


def test_a_new_mapping_on_a_source_elsewhere_misses_what_comes_meanwhile(tmp_path: Path) -> None:
    new = kafka(StartingPosition="LATEST")
    kinds = [change.kind.name for change in difference(tmp_path, changed(new, "Orders"), new).changes]

    assert kinds == ["mapping-added-at-latest"]
