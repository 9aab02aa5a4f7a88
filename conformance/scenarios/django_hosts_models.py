"""Allowed hosts of a service; with SCENARIO_MODELS also Django's models of the package `domain`, on SQLite.

With SCENARIO_MODELS, and where Django is the backend, there are DjangoSettings. With SCENARIO_MIDDLEWARE these have
middleware that marks responses. The allowed hosts are those of SCENARIO_HOSTS, given to DjangoSettings, or of
SCENARIO_SERVICE_HOSTS, given to UtilMeta: names with commas between them. Without either nothing is given. The endpoint
`keep` keeps NONCE once more and answers all that is kept.
"""

import inspect
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

FOLDER = os.path.dirname(os.environ["SCENARIO_EVENTS"])
MODELS = "SCENARIO_MODELS" in os.environ
MIDDLEWARE = ["django_hosts_models.outer", "django_hosts_models.inner", "django.middleware.common.CommonMiddleware"]
DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(FOLDER, "django_hosts_models.sqlite3")}

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

    if ASYNCHRONOUS:

        @api.get
        async def keep(self):
            from domain.article.models import Article

            await Article.objects.acreate(word=NONCE)
            return " ".join([article.word async for article in Article.objects.order_by("id")])

    else:

        @api.get
        def keep(self):
            from domain.article.models import Article

            Article.objects.create(word=NONCE)
            return " ".join([article.word for article in Article.objects.order_by("id")])


def hosts(name):
    return {"allowed_hosts": os.environ[name].split(",")} if name in os.environ else {}


service = UtilMeta(
    __name__,
    name="django_hosts_models",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **hosts("SCENARIO_SERVICE_HOSTS"),
)

if MODELS or BACKEND == "django":
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(
        DjangoSettings(
            secret_key=NONCE,
            **({"middleware": MIDDLEWARE} if "SCENARIO_MIDDLEWARE" in os.environ else {}),
            **({"apps_package": "domain", "extra": {"DATABASES": {"default": DATABASE}}} if MODELS else {}),
            **hosts("SCENARIO_HOSTS"),
        )
    )

if MODELS:
    service.setup()

    from django.db import connection
    from domain.article.models import Article

    with connection.schema_editor() as editor:
        editor.create_model(Article)
    connection.close()

app = service.application()

if __name__ == "__main__":
    service.run()
