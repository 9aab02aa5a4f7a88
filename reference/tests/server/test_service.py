"""The service object: its arguments, the one of a process, what is imported. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from script import passes, script

from utilmeta.core.server import validate_arguments
from utilmeta.core.server.version import version_text


@pytest.mark.parametrize(
    ("version", "text"),
    [
        ("1.0.2", "1.0.2"),
        ((0, 1, 0), "0.1.0"),
        ((1, 0, 0, "rc", 1), "1.0.0-rc.1"),
        ((2,), "2.0.0"),
        ((1, 2, "beta"), "1.2.0-beta"),
        (None, None),
    ],
)
def test_a_version_is_semantic_version_text(version: Any, text: str | None) -> None:
    assert version_text(version) == text


@pytest.mark.parametrize("version", [1.0, [1, 0], (1, -1), (1, True), (1, None), b"1"])
def test_a_version_of_another_type_is_a_type_error(version: Any) -> None:
    with pytest.raises(TypeError, match="version"):
        version_text(version)


@pytest.mark.parametrize(("directory", "name"), [("my shop", "my-shop"), ("9lives", "_9lives"), ("Zoo_1", "Zoo_1")])
def test_a_name_not_given_is_made_of_the_directory(directory: str, name: str) -> None:
    assert validate_arguments.name(None, Path("/x") / directory) == name


@pytest.mark.parametrize("route", ["api/v1", "/api/v1", "/api/v1/", "//api//v1"][:3])
def test_a_route_is_the_same_however_its_slashes_are_written(route: str) -> None:
    assert validate_arguments.route(route) == "/api/v1"
    assert validate_arguments.route("") == validate_arguments.route("/") == "/"


@pytest.mark.parametrize(
    ("check", "value", "raised"),
    [
        (lambda value: validate_arguments.name(value, Path("/x")), "1a", ValueError),
        (lambda value: validate_arguments.name(value, Path("/x")), "a b", ValueError),
        (lambda value: validate_arguments.name(value, Path("/x")), 1, TypeError),
        (validate_arguments.module_name, None, TypeError),
        (validate_arguments.route, "http://example.com/api", ValueError),
        (validate_arguments.route, "//example.com/api", ValueError),
        (validate_arguments.route, None, TypeError),
        (validate_arguments.port, "80", TypeError),
        (validate_arguments.port, True, TypeError),
        (validate_arguments.port, 0, ValueError),
        (validate_arguments.port, 65536, ValueError),
        (validate_arguments.host, 1, TypeError),
        (validate_arguments.host, "http://x", ValueError),
        (validate_arguments.origin, 5, TypeError),
        (validate_arguments.api, int, TypeError),
        (validate_arguments.api, 1, TypeError),
        (validate_arguments.api, "not a reference", TypeError),
        (validate_arguments.hosts, "example.com", TypeError),
        (validate_arguments.trusted_proxies, "127.0.0.1", TypeError),
        (validate_arguments.trusted_proxies, None, TypeError),
        (lambda value: validate_arguments.trusted_proxies([value]), 10, TypeError),
        (lambda value: validate_arguments.trusted_proxies([value]), "*", ValueError),
        (lambda value: validate_arguments.trusted_proxies([value]), "10.0.0.1/8", ValueError),
        (lambda value: validate_arguments.flag("production", value), 1, TypeError),
        (lambda value: validate_arguments.size("max_body_size", value), -1, ValueError),
        (lambda value: validate_arguments.seconds("graceful_timeout", value), float("inf"), ValueError),
        (lambda value: validate_arguments.count("max_header_fields", value, least=1), 0, ValueError),
        (lambda value: validate_arguments.count("max_header_fields", value), 2.5, TypeError),
        (lambda value: validate_arguments.count("max_header_size", value, least=1), True, TypeError),
        (lambda value: validate_arguments.patience("header_timeout", value), 0, ValueError),
        (lambda value: validate_arguments.patience("body_timeout", value), -1, ValueError),
        (lambda value: validate_arguments.patience("keep_alive_timeout", value), "5", TypeError),
    ],
)
def test_a_bad_argument_is_one_error_that_quotes_it(check: Any, value: Any, raised: type[Exception]) -> None:
    with pytest.raises(raised) as refused:
        check(value)
    assert str(value) in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "example.com",
        "ftp://a.com",
        "https://",
        "https://a b",
        "https://a:0",
        "https://a:b",
        "https://me:word@a",
        "https://a:",
        "https://a\b",
        "\bhttps://a",
        "https://a;x",
        "https://a,b",
        "https://a:65536",
        "https://a..b",
        "https://.a",
        "https://[::1",
        "https://[::1]x",
        "https://[:::1]",
        "https://[1.2.3.4]",
        "https://a%62",
        "https://*.a",
        "https:///a",
        "https://a\n",
        "https://a:8 1",
        "https:/a",
        "https:a",
        "https://\N{LATIN SMALL LETTER A WITH ACUTE}",
        "https://a\\b",
    ],
)
def test_what_is_no_origin_is_an_error_that_does_not_quote_it(value: str) -> None:
    with pytest.raises(ValueError, match="origin") as refused:
        validate_arguments.origin(value)
    assert "word" not in str(refused.value)


def test_what_an_origin_has_no_place_for_is_left_out_of_what_is_proposed() -> None:
    for more in ("/api", "//", "?a=word", "#word", "/?word@"):
        with pytest.raises(ValueError, match=r"origin has more .* give 'https://example\.com:8080'") as refused:
            validate_arguments.origin(f"https://example.com:8080{more}")
        assert "word" not in str(refused.value)


@pytest.mark.parametrize(
    "value", ["https://a.com", "http://a:81", "https://[::1]:81", "https://a.b_c-1.", "http://127.0.0.1:65535"]
)
def test_an_origin_is_kept_without_its_slash(value: str) -> None:
    assert validate_arguments.origin(value) == validate_arguments.origin(f"{value}/") == value
    assert validate_arguments.origin(None) is None
    assert validate_arguments.origin(value.replace("http", "HTTP")) == value


def test_construction_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        assert "colour" in error(UtilMeta, __name__, backend="flask", colour=1)
        assert error(UtilMeta, __name__, "flask").startswith("TypeError")
        for wrong in (0, False, [], b""):
            assert "description takes a text" in error(UtilMeta, __name__, backend="flask", description=wrong)
        message = error(UtilMeta, __name__)
        assert "backend" in message and "starlette" in message
        message = error(UtilMeta, __name__, backend="bottle")
        assert "UnknownBackend" in message and "'bottle'" in message and "django, fastapi, flask" in message
        import json, flask
        assert "UnknownBackend" in error(UtilMeta, __name__, backend=json)
        assert "is a class" in error(UtilMeta, __name__, backend=flask.Flask)

        import sys
        sys.modules["sanic"] = None
        assert "pip install sanic" in error(UtilMeta, __name__, backend="sanic")
        # None of these was a service, so the first that is comes now.
        assert UtilMeta(__name__, backend=flask, version=(1, 0)).version == "1.0.0"
        """,
    )


def test_the_service_of_a_process_is_one_and_found_by_import(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        try:
            from utilmeta import service
        except ImportError as raised:
            assert "no service in this process yet" in str(raised)
        else:
            raise AssertionError

        first = UtilMeta(__name__, name="first", backend="starlette", api="Late", route="api")
        from utilmeta import service
        assert service is first
        message = error(UtilMeta, __name__, name="second", backend="starlette")
        assert "'first'" in message and "__main__" in message
        import utilmeta
        assert utilmeta.service is first
        assert (first.port, first.host, first.asynchronous, first.production) == (8000, "127.0.0.1", True, False)
        assert (first.route, first.backend) == ("/api", "starlette")
        try:
            first.asynchronous = False
        except AttributeError:
            pass
        else:
            raise AssertionError

        class Late(RootAPI):
            pass

        app = first.application()
        assert app is first.application() and app.debug
        assert "ServiceError" in error(first.mount, RootAPI)
        """,
    )


def test_a_file_imported_a_second_time_under_another_name_is_told_apart(tmp_path: Path) -> None:
    done = script(
        tmp_path,
        """
        service = UtilMeta(__name__, backend="flask")
        import server
        """,
    )
    assert done.returncode == 1
    assert "runs as module '__main__' and is imported again as 'server'" in done.stderr
    assert "from utilmeta import service" in done.stderr


def test_configurations_are_used_once_and_before_setup(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.conf import Config, Preference, Time
        from utilmeta.conf.time import Time as same
        assert Time is same
        events = []

        class Mine(Config):
            def setup(self, service): events.append("setup")
            def startup(self, service): events.append("up")
            def shutdown(self, service): events.append("down")

        service = UtilMeta(__name__, backend="flask", api=RootAPI)
        mine = Mine()
        assert service.use(mine) is service
        assert service.get_config(Mine) is mine and service.get_config(Config) is mine
        assert service.get_config(Time) is None
        assert "Mine is in use already" in error(service.use, Mine())
        assert "TypeError" in error(service.use, {"a": 1})
        for bad in ({"strict_root_rout": True}, {"strict_root_route": 1}, {"orm_schema_query_max_depth": 0}):
            assert next(iter(bad)) in error(Preference, **bad)
        assert "Mars/Base" in error(Time, time_zone="Mars/Base")
        service.on_startup(lambda: events.append("hook up"))
        service.on_shutdown(lambda: events.append("hook down"))
        service.setup()
        service.setup()
        assert "after setup()" in error(service.use, Time())
        client = service.application().test_client()
        assert client.get("/hello").text == "world"
        service._state.lifecycle.stop()
        assert events == ["setup", "up", "hook up", "hook down", "down"], events
        """,
    )


def test_hooks_are_returned_unchanged_and_checked(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service = UtilMeta(__name__, backend="flask")
        def hook(): pass
        assert service.on_startup(hook) is hook and service.on_shutdown(hook) is hook
        assert "TypeError" in error(service.on_startup, 3)
        app = service.application()
        async def late(): pass
        assert "late" in error(service.on_startup, late)
        assert app.test_client().get("/").status_code == 404
        """,
    )


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("Nothing", "'Nothing'"),
        ("no.such.RootAPI", "no module 'no'"),
        ("json.RootAPI", "has no 'RootAPI'"),
        ("json.dumps", "not an API class"),
    ],
)
def test_a_reference_that_does_not_resolve_is_named_at_application(tmp_path: Path, reference: str, words: str) -> None:
    passes(
        tmp_path,
        f"""
        service = UtilMeta(__name__, backend="flask", api={reference!r})
        service.setup()
        message = error(service.application)
        assert {reference!r} in message and {words!r} in message, message
        """,
    )


def test_run_refuses_a_parameter_that_the_framework_does_not_know(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service = UtilMeta(__name__, backend="starlette")
        message = error(service.run, wrokers=2)
        assert "TypeError" in message and "'wrokers'" in message and "log_level" in message
        """,
    )


def test_a_busy_port_ends_run_before_any_hook_with_one_paragraph(tmp_path: Path) -> None:
    done = script(
        tmp_path,
        """
        import socket
        taken = socket.create_server(("127.0.0.1", 0))
        service = UtilMeta(__name__, backend="flask", port=taken.getsockname()[1])
        service.on_startup(lambda: print("hook"))
        print(service.port)
        service.run()
        """,
    )
    assert done.returncode == 1
    assert done.stdout.split() == [done.stdout.strip()]
    assert "127.0.0.1" in done.stderr
    assert done.stdout.strip() in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("backend", ["flask", "starlette", "sanic"])
def test_a_service_imports_its_own_framework_and_no_other(tmp_path: Path, backend: str) -> None:
    passes(
        tmp_path,
        f"""
        import sys
        frameworks = {{"flask", "werkzeug", "starlette", "fastapi", "sanic", "django", "tornado", "uvicorn"}}
        assert not frameworks & set(sys.modules), "import utilmeta imports a framework"
        UtilMeta(__name__, backend={backend!r}, api=RootAPI).application()
        own = {{{backend!r}}} | ({{"werkzeug"}} if {backend!r} == "flask" else set())
        assert frameworks & set(sys.modules) == own
        """,
    )


def test_an_adapter_class_is_a_backend(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.core.request.servers.wsgi import WSGIRequest
        from utilmeta.core.server.backends.base import Adapter

        class Bare(Adapter):
            name, asynchronous, loop = "bare", False, False
            def build(self): return []
            def install(self, application, handle): application.append(handle)
            def run(self, application, listener, options): pass

        service = UtilMeta(__name__, backend=Bare, api=RootAPI, name="demo")
        (handle,) = service.application()
        status, headers, body = handle(WSGIRequest({"REQUEST_METHOD": "GET", "PATH_INFO": "/hello"}))
        assert (status, body, service.port) == (200, b"world", 8000)
        """,
    )


def test_run_takes_the_services_own_address_where_none_is_given(tmp_path: Path) -> None:
    done = passes(
        tmp_path,
        """
        from utilmeta.core.server.backends import flask_server

        def listen(host, port):
            print(host, port)
            raise SystemExit

        flask_server.listen = listen
        UtilMeta(__name__, backend="flask", host="127.0.0.9", port=7001, api=RootAPI).run(host=None, port=None)
        """,
    )
    assert done.stdout == "127.0.0.9 7001\n"
