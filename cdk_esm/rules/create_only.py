"""What every fix says that changes a setting which a mapping is made with, and keeps."""

from typing import Final

AS_DEPLOYED: Final = (
    "a mapping that is deployed must not be changed so, because Lambda refuses the second mapping that CloudFormation "
    "makes for it: acknowledge this, or take the mapping out, deploy, and add it again"
)
