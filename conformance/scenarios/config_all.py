"""A service with all five configurations at once; it tells what each became in the process that serves.

Its endpoints are plain functions: Django's ORM and caches work in them as they are, in either mode.
"""

import datetime
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.conf import Preference, Time
from utilmeta.core import api

FOLDER = os.path.dirname(os.environ["SCENARIO_EVENTS"])
MOMENT = datetime.datetime(2024, 2, 29, 23, 30, tzinfo=datetime.timezone.utc)

# What is given, as a user writes it, and the Django setting that shows what it became.
GIVEN = {
    'DjangoSettings(secret_key="...")': lambda settings: settings.SECRET_KEY,
    'DjangoSettings(apps_package="domain")': lambda settings: settings.INSTALLED_APPS,
    'DjangoSettings(middleware=["config_all.marking"])': lambda settings: settings.MIDDLEWARE,
    'DjangoSettings(extra={"OWN": "..."})': lambda settings: settings.OWN,
    'Database(engine="sqlite3", name="...")': lambda settings: settings.DATABASES["default"]["ENGINE"],
    'Cache(engine="locmem")': lambda settings: settings.CACHES["default"]["BACKEND"],
    'Time(time_zone="Asia/Tokyo")': lambda settings: settings.TIME_ZONE,
    "Time(use_tz=True)": lambda settings: settings.USE_TZ,
    "UtilMeta(production=False)": lambda settings: settings.PRODUCTION,
}


def marking(get_response):
    """Middleware that Django runs where it is the backend."""

    def answer(request):
        response = get_response(request)
        response["X-Marked"] = NONCE
        return response

    return answer


class RootAPI(api.API):
    @api.get
    def nonce(self):
        return NONCE

    @api.get
    def settings(self):
        from django.conf import settings

        return {given: read(settings) for given, read in GIVEN.items()}

    @api.get("keep/{word}")
    def keep(self, word: str):
        from django.core.cache import cache
        from domain.article.models import Article

        Article.objects.create(word=word)
        cache.set("word", word)
        return {"database": [article.word for article in Article.objects.all()], "cache": cache.get("word")}

    @api.get
    def moment(self):
        return {"at": MOMENT}


def configured(service):
    """The service, which uses all five."""
    from utilmeta.core.cache import Cache, CacheConnections
    from utilmeta.core.orm import Database, DatabaseConnections
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(
        DjangoSettings(
            secret_key=NONCE, apps_package="domain", middleware=["config_all.marking"], extra={"OWN": f"own {NONCE}"}
        )
    )
    name = os.path.join(FOLDER, "config_all.sqlite3")
    service.use(DatabaseConnections({"default": Database(engine="sqlite3", name=name)}))
    service.use(CacheConnections({"default": Cache(engine="locmem")}))
    service.use(Time(time_zone="Asia/Tokyo", use_tz=True, datetime_format="%Y-%m-%dT%H:%M:%S"))
    return service.use(Preference(strict_root_route=True))


service = configured(
    UtilMeta(
        __name__,
        name="config_all",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)


@service.on_startup
def tables():
    from django.db import connection
    from domain.article.models import Article

    with connection.schema_editor() as editor:
        editor.create_model(Article)


app = service.application()
