"""A guestbook: one service, all five configurations, any of the six backends.

    GUESTBOOK_BACKEND=sanic python server.py

`POST /api/entries` signs it, `GET /api/entries` reads it, `GET /api/visits` counts. What it needs to know of its
surroundings stands in config/env.py, what it makes of that in config/conf.py.
"""

from config.conf import configure
from config.env import env
from utilmeta import UtilMeta
from utilmeta.core.orm import DatabaseConnections

service = UtilMeta(
    __name__,
    name="guestbook",
    description="What guests wrote, and how many came.",
    backend=env.BACKEND,
    production=env.PRODUCTION,
    host=env.HOST,
    port=env.PORT,
    api="api.RootAPI",  # by reference: what it imports needs models, which there are after setup()
    route="/api",
)
configure(service)


@service.on_startup
def migrate() -> None:
    databases = service.get_config(DatabaseConnections)
    assert databases is not None  # configure() used them
    databases.migrate()  # in whichever worker comes first


app = service.application()

if __name__ == "__main__":
    service.run()
