"""``cdk-esm replay``: what is in a failure bucket goes to its function again, once the cause is mended."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TextIO

from cdk_esm.cli.common import CLEAN, FOUND, complain, say, write
from cdk_esm.cli.common_inputs import rate, seconds
from cdk_esm.errors import EsmError
from cdk_esm.printed import counted, one_line
from cdk_esm.replay.looking import look, look_text
from cdk_esm.replay.meter import Meter
from cdk_esm.replay.planning import plan_replay
from cdk_esm.replay.progress import AGAIN, KEPT, Progress
from cdk_esm.replay.redrive import DEFAULT_RATE, redrive_text
from cdk_esm.replay.running import Result, replay
from cdk_esm.sources.lambda_function import FUNCTION

_STATUS: Final = (
    "Exit status: 0 all is replayed, or would be; 1 something is left; 2 something cannot be read, invoked or written."
)
_OF_BUCKET: Final = {
    "--mapping": "mapping",
    "--since": "since",
    "--until": "until",
    "--function": "function",
    "--progress": "progress",
    "--delete-replayed": "delete_replayed",
    "--execute": "execute",
    "--verbose": "verbose",
}
_ANSWER_IN: Final = 60
"""Seconds that an answer may take beyond the longest timeout of a function."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = (
        "Invoke a function again with the failed records that Lambda wrote to an S3 bucket. Without --execute it only "
        "says what it would do. It needs boto3, from the extra cdk-esm[replay], and credentials with s3:ListBucket, "
        "s3:GetObject and lambda:InvokeFunction. For a dead-letter queue, --queue prints the command that starts a "
        "redrive. docs/guide/replay.md is the runbook."
    )
    command.epilog = _STATUS
    command.add_argument(
        "bucket", nargs="?", metavar="BUCKET", help="the failure bucket, by its name, ARN or s3:// URL"
    )
    command.add_argument("--mapping", metavar="UUID", help="only what this mapping failed on; all by default")
    command.add_argument("--since", metavar="TIME", help="given up since then: 2026-11-20T08:00Z, or 24h for a day ago")
    command.add_argument("--until", metavar="TIME", help="given up before then, in the same words")
    command.add_argument("--function", metavar="NAME", help="invoke this one, and not the one that the objects name")
    command.add_argument("--rate", metavar="RATE", help="invocations, or messages of --queue: 1/s or 30/min")
    command.add_argument("--progress", metavar="FILE", help="what was done so far; esm-replay-BUCKET.json by default")
    command.add_argument(
        "--delete-replayed", action="store_true", help="delete an object once its records are processed"
    )
    command.add_argument("--execute", action="store_true", help="really invoke")
    command.add_argument(
        "--verbose", action="store_true", help="say on stderr how far a long run is, also if that is no terminal"
    )
    command.add_argument("--queue", metavar="ARN", help="a dead-letter queue: print how its messages are moved back")


def run(given: argparse.Namespace) -> int:
    """Say what a replay would do, or do it.

    Returns:
        0 if nothing is left, 1 if something is, 2 if something cannot be read, invoked or written.
    """
    try:
        return _of_queue(given) if given.queue is not None else _of_bucket(given)
    except EsmError as error:
        return complain(str(error))
    except argparse.ArgumentTypeError as error:
        return complain(str(error))


def _of_queue(given: argparse.Namespace) -> int:
    if given.bucket is not None:
        raise EsmError("name a BUCKET or a --queue, and not both")
    of_bucket = [word for word, value in _OF_BUCKET.items() if getattr(given, value) not in (None, False)]
    if of_bucket:
        raise EsmError(f"{', '.join(of_bucket)}: only for a BUCKET; for a --queue a command is printed, and you run it")
    per_second = DEFAULT_RATE if given.rate is None else rate(given.rate)
    if per_second != int(per_second):
        raise EsmError(f"--rate {given.rate}: SQS moves whole messages a second, 1 at least; write 1/s")
    say(redrive_text(given.queue, int(per_second)))
    return CLEAN


def _of_bucket(given: argparse.Namespace) -> int:
    if given.bucket is None:
        raise EsmError("name the BUCKET with the failed records, or the dead-letter queue with --queue ARN")
    bucket = _bucket(given.bucket)
    per_second = 1.0 if given.rate is None else rate(given.rate)
    file = Path(given.progress or f"esm-replay-{bucket}.json")
    progress = Progress.of(file, bucket)
    since, until = _moment(given.since, "--since"), _moment(given.until, "--until")
    s3, client = clients()
    meter = Meter(_say_beside if given.verbose or _is_terminal(sys.stderr) else None)
    plan = plan_replay(
        s3, bucket, mapping=given.mapping, since=since, until=until, function=given.function, meter=meter
    )
    if not given.execute:
        found = look(plan, s3, progress, meter=meter)
        say(look_text(plan, found, per_second))
        say("Nothing was invoked; --execute does it.")
        return FOUND if any(seen.unusable for seen in found.values()) else CLEAN
    result = replay(plan, s3, client, progress, per_second=per_second, delete=given.delete_replayed, meter=meter)
    say(_told(result, file))
    return CLEAN if result.finished else FOUND


def _say_beside(text: str) -> None:
    """Say something beside the answer; if nobody can hear it, the run goes on."""
    with suppress(OSError, ValueError):
        write(text + "\n", sys.stderr)
        sys.stderr.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def _told(result: Result, file: Path) -> str:
    lines = [
        f"{counted(result.records, 'record', '')} processed. "
        + (", ".join(f"{n} {what}" for what, n in result.states.items()))
    ]
    lines += [f"  left: {one_line(key)}: {one_line(why)}" for key, why in result.left.items()]
    lines += [f"  perhaps twice: {one_line(key)}: the run before ended while it was invoked" for key in result.repeated]
    if result.states[AGAIN] or result.states[KEPT]:
        lines.append(f"{file} remembers what is left: mend the cause, and run it again.")
    lines.append("Their order among the records that were processed since is lost.")
    return "\n".join(lines)


def _bucket(given: str) -> str:
    name = re.sub(r"^(s3://|arn:[^:]+:s3:::)", "", given).strip("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]", name):
        raise EsmError(f"{given}: it is no name of a bucket")
    return name


def _moment(given: str | None, option: str) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        try:
            return datetime.now(UTC) - timedelta(seconds=seconds(given))
        except (argparse.ArgumentTypeError, OverflowError):
            raise EsmError(f"{option} {given}: write a time such as 2026-11-20T08:00Z, or 24h for a day ago") from None
    if moment.tzinfo is None:
        raise EsmError(f"{option} {given}: it has no time zone; write {moment.isoformat(timespec='minutes')}Z for UTC")
    return moment


def clients() -> tuple[Any, Any]:
    """The clients of boto3 for S3 and for Lambda.

    Raises:
        EsmError: boto3 is not there, or knows no Region.
    """
    try:
        boto3, config = import_module("boto3"), import_module("botocore.config")
    except ImportError:
        raise EsmError("replay needs boto3: pip install 'cdk-esm[replay]'") from None
    longest = FUNCTION.by_name["Timeout"].maximum
    assert longest is not None
    # A function may take its time, and an invocation that boto3 repeats by itself would process records twice.
    patient = config.Config(read_timeout=longest + _ANSWER_IN, retries={"total_max_attempts": 1})
    try:
        return boto3.client("s3"), boto3.client("lambda", config=patient)
    except Exception as error:  # noqa: BLE001 - botocore has many, and none is known here by name
        hint = "; export AWS_DEFAULT_REGION=<Region of the bucket>" if type(error).__name__ == "NoRegionError" else ""
        raise EsmError(f"boto3 cannot begin: {str(error).rstrip('.')}{hint}") from None
