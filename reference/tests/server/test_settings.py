"""Django's settings: what they are made of, what wins, what is refused. One process a service: scripts."""

from __future__ import annotations

import pytest
from project import Project

from utilmeta.conf.django import DjangoSettings


def test_bad_keywords_are_errors_without_their_values() -> None:
    with pytest.raises(TypeError, match="secret_keys"):
        DjangoSettings(secret_keys="hidden")
    with pytest.raises(TypeError, match="apps") as refused:
        DjangoSettings(apps="hidden")
    assert "hidden" not in str(refused.value)
    with pytest.raises(ValueError, match="'debug'"):
        DjangoSettings(extra={"debug": True})


def test_no_secret_shows_in_a_repr() -> None:
    shown = repr(
        DjangoSettings(
            secret_key="hidden",
            extra={"DATABASES": {"default": {"PASSWORD": "hidden", "NAME": "open"}}, "URL": "amqp://me:hidden@host"},
        )
    )
    assert "hidden" not in shown
    assert "open" in shown


@pytest.mark.parametrize("backend", ["django", "flask"])
def test_keywords_win_over_the_module_which_wins_over_defaults(project: Project, backend: str) -> None:
    project.write("urls.py", "urlpatterns = []")
    project.passes(
        f"""
        import os, sys
        MINE, DATA_UPLOAD_MAX_NUMBER_FILES, SECRET_KEY, ROOT_URLCONF = "mine", 1000, "of the module", "urls"
        APPEND_SLASH = False
        service = UtilMeta(__name__, backend={backend!r}, api=RootAPI, production=True, allowed_hosts=["a"])
        service.use(DjangoSettings(secret_key="given", middleware=[], extra={{"OTHER": [1], "MINE": "given"}}))
        from django.conf import settings
        assert not settings.configured
        globals()["DECLARED_LATE"] = 1
        service.setup()
        assert (settings.SECRET_KEY, settings.MINE, settings.OTHER) == ("given", "given", [1])
        assert (settings.DATA_UPLOAD_MAX_NUMBER_FILES, settings.DECLARED_LATE) == (1000, 1)
        assert (settings.ROOT_URLCONF, settings.ALLOWED_HOSTS, settings.MIDDLEWARE) == ("urls", ["a"], [])
        assert settings.PRODUCTION is True and settings.DEBUG is False
        assert settings.SETTINGS_MODULE == "__main__" and "DJANGO_SETTINGS_MODULE" not in os.environ
        assert "server" not in sys.modules and not settings.APPEND_SLASH
        from django.core.management import call_command
        call_command("check")
        """
    )


@pytest.mark.parametrize("named", ["keyword", "variable", "both"])
def test_a_settings_module_is_imported_once_and_agrees_with_the_variable(project: Project, named: str) -> None:
    project.write("config/settings.py", "print('imported')\nMINE = 'of the module'\nSECRET_KEY = 'x'\nTIME_ZONE='UTC'")
    variables = {} if named == "keyword" else {"DJANGO_SETTINGS_MODULE": "config.settings"}
    keyword = "" if named == "variable" else "module_name='config.settings'"
    written = project.passes(
        f"""
        import os, time
        IGNORED = 1
        service = UtilMeta(__name__, backend="flask", api=RootAPI)
        service.use(DjangoSettings({keyword}))
        service.setup()
        from django.conf import settings
        assert settings.MINE == "of the module" and not hasattr(settings, "IGNORED")
        assert os.environ["DJANGO_SETTINGS_MODULE"] == settings.SETTINGS_MODULE == "config.settings"
        assert time.tzname[0] == "UTC"
        """,
        **variables,
    )
    assert written == "imported\n"


def test_the_file_of_the_service_named_as_settings_module_is_not_imported_again(project: Project) -> None:
    project.passes(
        """
        MINE = 1
        service = UtilMeta(__name__, backend="django")
        service.use(DjangoSettings(module_name="server"))
        service.setup()
        from django.conf import settings
        assert settings.MINE == 1
        """
    )


def test_a_missing_settings_module_is_named(project: Project) -> None:
    project.passes(
        """
        service = UtilMeta(__name__, backend="django")
        service.use(DjangoSettings(module_name="config.setings"))
        message = error(service.setup)
        assert "SettingsError" in message and "'config.setings'" in message and "no module 'config'" in message
        """
    )


def test_djangos_own_command_finds_the_settings_in_the_module_of_the_service(project: Project) -> None:
    project.write("shop/__init__.py")
    project.write(
        "shop/models.py", "from django.db import models\nclass Item(models.Model):\n    name = models.TextField()\n"
    )
    project.serve(
        """
        service = UtilMeta(__name__, backend="django", api=RootAPI)
        service.use(DjangoSettings(apps=["shop"], extra={"MINE": "given"}))
        app = service.application()
        """
    )
    done = project.python("-m", "django", "diffsettings", DJANGO_SETTINGS_MODULE="server")
    assert "MINE = 'given'  ###" in done.stdout, done.stderr
    assert "INSTALLED_APPS = ['shop']" in done.stdout
    assert "SETTINGS_MODULE = 'server'" in done.stdout


CONTRADICTIONS = {
    "two keywords": ("SECRET_KEY", "", "DjangoSettings(secret_key='hidden a', extra={'SECRET_KEY': 'hidden b'})"),
    "keyword and argument": ("ALLOWED_HOSTS", "", "DjangoSettings(allowed_hosts=['a'])"),
    "argument and module": ("ALLOWED_HOSTS", "ALLOWED_HOSTS = ['a']", "DjangoSettings()"),
    "default production and module": ("DEBUG", "DEBUG = False", "DjangoSettings()"),
    "default production and extra": ("PRODUCTION", "", "DjangoSettings(extra={'PRODUCTION': True})"),
    "another configuration and module": ("MINE", "MINE = 1", "Mine()"),
    "another configuration and extra": ("MINE", "", "DjangoSettings(extra={'MINE': 1})"),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_sources_that_contradict_each_other_are_an_error_naming_both(project: Project, case: str) -> None:
    setting, declaration, config = CONTRADICTIONS[case]
    project.passes(
        f"""
        from utilmeta.conf import Config
        class Mine(Config):
            def django_settings(self, service): return {{"MINE": 2}}

        {declaration}
        service = UtilMeta(__name__, backend="django", allowed_hosts=["b"])
        service.use({config})
        if service.get_config(Mine) is None:
            service.use(Mine())
        message = error(service.setup)
        assert message.startswith("SettingsError: {setting} is said twice"), message
        assert message.count("DjangoSettings(") + message.count("UtilMeta(") + message.count("module '__main__'") + (
            message.count("by Mine")) == 2, message
        assert "hidden" not in message
        """
    )


def test_production_given_wins_over_the_modules_debug(project: Project) -> None:
    project.passes(
        """
        DEBUG, SECRET_KEY = True, "x"
        service = UtilMeta(__name__, backend="django", production=True)
        service.setup()
        from django.conf import settings
        assert settings.DEBUG is False
        assert service.django_settings["DEBUG"].over == "the settings module '__main__'"
        """
    )


@pytest.mark.parametrize("backend", ["django", "flask"])
def test_allowed_hosts_of_a_module_are_the_services(project: Project, backend: str) -> None:
    project.passes(
        f"""
        ALLOWED_HOSTS, USE_X_FORWARDED_HOST = ["example.org"], True
        service = UtilMeta(__name__, backend={backend!r}, api=RootAPI)
        service.use(DjangoSettings())
        assert service.allowed_hosts is None
        app = service.application()
        assert service.allowed_hosts == ("example.org",)
        from wsgiref.util import setup_testing_defaults
        def ask(**headers):
            environ, status = {{"PATH_INFO": "/hello", **headers}}, []
            setup_testing_defaults(environ)
            list(app(environ, lambda said, headers: status.append(said[:3])))
            return status[0]
        assert ask(HTTP_HOST="example.org") == ask(HTTP_HOST="here", HTTP_X_FORWARDED_HOST="example.org") == "200"
        assert ask(HTTP_HOST="example.com") == ask(HTTP_HOST="example.org", HTTP_X_FORWARDED_HOST="evil") == "400"
        """
    )


def test_a_setup_that_failed_is_no_setup(project: Project) -> None:
    project.passes(
        """
        service = UtilMeta(__name__, backend="django", production=True)
        assert error(service.setup) == error(service.application)
        """
    )


# --- Django that the user has configured ---


@pytest.mark.parametrize(("adapted", "outcome"), [(True, "one warning"), (False, "an error")])
def test_time_gives_way_to_the_project_that_a_service_is_adapted_into(
    project: Project, adapted: bool, outcome: str
) -> None:
    project.passes(
        f"""
        import django, io, logging
        from django.conf import settings
        from utilmeta.conf import Time
        settings.configure(SECRET_KEY="theirs", USE_TZ=True, TIME_ZONE="Asia/Tokyo", ROOT_URLCONF="server")
        django.setup()
        log = io.StringIO()
        logging.getLogger("utilmeta").addHandler(logging.StreamHandler(log))
        service = UtilMeta(__name__, backend="django", production=False, api=RootAPI)
        service.use(Time(use_tz=False, time_zone="UTC"))
        if {adapted}:
            service.adapt(django, route="/a")
            service.adapt(django, route="/b")
            assert log.getvalue().count("Time") == 1 and "USE_TZ=True" in log.getvalue(), log.getvalue()
            assert str(service.get_config(Time).zone) == "UTC"
        else:
            assert "is said twice" in error(service.setup)
        assert (settings.USE_TZ, settings.TIME_ZONE) == (True, "Asia/Tokyo")
        """
    )


def test_settings_in_force_stay_and_what_can_be_added_is(project: Project) -> None:
    project.passes(
        """
        from utilmeta.conf import Config
        class Database(Config):
            needs_django = True
            def django_settings(self, service):
                return {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}

        import django
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.db import connections
        settings.configure(SECRET_KEY="theirs", MINE=1, DEBUG=True, ROOT_URLCONF="server")
        application = get_wsgi_application()
        assert connections.settings["default"]["ENGINE"] == "django.db.backends.dummy"
        service = UtilMeta(__name__, backend=application, production=True)
        service.use(DjangoSettings(extra={"MINE": 2, "OTHER": 3})).use(Database())
        service.setup()
        assert (settings.SECRET_KEY, settings.MINE, settings.OTHER, settings.DEBUG) == ("theirs", 2, 3, False)
        assert (settings.ALLOWED_HOSTS, service.allowed_hosts, settings.PRODUCTION) == ([], None, True)
        with connections["default"].cursor() as cursor:
            assert cursor.execute("select 1").fetchall() == [(1,)]
        """
    )


@pytest.mark.parametrize(
    ("keyword", "setting", "reason"),
    [
        ("apps=['shop']", "INSTALLED_APPS", "Django has been set up already"),
        ("middleware=['shop.middleware']", "MIDDLEWARE", "the injected application has its middleware already"),
        ("extra={'CACHES': {}}", "CACHES", "a connection is open already"),
        ("module_name='config'", "'config'", "in force already, configured by hand"),
    ],
)
def test_what_comes_too_late_is_an_error_that_says_so(
    project: Project, keyword: str, setting: str, reason: str
) -> None:
    project.passes(
        f"""
        from django.conf import settings
        from django.core.cache import cache
        from django.core.wsgi import get_wsgi_application
        settings.configure(SECRET_KEY="theirs")
        application = get_wsgi_application()
        cache.get("x")
        service = UtilMeta(__name__, backend=application)
        service.use(DjangoSettings({keyword}))
        message = error(service.setup)
        assert "SettingsError" in message and {setting!r} in message and {reason!r} in message, message
        """
    )


# --- apps_package ---


def test_every_app_directly_in_a_package_is_found_and_nothing_else(project: Project) -> None:
    project.write("domain/__init__.py")
    project.write("domain/a/apps.py", "from django.apps import AppConfig\nclass A(AppConfig):\n    name = 'domain.a'")
    project.write("domain/b/models.py")
    project.write("domain/c/models/__init__.py")
    project.write("domain/d/migrations/__init__.py")
    project.write("domain/plain/__init__.py", "raise RuntimeError('imported')")
    project.write("domain/plain/inner/models.py")
    project.write("domain/module.py", "raise RuntimeError('imported')")
    project.passes(
        """
        service = UtilMeta(__name__, backend="starlette")
        apps = ["django.contrib.contenttypes", "domain.a.apps.A"]
        service.use(DjangoSettings(apps=apps, apps_package="domain"))
        service.setup()
        from django.conf import settings
        assert settings.INSTALLED_APPS == [*apps, "domain.b", "domain.c", "domain.d"]
        """
    )


def test_several_packages_are_searched_in_their_order_and_an_app_is_there_once(project: Project) -> None:
    for name in ("one/b", "one/c", "two/a"):
        project.write(f"{name}/models.py")
    project.passes(
        """
        service = UtilMeta(__name__, backend="starlette")
        service.use(DjangoSettings(apps=["two.a"], apps_package=("two", "one", "two")))
        service.setup()
        from django.conf import settings
        assert settings.INSTALLED_APPS == ["two.a", "one.b", "one.c"]
        """
    )


def test_an_app_is_known_by_its_appconfig_wherever_that_is_in_it(project: Project) -> None:
    def config(name: str) -> str:
        return f"from django.apps import AppConfig\nclass Own(AppConfig):\n    name = '{name}'"

    for name in ("a", "b", "c", "d"):
        project.write(f"pk/{name}/models.py")
    project.write("pk/__init__.py")
    project.write("pk/a/config.py", config("pk.a"))
    project.write("pk/b/deep/own.py", config("pk.b"))
    project.write("pk/c/__init__.py", config("pk.c"))
    project.write("pk/d/inner/models.py")
    project.write("pk/d/inner/config.py", config("pk.d.inner"))
    project.passes(
        """
        service = UtilMeta(__name__, backend="starlette")
        apps = ["pk.a.config.Own", "pk.b.deep.own.Own", "pk.c.Own", "pk.d.inner.config.Own"]
        service.use(DjangoSettings(apps=[*apps, "pk.a.config.Own"], apps_package="pk"))
        service.setup()
        from django.conf import settings
        assert settings.INSTALLED_APPS == [*apps, "pk.d"], settings.INSTALLED_APPS
        """
    )


def test_a_package_of_apps_needs_no_module_of_its_own(project: Project) -> None:
    project.write("outer/inner/one/models.py")
    project.passes(
        """
        service = UtilMeta(__name__, backend="starlette")
        service.use(DjangoSettings(apps_package="outer.inner"))
        service.setup()
        from django.conf import settings
        assert settings.INSTALLED_APPS == ["outer.inner.one"], settings.INSTALLED_APPS
        """
    )


def test_an_app_that_is_listed_twice_is_there_once(project: Project) -> None:
    project.write("shop/models.py")
    project.passes(
        """
        service = UtilMeta(__name__, backend="starlette")
        service.use(DjangoSettings(apps=["shop", "django.contrib.humanize", "shop"]))
        service.setup()
        from django.conf import settings
        assert settings.INSTALLED_APPS == ["shop", "django.contrib.humanize"], settings.INSTALLED_APPS
        """
    )


@pytest.mark.parametrize(
    ("package", "words"),
    [("domian", "no package 'domian'"), ("json.tool", "'json.tool' is a module"), ("json.no", "no package 'json.no'")],
)
def test_a_package_that_is_none_is_named(project: Project, package: str, words: str) -> None:
    project.passes(
        f"""
        service = UtilMeta(__name__, backend="django")
        service.use(DjangoSettings(apps_package={package!r}))
        message = error(service.setup)
        assert "apps_package={package!r}" in message and {words!r} in message, message
        """
    )
