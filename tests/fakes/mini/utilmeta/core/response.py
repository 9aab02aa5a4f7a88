"""Responses that say more than their result."""


class Response:
    """A result with a status and headers."""

    def __init__(self, result=None, status=200, headers=()):
        self.result, self.status = result, status
        self.headers = dict(headers)
