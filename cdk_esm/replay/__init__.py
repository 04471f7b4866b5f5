"""A way back for what failed: objects of a failure bucket are invoked again, once their cause is mended.

``objects`` reads what Lambda wrote there, ``planning`` says what a run would do, ``progress`` remembers what was done,
and ``running`` does it, through clients that are handed in: nothing here imports boto3. ``redrive`` is about
dead-letter queues, which SQS moves back by itself.

In a test::

    plan = plan_replay(s3, "my-bucket", mapping=uuid)
    result = replay(plan, s3, lambda_client, Progress.of(Path("replay.json"), plan.bucket))
    assert result.finished
"""

from cdk_esm.replay.planning import ReplayPlan, plan_replay
from cdk_esm.replay.progress import Progress
from cdk_esm.replay.running import Result, replay

__all__ = ["Progress", "ReplayPlan", "Result", "plan_replay", "replay"]
