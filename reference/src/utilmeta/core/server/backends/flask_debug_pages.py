"""Flask's debug mode, which raises exceptions for the server to show, limited to errors of native views.

For any other request (SECURITY-1b) the application's own handler of 500 answers, as it does without ``debug``.
"""

from __future__ import annotations

from typing import Any

import flask
from werkzeug.exceptions import InternalServerError

ENDPOINT = "utilmeta"  # prefix of the endpoint names of APIs


def is_native() -> bool:
    """Return whether the current request is for a view of the application's own."""
    rule = flask.request.url_rule
    return rule is not None and not rule.endpoint.startswith(ENDPOINT)


def withhold(application: flask.Flask) -> None:
    """Make Flask raise exceptions again for native views alone, unless PROPAGATE_EXCEPTIONS is set."""
    native = application.handle_exception

    def handle_exception(*given: Any) -> Any:
        propagates = application.debug and not application.testing
        if not propagates or application.config["PROPAGATE_EXCEPTIONS"] is not None or is_native():
            return native(*given)
        *context, error = given  # Flask 3.2 gives its context first
        sent = {"_async_wrapper": application.ensure_sync, "exception": error}
        flask.got_request_exception.send(application, **sent)
        application.log_exception(*context, (type(error), error, error.__traceback__))
        answer = application.handle_user_exception(*context, InternalServerError(original_exception=error))
        return application.finalize_request(*context, answer, from_error_handler=True)

    application.handle_exception = handle_exception
