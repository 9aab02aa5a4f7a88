"""The five configurations, which mean the same on every backend."""

from utilmeta import UtilMeta

from config.env import env


def configure(service: UtilMeta) -> None:
    """Inject them."""
    from utilmeta.conf import Preference, Time
    from utilmeta.core.cache import Cache, CacheConnections
    from utilmeta.core.cache.backends.redis import RedisCache
    from utilmeta.core.orm import Database, DatabaseConnections
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(
        DjangoSettings(
            apps_package="domain",
            secret_key=env.SECRET_KEY or None,
            extra={"DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField"},  # Django's own default before 6.0 is another
        )
    )
    service.use(
        DatabaseConnections(
            {
                "default": Database(
                    engine=env.DB_ENGINE,
                    name=env.DB_NAME,
                    host=env.DB_HOST,
                    port=env.DB_PORT if env.DB_HOST else None,
                    user=env.DB_USER,
                    password=env.DB_PASSWORD,
                )
            }
        )
    )
    service.use(
        CacheConnections(
            {
                "default": RedisCache(port=env.REDIS_PORT, password=env.REDIS_PASSWORD)
                if env.REDIS_PORT
                else Cache(engine="locmem")
            }
        )
    )
    service.use(Time(time_zone="UTC", datetime_format="%Y-%m-%dT%H:%M:%SZ"))
    service.use(Preference(strict_root_route=True, api_default_strict_response=True))
