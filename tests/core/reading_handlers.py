"""Handlers of which the text is read."""

from textwrap import dedent, indent

from cdk_esm.assets.python_answers import answers_of
from cdk_esm.plan import Answers, Code

LOOP = """
import json
def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            process(json.loads(record["body"]))
        except Exception as error:
            {caught}
    return {answer}
"""


def read(source: str) -> Answers | None:
    return answers_of("handler", dedent(source).encode(), "app.py")


def of_loop(caught: str, answer: str = '{"batchItemFailures": failed}') -> Answers:
    found = read(LOOP.format(caught=caught, answer=answer))
    assert found is not None
    return found


def body(text: str) -> Answers:
    found = read("def handler(event, context):\n" + indent(dedent(text), "    "))
    assert found is not None
    return found


def inline(answers: Answers) -> Code:
    """Code in a template, whose handler answers this."""
    return Code(path=answers.file, exists=True, answers=answers)
