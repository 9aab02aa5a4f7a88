"""White space around a description is removed."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.__init__,
    '"" if description is None else description',
    '"" if description is None else description.strip()',
)
