"""Allowed hosts of a service, and Django's middleware.

With SCENARIO_SETTINGS, and where Django is the backend, there are DjangoSettings. With SCENARIO_MIDDLEWARE these have
middleware that marks responses. The allowed hosts are those of SCENARIO_HOSTS, given to DjangoSettings, or of
SCENARIO_SERVICE_HOSTS, given to UtilMeta: names with commas between them. Without either nothing is given.
"""

import inspect
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

MIDDLEWARE = ["django_hosts.outer", "django_hosts.inner", "django.middleware.common.CommonMiddleware"]

seen = []  # by the endpoint `seen`


def marking(name):
    """Middleware that appends `name` to the header X-Marks of every response."""

    def middleware(get_response):
        def marked(response):
            response["X-Marks"] = " ".join(filter(None, [response.get("X-Marks"), name]))
            return response

        async def answer_async(request):
            return marked(await get_response(request))

        def answer(request):
            return marked(get_response(request))

        return answer_async if inspect.iscoroutinefunction(get_response) else answer

    middleware.sync_capable = middleware.async_capable = True
    return middleware


outer = marking("outer")
inner = marking("inner")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("seen/{word}")
    @in_mode
    def seen(self, word: str):
        seen.append(word)
        return word

    @api.get
    @in_mode
    def words(self):
        return {"seen": seen}


def hosts(name):
    return {"allowed_hosts": os.environ[name].split(",")} if name in os.environ else {}


service = UtilMeta(
    __name__,
    name="django_hosts",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **hosts("SCENARIO_SERVICE_HOSTS"),
)

if "SCENARIO_SETTINGS" in os.environ or BACKEND == "django":
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(
        DjangoSettings(
            secret_key=NONCE,
            **({"middleware": MIDDLEWARE} if "SCENARIO_MIDDLEWARE" in os.environ else {}),
            **hosts("SCENARIO_HOSTS"),
        )
    )

app = service.application()

if __name__ == "__main__":
    service.run()
