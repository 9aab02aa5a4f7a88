"""Clients that send requests again, by the plugin Retry with the options in `retry` of the settings."""

from client_calls import calling, described, journal, settings
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client, Retry


def retried():
    @Retry(**settings.get("retry", {}))
    class Retried(Client):
        @api.get("{how}")
        def asked(self, how: str) -> response.Response:
            pass

        @api.post("{how}")
        def posted(self, how: str, data: dict = request.Body) -> response.Response:
            pass

    return Retried


def functions():
    class Functions(Client):
        @Retry(**settings.get("retry", {}))
        @api.get("{how}")
        def again(self, how: str) -> response.Response:
            pass

        @api.get("{how}")
        def once(self, how: str) -> response.Response:
            pass

    return Functions


def hooked():
    @Retry(**settings.get("retry", {}))
    class Hooked(Client):
        @api.get("{how}")
        def asked(self, how: str) -> response.Response:
            pass

        @api.before(asked)
        def first(self, request):
            journal.append("before")

        def process_request(self, request):
            journal.append("process_request")
            request.headers["X-Signed"] = settings["word"]

        def process_response(self, response):
            journal.append(["process_response", response.status])

        @api.after(asked)
        def last(self, response):
            journal.append(["after", response.status])

        @api.handle(asked)
        def handles(self, error):
            journal.append("handle")

    return Hooked


called = calling(retried, functions, hooked)


def mistakes(options):
    """What is raised for each of these options of Retry, None where nothing is."""
    found = []
    for each in options:
        try:
            Retry(**each)
        except Exception as error:  # noqa: BLE001 - what it is is looked at
            found.append(described(error))
        else:
            found.append(None)
    return found
