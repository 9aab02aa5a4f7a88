"""Which databases a service uses, under which aliases (DATABASE)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, InstanceOf, model_validator

from utilmeta.conf.config import Config, Value
from utilmeta.conf.immutable import thawed
from utilmeta.core.orm import engine as engines
from utilmeta.utils.exceptions import ServiceError

if TYPE_CHECKING:
    from utilmeta.conf.service import Service
    from utilmeta.core.concurrency.scope import Scope

DEFAULT = "default"

# Of psycopg's pool, in seconds: what a request waits for a connection, and for how long the pool tries to open one by
# itself. After that the next request has it try; its own 300 have it rest for minutes after some minutes without a
# database.
POOL_DEFAULTS: Mapping[str, Any] = {"timeout": 5, "reconnect_timeout": 1}


def engine(name: str) -> str:
    engines.path_of(name)
    return name


def name(value: str | Path) -> str:
    if not str(value):
        raise ValueError("it is empty")
    return str(value)


class Database(Value):
    """The address of one database, and how to use it.

    ``engine`` is sqlite3, postgresql, mysql, oracle, or the dotted path of any engine of Django's. A SQLite ``name`` is
    a path relative to the project directory, ``:memory:`` or a ``file:`` URI (DATABASE-4). ``options`` are those of the
    driver, as Django's OPTIONS. Where they do not say otherwise, connecting to PostgreSQL and MySQL takes 5 seconds at
    the most; after as long without a word a PostgreSQL has to show that it is alive, or is given up (DATABASE-11).

    ``conn_max_age`` is how many seconds a plain endpoint's connection is kept for the next one in its thread, None for
    ever; one that was lost meanwhile is replaced. That of an ``async def`` endpoint ends with the request. ``pool`` is
    psycopg's own, shared by both: True, or its parameters (PostgreSQL, Django 5.1).

    With ``atomic_requests`` each request is one transaction in it, which anything that is raised rolls back, though a
    handler answers it: plain endpoints alone can be, and Django's ``non_atomic_requests`` excepts one (DATABASE-10).
    """

    name: Annotated[str | Path, AfterValidator(name)]
    engine: Annotated[str, AfterValidator(engine)]
    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    user: str = ""
    password: str = ""
    options: Mapping[str, Any] = Field(default_factory=dict)
    conn_max_age: Annotated[int, Field(ge=0)] | None = 0
    pool: bool | Mapping[str, Any] = False
    atomic_requests: bool = False

    @model_validator(mode="after")
    def check_pool(self) -> Database:
        if self.pooled and not self.path.endswith((".postgresql", ".postgis")):
            raise ValueError(f"a pool needs the engine postgresql, not {self.engine}")
        if self.pooled and self.conn_max_age != 0:
            raise ValueError("a pool keeps connections by itself; leave conn_max_age at 0")
        return self

    @property
    def path(self) -> str:
        """The engine, as Django's ENGINE."""
        return engines.path_of(self.engine)

    @property
    def pooled(self) -> bool:
        """Whether there is a pool, whichever way it was asked for."""
        return self.pool is not False or bool(self.options.get("pool"))

    @property
    def pool_options(self) -> dict[str, Any]:
        """The parameters of its pool, where there is one."""
        given = self.options.get("pool", self.pool)
        return {**POOL_DEFAULTS, **(given if isinstance(given, Mapping) else {})}

    def settings(self, directory: Path) -> dict[str, Any]:
        """Its entry in Django's DATABASES; ``directory`` is the project's."""
        known = engines.find(self.path)
        file = known is engines.ENGINES["sqlite3"]
        options = {**(known.options if known else {}), **self.options}
        if self.pooled:
            options["pool"] = self.pool_options
        return {
            "ENGINE": self.path,
            "NAME": engines.file_name(str(self.name), directory) if file else self.name,
            "HOST": self.host,
            "PORT": "" if self.port is None else self.port,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": options,
            "CONN_MAX_AGE": self.conn_max_age,
            "CONN_HEALTH_CHECKS": True,
            "ATOMIC_REQUESTS": self.atomic_requests,
        }

    def drivers(self) -> Iterator[str]:
        """The modules that have to be installed to use it."""
        known = engines.find(self.path)
        if known is None or not known.driver:
            return
        if self.pooled or not known.other or importlib.util.find_spec(known.other) is None:
            yield known.driver
        if self.pooled:
            yield "psycopg_pool"


def check_pool(alias: str, options: Mapping[str, Any]) -> None:
    """Make the pool as Django will, and open nothing. Raises ServiceError for what it does not take."""
    from psycopg_pool import ConnectionPool

    try:
        ConnectionPool(kwargs={}, open=False, configure=None, check=None, **options)
    except (TypeError, ValueError) as error:
        said = str(error).removeprefix("ConnectionPool.__init__() ")
        raise ServiceError(f"the database {alias!r} has a pool that cannot be made: {said}") from error


class DatabaseConnections(Config):
    """The databases of a service, by alias: Django's DATABASES, with or without DjangoSettings (DATABASE-1).

    ``default`` is the one used when none is named (DATABASE-2). Nothing connects before a database is used; all
    connections of a process are closed when it stops (DATABASE-5). Raises ValueError without a ``default``.
    """

    connections: Mapping[str, InstanceOf[Database]]

    needs_django: ClassVar[bool] = True

    def __init__(self, connections: Mapping[str, Database] | None = None, **unknown: Any) -> None:
        super().__init__(**({} if connections is None else {"connections": connections}), **unknown)

    @model_validator(mode="after")
    def check_default(self) -> DatabaseConnections:
        if DEFAULT not in self.connections:
            raise ValueError(f"one of the aliases has to be {DEFAULT!r}: the connection used when none is named")
        return self

    def dependencies(self) -> Sequence[str]:
        return [driver for database in self.connections.values() for driver in database.drivers()]

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        directory = service.project_directory
        return {"DATABASES": {alias: each.settings(directory) for alias, each in self.connections.items()}}

    def scope(self, service: Service) -> Scope:
        from utilmeta.core.orm.scope import scope_on

        return scope_on(service.backend, asynchronous=service.asynchronous)

    def setup(self, service: Service) -> None:
        """See that each engine, and its driver, can be imported, and have connections looked after from now on.

        Raises ServiceError naming the alias of one that cannot, of a pool that this Django does not have, and of one
        with parameters that psycopg does not take.
        """
        import django
        from django.core.exceptions import ImproperlyConfigured
        from django.db.utils import load_backend

        from utilmeta.core.orm import connection

        for alias, database in self.connections.items():
            try:
                load_backend(database.path)
            except (ImportError, ImproperlyConfigured) as error:
                raise ServiceError(f"the database {alias!r} has the engine {database.path!r}: {error}") from error

        pooled = [alias for alias, database in self.connections.items() if database.pooled]
        if pooled and django.VERSION < (5, 1):
            raise ServiceError(
                f"the database {pooled[0]!r} has a pool, which needs Django 5.1: pip install 'django>=5.1', or leave "
                "the pool out"
            )
        for alias in pooled:
            check_pool(alias, thawed(self.connections[alias].pool_options))
        connection.install()

    def migrate(self, alias: str = DEFAULT, /, *, wait: float = 60) -> None:
        """Run Django's migrations of a database, in a plain function such as a startup hook: of several workers that
        do so at once one does, and the others find it done (DATABASE-9).

        Raises KeyError for an alias that there is not, ServiceError when another worker has not done with it within
        ``wait`` seconds.
        """
        from utilmeta.core.orm import migration

        if alias not in self.connections:
            raise KeyError(f"there is no database {alias!r}; there are {', '.join(self.connections)}")
        migration.migrate(alias, wait)

    def shutdown(self, service: Service) -> None:
        from utilmeta.core.orm import connection

        connection.close_everywhere()
