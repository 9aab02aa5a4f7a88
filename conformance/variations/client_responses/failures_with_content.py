"""The Response of a failed request has a message, data and headers of the implementation's own."""

from utilmeta.core.cli import call

LEVEL = "full"
original = call.failed


def failed(status, error, request):
    found = original(status, error, request)
    found.data = found.result = {"error": type(error).__name__}
    found.message, found.fields = "there is no answer", [("X-Acme", "failed")]
    return found


call.failed = failed
