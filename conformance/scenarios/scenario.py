"""Settings of a scenario, read from SCENARIO_ variables: backend, mode, nonce, and keywords left out when unset."""

import functools
import json
import os
import sys
import tempfile
import traceback
from urllib.parse import parse_qs, urlsplit

BACKEND = os.environ["SCENARIO_BACKEND"]
ASYNCHRONOUS = os.environ["SCENARIO_MODE"] == "async"
NONCE = os.environ.get("SCENARIO_NONCE", "")
# Always said, but for the checks and the scenario (application_hello_world.py) that are about leaving it out.
PRODUCTION = os.environ.get("SCENARIO_PRODUCTION") == "1"


def in_mode(function):
    """On an asynchronous variant the endpoint becomes an `async def` of the same signature; a plain one otherwise."""
    if not ASYNCHRONOUS:
        return function

    @functools.wraps(function)
    async def endpoint(*args, **kwargs):
        return function(*args, **kwargs)

    return endpoint


def with_a_key(service):
    """The service, which has a secret key where Django asks for one: in production. With SCENARIO_SECRET that is a
    setting of Django's too, beside Django's CommonMiddleware."""
    secret = os.environ.get("SCENARIO_SECRET")
    if BACKEND == "django" and (getattr(service, "production", PRODUCTION) or secret):
        more = {"middleware": ["django.middleware.common.CommonMiddleware"], "extra": {"OWN_ADDRESS": secret}}
        try:
            from utilmeta.core.server.backends.django import DjangoSettings

            settings = DjangoSettings(secret_key=NONCE or "key of a probe", **(more if secret else {}))
        except (ImportError, TypeError):  # an implementation that does not have them yet
            return service
        service.use(settings)
    return service


def flag(text):
    """`1` is True, `0` is False."""
    return {"1": True, "0": False}[text]


def given(**readers):
    """The keyword arguments that the environment gives: `given(port=int)` reads SCENARIO_PORT and is empty without."""
    return {
        name: reader(os.environ[f"SCENARIO_{name.upper()}"])
        for name, reader in readers.items()
        if f"SCENARIO_{name.upper()}" in os.environ
    }


def queried(request, name):
    """The first text that the query of a request has under a name, `""` without one: as its URL says, for what else
    tells the query is a promise of its own."""
    return parse_qs(urlsplit(str(request.url)).query, keep_blank_values=True).get(name, [""])[0]


def described(error):
    """The names of an exception's class and of the bases of that, and its message."""
    return {"types": [kind.__name__ for kind in type(error).__mro__], "message": str(error)}


def raised(function, *arguments, **options):
    """What a call raises, as `described` has it; None where it raises nothing."""
    try:
        function(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return described(error)
    return None


def apart(function):
    """What a function returns in a child process, which must be JSON, and what is printed there; RuntimeError with that
    if it returns nothing."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            for descriptor in (1, 2):
                os.dup2(printed.fileno(), descriptor)
            try:
                told.write(json.dumps(function()).encode())
                told.flush()
            except BaseException:  # noqa: BLE001 - it is printed, and the parent says so
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)
        os.waitpid(child, 0)
        told.seek(0)
        printed.seek(0)
        value, output = told.read(), printed.read().decode(errors="replace")
    if not value:
        raise RuntimeError(output)
    return json.loads(value), output
