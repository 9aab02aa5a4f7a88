"""Exceptions that are answers."""


class HTTPError(Exception):
    """An error with a status."""

    status = 500


class BadRequest(HTTPError):
    """What was sent cannot be used."""

    status = 400


class NotFound(HTTPError):
    """There is nothing here."""

    status = 404
