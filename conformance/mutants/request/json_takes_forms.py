"""A Json takes forms too."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "sent is None and not isinstance(marker, Json)", "sent is None")
