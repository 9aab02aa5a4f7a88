"""What a type checker sees of an Env; checked with the package, never run."""

from typing_extensions import assert_type

from utilmeta.conf import Env


class ServiceEnvironment(Env):
    PRODUCTION: bool = False
    DB_PASSWORD: str
    REPLICAS: list[str] = []


env = ServiceEnvironment(sys_env="DEMO_", file="config.json")
assert_type(env.PRODUCTION, bool)
assert_type(env.DB_PASSWORD, str)
assert_type(env.REPLICAS, list[str])
ServiceEnvironment(DB_PASSWORD="x")  # type: ignore[call-arg]
misspelt = env.DB_PASWORD  # type: ignore[attr-defined]
