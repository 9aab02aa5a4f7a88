"""An error has no body at all."""

from replies import change_errors, change_replies, with_header

LEVEL = "page"
BREAKS = {
    "API-4b", "API-4c", "BACKEND-10a", "BACKEND-10d", "DJANGO-7c", "ERROR-2a", "ERROR-2b", "ERROR-2c",
    "ERROR-5b", "ERROR-6", "PLUGIN-2d", "PLUGIN-5b", "REQUEST-2b", "REQUEST-3b", "REQUEST-10c", "REQUEST-11b",
    "REQUEST-13c", "REQUEST-13d", "REQUEST-14a", "REQUEST-14b", "REQUEST-14f", "REQUEST-19", "RESPONSE-1g",
    "RESPONSE-6", "RESPONSE-6b", "RESPONSE-6c", "RESPONSE-7c", "RESPONSE-g7", "SECURITY-7a", "SECURITY-7b",
}  # fmt: skip


def change(status, headers, body, request):
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    if not kind.startswith("application/"):  # a response that the framework ended the request with, or no content
        return status, headers, body
    return status, with_header([each for each in headers if each[0] != "Content-Type"], "Content-Length", "0"), b""


def change_problem(status, headers, body, request):
    said = ("Content-Type", "application/problem+json") in headers  # an endpoint may return Response(error=...)
    return change(status, headers, body, request) if said else (status, headers, body)


change_errors(change)
change_replies(change_problem, ["reply"])
