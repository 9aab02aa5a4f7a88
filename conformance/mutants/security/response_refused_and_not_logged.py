"""That a response cannot be sent is a 500 which the log does not explain."""

from mutation import replace
from utilmeta.core.pipeline import responder

replace(
    responder.Responder.respond_to_error,
    "if not is_public(error):",
    "if not is_public(error) and type(error) is not ValueError:",
)
