"""Reading the objects of a plan: what S3 does not hand out of one object keeps nobody from the others."""

from __future__ import annotations

from typing import Final

from cdk_esm.replay.objects import Failure, NotReplayableError, StoredObject, read_failure
from cdk_esm.replay.planning import S3, asked, code_of

_GONE: Final = ("NoSuchKey", "404")
_ARCHIVED: Final = "InvalidObjectState"
_DENIED: Final = ("AccessDenied", "403")


class Reader:
    """Reads objects, one after the other.

    Args:
        s3: a client of boto3 for S3.
        bucket: the name of the bucket.
    """

    def __init__(self, s3: S3, bucket: str) -> None:
        self._s3, self._bucket = s3, bucket
        self._may_read = False

    def read(self, stored: StoredObject) -> Failure:
        """Read an object.

        Raises:
            NotReplayableError: it is gone or archived, its own key or policy denies it, or it holds nothing to invoke a
                function with.
            EsmError: it cannot be read, and neither can the others.
        """
        try:
            content: bytes = self._s3.get_object(Bucket=self._bucket, Key=stored.key)["Body"].read()
        except Exception as error:
            code = code_of(error)
            if code in _GONE:
                raise NotReplayableError("it is no longer there") from None
            if code == _ARCHIVED:
                raise NotReplayableError("it is archived; restore it first") from None
            # Who was let at one object has the right to read, so that it is about this object: its key, or its owner.
            if code.startswith("KMS.") or (self._may_read and code in _DENIED):
                raise NotReplayableError(str(asked(error, "it cannot be read"))) from None
            raise asked(error, f"{stored.key} cannot be read") from error
        self._may_read = True
        return read_failure(content)
