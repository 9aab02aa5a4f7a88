"""Services whose Django settings the checks of DJANGO look at: what each is given, and what it answers.

One probe a variant (scenario django_settings.py) starts them all, each in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.foundation import seeded_random
from conformance.target.target import Target

Case = dict[str, Any]

MODEL = "from django.db import models\nclass Note(models.Model):\n    word = models.TextField()\n"
MEMORY = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
BROKEN = "raise RuntimeError('a plain folder is imported')\n"
IMPORTED = "import sys\nsys.imported = [*getattr(sys, 'imported', []), __name__]\n"
AT_ONCE = ("first", "second", "third")
PLANTED = ("link", "FIFO", "directory")


def word(name: str) -> str:
    """A random word for a name, the same for everyone who asks in a run."""
    return f"{name}{seeded_random.of('django', name).getrandbits(48):012x}"


def shouted(name: str) -> str:
    """The random word in capital letters, as Django names a setting."""
    return word(name).upper()


def secret(name: str) -> str:
    """A random text, as long as Django wants a secret key to be."""
    return word(name) * 4


def settled(**case: Any) -> Case:
    """Case in which the service's settings are read after `setup()`."""
    return {"do": "settled", **case}


def module_of(*lines: str) -> str:
    """Source of a module that notes its import, then runs these lines."""
    return IMPORTED + "".join(f"{line}\n" for line in lines)


def cases_of_keywords() -> dict[str, Case]:
    """Cases about the keywords of DjangoSettings."""
    mine, own = shouted("MINE"), shouted("OWN")
    keywords = {
        "secret_key": secret("key"),
        "apps": ["django.contrib.humanize", word("app")],
        "middleware": [f"{word('app')}.{name}" for name in ("second", "first")],
        "extra": {mine: word("extra"), "DATA_UPLOAD_MAX_NUMBER_FILES": 4711},
    }
    read = ["SECRET_KEY", "INSTALLED_APPS", "MIDDLEWARE", mine, own, "DATA_UPLOAD_MAX_NUMBER_FILES"]
    server = word("declaring")
    source = [
        "from django_settings import constructed, use",
        f"{own} = {word('own')!r}",
        "DATA_UPLOAD_MAX_NUMBER_FILES = 42",
        f"service = use(constructed(__name__, production=False), {{'secret_key': {secret('key')!r}}})",
    ]
    app = {f"{word('app')}/__init__.py": "first = second = lambda get_response: get_response\n"}
    production = {"service": {"production": True}}
    return {
        "keywords": settled(files=app, settings=keywords, read=read),
        "declaring": {
            "do": "declaring",
            "files": {f"{server}.py": "\n".join(source)},
            "module": server,
            "read": [own, "DATA_UPLOAD_MAX_NUMBER_FILES"],
        },
        "live module": settled(
            declared={own: word("own"), "DATA_UPLOAD_MAX_NUMBER_FILES": 42},
            settings={"secret_key": secret("key")},
            read=[own, "DATA_UPLOAD_MAX_NUMBER_FILES", "BEGAN"],
        ),
        "in production": settled(settings={"secret_key": secret("key")}, read=["PRODUCTION", "DEBUG"], **production),
        "in development": settled(settings={"secret_key": secret("key")}, read=["PRODUCTION", "DEBUG"]),
        "without a key": settled(settings={}, **production),
        "with an empty key": settled(settings={"secret_key": ""}, **production),
    }


def cases_of_modules() -> dict[str, Case]:
    """Cases about a settings module."""
    mine, own, module = shouted("MINE"), shouted("OWN"), f"{word('package')}.{word('module')}"
    text = module_of(
        f"{mine} = {word('module')!r}",
        f"SECRET_KEY = {secret('modulekey')!r}",
        "DATA_UPLOAD_MAX_NUMBER_FILES = 42",
        "ALLOWED_HOSTS = ['example.org']",
    )
    files = {f"{module.replace('.', '/')}.py": text}
    read = [mine, own, "CHANGED", "SECRET_KEY", "DATA_UPLOAD_MAX_NUMBER_FILES", "ALLOWED_HOSTS"]
    keywords = {"module_name": module, "secret_key": secret("key"), "extra": {"DATA_UPLOAD_MAX_NUMBER_FILES": 4711}}
    named = settled(files=files, declared={own: 1}, read=read)
    alone = module_of(f"{mine} = {word('module')!r}", "DATA_UPLOAD_MAX_NUMBER_FILES = 42")
    environment = {"DJANGO_SETTINGS_MODULE": module}
    return {
        "module alone": settled(
            files={f"{word('alone')}.py": alone},
            settings={"module_name": word("alone"), "secret_key": secret("key")},
            read=[mine, "DATA_UPLOAD_MAX_NUMBER_FILES"],
        ),
        "module": {**named, "settings": {"module_name": module}},
        "module imported before": {**named, "settings": {"module_name": module}, "first": [module]},
        "module of the environment": {**named, "settings": {}, "environment": environment},
        "keywords over a module": {**named, "settings": keywords},
        "no such module": settled(settings={"module_name": word("nowhere")}),
        "two modules": {**named, "settings": {"module_name": word("nowhere")}, "environment": environment},
    }


def cases_of_contradictions() -> dict[str, Case]:
    """Cases in which two sources disagree, or settings come too late."""
    mine = shouted("MINE")
    extra = {"secret_key": secret("key"), "extra": {"SECRET_KEY": secret("other")}}
    hosts = {"secret_key": secret("key"), "allowed_hosts": ["example.org"]}
    by_hand = {"SECRET_KEY": secret("theirs"), mine: word("theirs"), "INSTALLED_APPS": ["django.contrib.humanize"]}
    settings = {"extra": {shouted("OWN"): word("own")}}
    return {
        "keyword and extra": settled(settings=extra),
        "both allowed_hosts": settled(settings=hosts, service={"allowed_hosts": ["example.com"]}),
        "debug of a module": settled(
            service={"production": None}, declared={"DEBUG": False}, settings={"secret_key": secret("key")}
        ),
        "configured by hand": settled(
            configured=by_hand, settings=settings, read=["SECRET_KEY", mine, shouted("OWN"), "INSTALLED_APPS"]
        ),
        "apps too late": settled(configured=by_hand, settings={"apps": ["django.contrib.auth"]}),
    }


def cases_of_apps() -> dict[str, Case]:
    """Cases about the apps of `apps_package`."""
    package, app = word("package"), word("app")
    files = {
        f"{package}/__init__.py": "",
        f"{package}/with_apps/__init__.py": "",
        f"{package}/with_apps/apps.py": (
            f"from django.apps import AppConfig\nclass A(AppConfig):\n    name = '{package}.with_apps'\n"
        ),
        f"{package}/with_models/models.py": MODEL,
        f"{package}/with_model_package/models/__init__.py": "",
        f"{package}/{app}/migrations/__init__.py": "",
        f"{package}/plain/__init__.py": BROKEN,
        f"{package}/plain/deeper/models.py": BROKEN,
        f"{package}/models_of_nobody.py": BROKEN,
        f"{package}/data/models.csv": "",
    }
    settings = {"secret_key": secret("key"), "apps_package": package}
    whole = word("whole")
    whole_files = {f"{whole}/__init__.py": ""}
    for name in ("first", "second"):
        config = f"from django.apps import AppConfig\nclass A(AppConfig):\n    name = '{whole}.{name}'\n"
        whole_files |= {
            f"{whole}/{name}/__init__.py": "",
            f"{whole}/{name}/apps.py": config,
            f"{whole}/{name}/models.py": MODEL,
            f"{whole}/{name}/migrations/__init__.py": "",
        }
    models = {f"{app}/__init__.py": "", f"{app}/models.py": MODEL}
    with_models = {"secret_key": secret("key"), "apps": [app], "extra": {"DATABASES": MEMORY}}
    return {
        "whole apps": settled(files=whole_files, settings={**settings, "apps_package": whole}, read=["INSTALLED_APPS"]),
        "apps_package": settled(files=files, settings=settings, read=["INSTALLED_APPS"]),
        "models": {
            "do": "model",
            "files": models,
            "module": f"{app}.models",
            "settings": with_models,
            "word": word("row"),
        },
        "no DjangoSettings": settled(settings=None, read=["BEGAN"]),
    }


def cases_of_the_command() -> dict[str, Case]:
    """Cases about the command that shows the settings."""
    server, mine = word("server"), shouted("MINE")
    address = f"redis://me:{secret('hidden')}@example.org/0"
    text = "\n".join(
        [
            "from django_settings import constructed, use",
            f"{mine} = {word('module')!r}",
            f"SECRET_KEY = {secret('hidden')!r}",
            "DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000",  # which is Django's own
            "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:', "
            f"'PASSWORD': {secret('hidden')!r}}}}}",
            f"service = use(constructed(__name__, production=False), {{'extra': {{'ADDRESS': {address!r}}}}})",
        ]
    )
    files = {f"{server}.py": text}
    return {
        "command": {"do": "command", "files": files, "arguments": ["settings", f"{server}:service"]},
        "command astray": {"do": "command", "files": files, "arguments": ["settings", f"{server}:{word('nobody')}"]},
    }


def keys(project: str, state: str) -> Case:
    """Case in which the secret key of a project in development is read, kept in the folder `state`."""
    return {"do": "key", "project": project, "state": state}


def planted(kind: str) -> Case:
    """Case in which the file of the secret key is a link, a FIFO or a directory beforehand."""
    return {"do": "planted", "project": "project", "state": "state", "kind": kind, "text": secret("victim")}


@dataclass(frozen=True)
class Told:
    """Answers of the services, by the names of their cases."""

    answers: dict[str, Case]

    def value(self, name: str) -> Any:
        """What the case returned; AssertionError where it raised."""
        answer = self.answers[name]
        assert "value" in answer, f"{name}: {answer}"
        return answer["value"]

    def refusal(self, name: str) -> str:
        """Message of the error that the case raised; AssertionError where it returned."""
        answer = self.answers[name]
        assert "message" in answer, f"{name}: no error, but {answer}"
        assert answer["types"] != [], answer["message"]
        return str(answer["message"])


def tell(target: Target) -> Told:
    """Ask all services at once, then those about the secret key that have to come after others."""
    cases = {
        **cases_of_keywords(),
        **cases_of_modules(),
        **cases_of_contradictions(),
        **cases_of_apps(),
        **cases_of_the_command(),
        **{f"{name} key": keys("project", "state") for name in AT_ONCE},
    }
    later = {
        "key again": keys("project", "state"),
        "key of another project": keys("other project", "state"),
        "key of another user": keys("project", "other state"),
    }
    last = {f"planted {kind}": planted(kind) for kind in PLANTED}
    return Told(target.probe("django_settings", "answers", stages=[cases, later, last]).value)
