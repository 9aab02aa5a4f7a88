"""Configurations: each form of the guide once, on any of the six backends.

    CONFIGURATION_BACKEND=django python server.py
    curl http://127.0.0.1:8000/api/greeting; curl http://127.0.0.1:8000/about

With CONFIGURATION_RELOAD=true the service starts anew when its code changes.
"""

from typing import Any

from utilmeta import UtilMeta
from utilmeta.conf import Env, Preference
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings


class Surroundings(Env):
    GREETING: str = "hello"
    SHELVES: int = 0
    BACKEND: str = "starlette"
    PORT: int = 8000
    RELOAD: bool = False


here = Surroundings(file="settings.yaml", sys_env="CONFIGURATION_")  # YAML, by its suffix


class RootAPI(api.API):
    @api.get
    def greeting(self) -> dict[str, Any]:
        return {"greeting": here.GREETING, "shelves": here.SHELVES, "at": service.origin}

    @api.get
    def apps(self) -> list[str]:
        from django.conf import settings

        return list(settings.INSTALLED_APPS)

    @api.get
    def databases(self) -> dict[str, Any]:
        from django.conf import settings

        return {name: [each["HOST"], each["PORT"]] for name, each in settings.DATABASES.items()}


service = UtilMeta(
    __name__,
    name="configuration",
    backend=here.BACKEND,
    port=here.PORT,
    origin="https://shop.example",
    auto_reload=here.RELOAD,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(apps_package=["shop", "staff"], root_urlconf="urls"))
service.use(
    DatabaseConnections(
        {
            "default": Database(engine="sqlite3", name="shop.sqlite3"),
            "stock": Database(engine="postgresql", name="stock"),  # at 127.0.0.1:5432
        }
    )
)
service.use(Preference(strict_root_route=True, orm_on_non_exists_required_field="warn", orm_on_conflict_type="error"))
app = service.application()

if __name__ == "__main__":
    service.run()
