"""``DatabaseConnections`` and ``Database``, the configuration of a service's databases (the chapter DATABASE)."""

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
LOCAL = "127.0.0.1"

# Of psycopg's pool, in seconds: how long a request waits for a connection, and how long the pool tries to open one. Its
# own default, 300, would have it pause for minutes after some minutes without a database.
POOL_DEFAULTS: Mapping[str, Any] = {"timeout": 5, "reconnect_timeout": 1}


def engine(name: str) -> str:
    """``name`` unchanged. Raises ValueError for an unknown engine."""
    engines.path_of(name)
    return name


def name(value: str | Path) -> str:
    """``value`` as a text. Raises ValueError for an empty one."""
    if not str(value):
        raise ValueError("it is empty")
    return str(value)


class Database(Value):
    """One database: its address and how connections to it are used. It becomes an entry of Django's DATABASES.

    Raises ValueError for an unknown engine, an empty name, a pool on an engine other than postgresql, and a pool beside
    a ``conn_max_age``.
    """

    name: Annotated[str | Path, AfterValidator(name)]
    """The name of the database. For SQLite a path relative to the project directory, ``:memory:`` or a ``file:`` URI
    (DATABASE-4)."""
    engine: Annotated[str, AfterValidator(engine)]
    """``"sqlite3"``, ``"postgresql"``, ``"mysql"`` or ``"oracle"``, or the dotted path of another engine for Django
    (DATABASE-1)."""
    host: str | None = None
    """The host of the server; None for 127.0.0.1 (CONFIG-g6), empty for a socket of this machine."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """The port of the server; None for the engine's own (CONFIG-g6)."""
    user: str = ""
    """The user that connects."""
    password: str = ""
    """The user's password; masked wherever the configuration is shown (CONFIG-3c)."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """The options of the driver, as Django's OPTIONS. Unless they say otherwise, connecting to PostgreSQL and MySQL
    takes 5 seconds at most, and a PostgreSQL that is silent for as long in a query is asked whether it is alive
    (DATABASE-5c, DATABASE-11)."""
    conn_max_age: Annotated[int, Field(ge=0)] | None = 0
    """How many seconds a plain endpoint's connection is kept for later requests in its thread; None for ever. A lost
    one is replaced. Connections of an ``async def`` endpoint are closed with its request."""
    pool: bool | Mapping[str, Any] = False
    """Whether plain and ``async def`` endpoints share psycopg's pool, or the pool's parameters; for PostgreSQL with
    Django 5.1 (DATABASE-7)."""
    atomic_requests: bool = False
    """Whether each request to a plain endpoint is one transaction, which an exception rolls back though a handler
    answers it; Django's ``non_atomic_requests`` excepts endpoints (DATABASE-10)."""

    @model_validator(mode="after")
    def check_pool(self) -> Database:
        """Raise ValueError for a pool that this engine or ``conn_max_age`` rules out."""
        if self.pooled and not self.path.endswith((".postgresql", ".postgis")):
            raise ValueError(f"a pool needs the engine postgresql, not {self.engine}")
        if self.pooled and self.conn_max_age != 0:
            raise ValueError("a pool keeps connections by itself; leave conn_max_age at 0")
        return self

    @property
    def path(self) -> str:
        """The import path of the engine, Django's ENGINE."""
        return engines.path_of(self.engine)

    @property
    def pooled(self) -> bool:
        """Whether there is a pool, by ``pool`` or by ``options``."""
        return self.pool is not False or bool(self.options.get("pool"))

    @property
    def pool_options(self) -> dict[str, Any]:
        """The parameters of the pool."""
        given = self.options.get("pool", self.pool)
        return {**POOL_DEFAULTS, **(given if isinstance(given, Mapping) else {})}

    def settings(self, directory: Path) -> dict[str, Any]:
        """The entry in Django's DATABASES; ``directory`` is the project's (DATABASE-1)."""
        known = engines.find(self.path)
        file = known is engines.ENGINES["sqlite3"]
        options = {**(known.options if known else {}), **self.options}
        if self.pooled:
            options["pool"] = self.pool_options
        host, port = self.host, self.port
        # A name of libpq's pg_service.conf, and a file of MySQL's options, say both themselves.
        if known and known.port and not {"service", "read_default_file"} & set(options):
            host = LOCAL if host is None else host
            port = port or known.port
        return {
            "ENGINE": self.path,
            "NAME": engines.file_name(str(self.name), directory) if file else self.name,
            "HOST": host or "",
            "PORT": port or "",
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": options,
            "CONN_MAX_AGE": self.conn_max_age,
            "CONN_HEALTH_CHECKS": True,
            "ATOMIC_REQUESTS": self.atomic_requests,
        }

    def drivers(self) -> Iterator[str]:
        """The modules that have to be installed to use the database."""
        known = engines.find(self.path)
        if known is None or not known.driver:
            return
        if self.pooled or not known.other or importlib.util.find_spec(known.other) is None:
            yield known.driver
        if self.pooled:
            yield "psycopg_pool"


def check_pool(alias: str, options: Mapping[str, Any]) -> None:
    """Raise ServiceError for parameters that psycopg's pool does not take; nothing is opened."""
    from psycopg_pool import ConnectionPool

    try:
        ConnectionPool(kwargs={}, open=False, configure=None, check=None, **options)
    except (TypeError, ValueError) as error:
        said = str(error).removeprefix("ConnectionPool.__init__() ")
        raise ServiceError(f"the database {alias!r} has a pool that cannot be made: {said}") from error


class DatabaseConnections(Config):
    """The databases of a service by alias, Django's DATABASES; it works without DjangoSettings too (DATABASE-3).

    Nothing connects before a database is used; all connections of a process are closed when it stops (DATABASE-5).
    Raises ValueError without the alias ``default``.
    """

    connections: Mapping[str, InstanceOf[Database]]
    """The databases by alias; ``default`` is used where no alias is named (DATABASE-1, DATABASE-2)."""

    needs_django: ClassVar[bool] = True

    def __init__(self, connections: Mapping[str, Database] | None = None, **unknown: Any) -> None:
        super().__init__(**({} if connections is None else {"connections": connections}), **unknown)

    @model_validator(mode="after")
    def check_default(self) -> DatabaseConnections:
        """Raise ValueError without a ``default``."""
        if DEFAULT not in self.connections:
            raise ValueError(f"one of the aliases has to be {DEFAULT!r}: the connection used when none is named")
        return self

    def dependencies(self) -> Sequence[str]:
        """The drivers of the databases."""
        return [driver for database in self.connections.values() for driver in database.drivers()]

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        """DATABASES."""
        directory = service.project_directory
        return {"DATABASES": {alias: each.settings(directory) for alias, each in self.connections.items()}}

    def scope(self, service: Service) -> Scope:
        """The scope that closes and checks connections around requests and hooks."""
        from utilmeta.core.orm.scope import scope_on

        return scope_on(service.backend, asynchronous=service.asynchronous)

    def setup(self, service: Service) -> None:
        """Import each engine with its driver, and track connections from now on.

        Raises ServiceError naming the alias where an engine cannot be imported, where this Django has no pools, and
        where psycopg does not take the parameters of a pool.
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
        """Run Django's migrations of the database ``alias``; call it in a plain function such as a startup hook.

        Of several workers that call it at once one migrates, and the others wait for that (DATABASE-9). Raises KeyError
        for an unknown alias, ServiceError where another worker has not finished within ``wait`` seconds.
        """
        from utilmeta.core.orm import migration

        if alias not in self.connections:
            raise KeyError(f"there is no database {alias!r}; there are {', '.join(self.connections)}")
        migration.migrate(alias, wait)

    def shutdown(self, service: Service) -> None:
        """Close the connections of all threads (DATABASE-5a)."""
        from utilmeta.core.orm import connection

        connection.close_everywhere()
