"""What a service mounts: its root API, and others beside it. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path

from script import HEAD, passes

ASKING = (
    HEAD
    + """
class OtherAPI(api.API):
    @api.get
    def other(self):
        return "other"

def told(service, *paths):
    client = service.application().test_client()
    for path in paths:
        answer = client.get(path)
        print(path, answer.text if answer.status_code == 200 else answer.status_code)
"""
)


def asked(folder: Path, text: str) -> list[str]:
    return passes(folder, text, head=ASKING).stdout.splitlines()


def test_what_is_mounted_alone_is_the_root_api(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask")
        assert service.mount("RootAPI", route="/api") == "RootAPI"
        told(service, "/api/hello", "/hello", "/api/api/hello")
        """,
    )
    assert found == ["/api/hello world", "/hello world", "/api/api/hello 404"]


def test_mount_decorates_a_class(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        from utilmeta.conf import Preference
        service = UtilMeta(__name__, name="shop", backend="flask", route="v1")
        service.use(Preference(strict_root_route=True))

        @service.mount(route="/api")
        class MountedAPI(RootAPI):
            pass

        assert isinstance(MountedAPI, type)
        told(service, "/v1/api/hello", "/api/hello", "/hello")
        """,
    )
    assert found == ["/v1/api/hello world", "/api/hello 404", "/hello 404"]


def test_several_are_each_at_their_route(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask")
        service.mount(RootAPI, "/api")
        service.mount(OtherAPI, "/other")
        told(service, "/api/hello", "/other/other", "/hello", "/other")
        """,
    )
    assert found == ["/api/hello world", "/other/other other", "/hello 404", "/other 404"]


def test_a_class_that_is_given_twice_for_one_place_is_there_once(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask", api=RootAPI, route="/api")
        service.mount(RootAPI)
        service.mount("RootAPI", "/")
        service.mount(OtherAPI, "/api")
        told(service, "/api/hello", "/hello", "/api/api/hello", "/api/api/other")
        """,
    )
    assert found == ["/api/hello world", "/hello world", "/api/api/hello 404", "/api/api/other other"]


def test_a_root_api_that_is_mounted_at_another_route_is_there_too(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask", api=RootAPI, route="/v1")
        service.mount(RootAPI, "/v1")
        service.mount("RootAPI", "/v2")
        told(service, "/v1/hello", "/v1/v1/hello", "/v1/v2/hello", "/v2/v2/hello")
        """,
    )
    assert found == ["/v1/hello world", "/v1/v1/hello world", "/v1/v2/hello world", "/v2/v2/hello 404"]


def test_what_cannot_be_mounted_is_refused_at_once(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask")
        print(error(service.mount, 0))
        print(error(service.mount, RootAPI, "https://example.com"))
        print(error(service.mount, route="{id}"))
        service.application()
        print(error(service.mount, route="/late"))
        """,
    )
    assert [line.partition(":")[0] for line in found] == ["TypeError", "ValueError", "ValueError", "ServiceError"]


def test_a_service_is_put_into_an_application_once_at_a_route(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        import flask

        app, other = flask.Flask("app"), flask.Flask("other")
        service = UtilMeta(__name__, name="shop", backend="flask", production=False, api=RootAPI)
        service.adapt(app)
        service.adapt(app, "/v1")
        service.adapt(other, "/v1")
        print(error(service.adapt, app, "v1/"))
        print(error(service.adapt, app))
        assert error(service.adapt, app, 0).startswith("TypeError: route takes a path")
        """,
    )
    refused = "ServiceError: the service is in this application at %s already"
    assert [line.partition(";")[0] for line in found] == [refused % "'/v1'", refused % "'/'"]


def test_a_service_is_put_into_its_own_application_once_at_a_route(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        import flask

        service = UtilMeta(__name__, name="shop", backend=flask.Flask("app"), api=RootAPI)
        service.adapt("/v1")
        print(error(service.adapt, "/v1"))
        service.adapt("/v2")
        told(service, "/v1/hello", "/v2/hello")
        """,
    )
    assert found[0].startswith("ServiceError: the service is in this application at '/v1' already")
    assert found[1:] == ["/v1/hello world", "/v2/hello world"]


def test_what_application_has_put_into_its_own_application_adapt_does_not_put_there_again(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        import flask

        service = UtilMeta(__name__, name="shop", backend=flask.Flask("app"), api=RootAPI)
        service.application()
        print(error(service.adapt, "/"))
        """,
    )
    assert found[0].startswith("ServiceError: the service is in this application at '/' already")


def test_adapt_with_a_route_alone_is_about_its_own_application(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        import flask

        app = flask.Flask(__name__)
        app.add_url_rule("/native", "native", lambda: "native")
        service = UtilMeta(__name__, name="shop", backend=app, api=RootAPI, route="/api")
        service.on_startup(lambda: print("started"))
        assert service.adapt("/v1") is app
        assert service.application() is app
        told(service, "/v1/api/hello", "/native", "/api/hello", "/hello")
        print(error(service.adapt, "/v2", "/v3"))
        print(error(service.adapt, app))
        """,
    )
    assert found[:5] == ["started", "/v1/api/hello world", "/native native", "/api/hello 404", "/hello 404"]
    assert [line.partition(":")[0] for line in found[5:]] == ["TypeError", "ServiceError"]


def test_adapt_with_a_route_alone_needs_an_application(tmp_path: Path) -> None:
    [said] = asked(
        tmp_path,
        """
        service = UtilMeta(__name__, name="shop", backend="flask", api=RootAPI)
        print(error(service.adapt, "/v1"))
        """,
    )
    assert "give an instance" in said


def test_adapt_with_a_route_alone_gives_a_url_pattern_of_django(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        from django.test import RequestFactory
        from django.urls import URLPattern

        service = UtilMeta(__name__, name="shop", backend="django", production=False, api=RootAPI, route="/api")
        pattern = service.adapt("/v1")
        assert isinstance(pattern, URLPattern), pattern
        for path in ("v1/api/hello", "api/hello"):
            match = pattern.resolve(path)
            print(path, match and match.func(RequestFactory().get(f"/{path}"), *match.args).content.decode())
        """,
    )
    assert found == ["v1/api/hello world", "api/hello None"]


def test_djangos_own_asgi_application_is_asynchronous_by_itself(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        """
        from django.conf import settings
        settings.configure(DEBUG=True, ROOT_URLCONF="utilmeta.core.server.backends.django")
        from django.core.handlers.asgi import ASGIHandler
        from django.core.handlers.wsgi import WSGIHandler

        print(error(UtilMeta, __name__, backend=ASGIHandler(), asynchronous=False))
        print(error(UtilMeta, __name__, backend=WSGIHandler(), asynchronous=True))
        application = ASGIHandler()
        service = UtilMeta(__name__, name="shop", backend=application, api=RootAPI)
        print(service.asynchronous, service.application() is application)
        another = ASGIHandler()

        class AwaitedAPI(api.API):
            @api.get
            async def hello(self): return "world"

        print(AwaitedAPI.__as__(another, route="/another") is another)
        """,
    )
    assert [line[:16] for line in found] == ["ValueError: asyn", "ValueError: asyn", "True True", "True"]
