"""Django's models of the package `domain` in a SQLite file, declared with what the page names and nothing else.

The endpoint `keep` keeps NONCE once more and answers all that is kept.
"""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

FILE = os.path.join(os.path.dirname(os.environ["SCENARIO_EVENTS"]), "django_documented.sqlite3")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    if ASYNCHRONOUS:

        @api.get
        async def keep(self):
            await Article.objects.acreate(word=NONCE)
            return " ".join([article.word async for article in Article.objects.order_by("id")])

    else:

        @api.get
        def keep(self):
            Article.objects.create(word=NONCE)
            return " ".join([article.word for article in Article.objects.order_by("id")])


service = UtilMeta(
    __name__,
    name="django_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(apps_package="domain", secret_key=NONCE))
service.use(DatabaseConnections({"default": Database(name=FILE, engine="sqlite3")}))
service.setup()

from django.db import connection  # noqa: E402 - models after setup(), as the page says
from domain.article.models import Article  # noqa: E402

with connection.schema_editor() as editor:
    editor.create_model(Article)
connection.close()

app = service.application()
