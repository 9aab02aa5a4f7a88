"""The id of a request is a long text of letters, digits and hyphens."""

import uuid

from utilmeta.core.request.request import Request

LEVEL = "full"


@property
def id(self):
    try:
        return self._id
    except AttributeError:
        self._id = f"req-{uuid.uuid4()}-{uuid.uuid4()}"
        return self._id


Request.id = id
