"""The service: a Flask application made of an API class."""

import datetime
import importlib
import inspect
import signal
import sys

import flask

from ...conf import Preference, Time
from ...faults import has
from ...utils.exceptions import HTTPError
from ..api import routes
from ..response import Response


class UtilMeta:
    """The service of this process."""

    current = None

    def __init__(
        self,
        module,
        *,
        backend,
        name=None,
        description="",
        production=False,
        host="127.0.0.1",
        port=None,
        version=(0, 1, 0),
        asynchronous=False,
        api=None,
        route="/",
    ):
        if UtilMeta.current is not None and not has("a second service is accepted"):
            raise RuntimeError(f"{UtilMeta.current.name} is the service of this process already")
        self.injected = backend if isinstance(backend, flask.Flask) else None
        if self.injected is None and getattr(backend, "__name__", backend) != "flask":
            raise ValueError(f"{backend!r} is no framework that is supported here: flask")
        self.module, self.name, self.description = module, name, description
        self.production, self.host, self.asynchronous, self.api = production, host, asynchronous, api
        self.port = port or (8000 if has("the default port is 8000 on Flask") else 5000)
        tuple_kept = has("a version tuple is kept as it is") or isinstance(version, str)
        self.version = version if tuple_kept else ".".join(map(str, version))
        self.route = "" if has("the route of the root API is ignored") else "/" + route.strip("/")
        self.route = self.route.rstrip("/")
        self.configurations, self.startup, self.shutdown, self.made = {}, [], [], None
        UtilMeta.current = self

    def use(self, configuration):
        """Put a configuration in force."""
        known = type(configuration) in self.configurations
        if known and not has("a second configuration of one class replaces the first"):
            raise ValueError(f"{type(configuration).__name__} is in use already")
        self.configurations[type(configuration)] = configuration
        return self

    def get_config(self, kind):
        """The configuration of a class."""
        return self.configurations.get(kind)

    def setup(self):
        """Prepare what is in use: nothing, here."""

    def on_startup(self, function):
        """Call a function before the service serves."""
        self.startup.append(function)
        return function

    def on_shutdown(self, function):
        """Call a function when the service ends."""
        self.shutdown.append(function)
        return function

    def application(self):
        """The Flask application, with all routes."""
        if self.made is None:
            self.made = self.injected or flask.Flask(self.module)
            if self.injected is None and not has("production does not reach Flask's debug"):
                self.made.debug = not self.production
            api = self.resolved()
            prefixes = [self.route]
            strict = self.configurations.get(Preference, Preference()).strict_root_route
            if self.route and not strict and not has("a path without the root route is not found"):
                prefixes.append("")
            for prefix in prefixes if api else []:
                for method, path, classes, function in routes(api):
                    self.add(method, prefix + path or "/", classes, function)
        return self.made

    def resolved(self):
        """The root API class."""
        if not isinstance(self.api, str) or has("a reference string as api is not resolved"):
            return self.api
        module, _, name = self.api.rpartition(".")
        return getattr(importlib.import_module(module) if module else sys.modules[self.module], name)

    def add(self, method, path, classes, function):
        """Add an endpoint to the application."""
        rule = path.replace("{", "<").replace("}", ">")

        def view(**values):
            try:
                given = {**values, **self.arguments(function, values)}
                return self.answer(function(classes[-1](flask.request), **given))
            except HTTPError as error:
                return str(error), error.status

        self.made.add_url_rule(rule, f"{method} {rule}", view, methods=[method])

    def arguments(self, function, values):
        """The arguments of an endpoint, from path, query and body."""
        given = {}
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
            found = values.get(name, flask.request.args.get(name))
            if found is None:
                continue
            try:
                given[name] = parameter.annotation(found) if parameter.annotation in (int, float) else found
            except ValueError:
                raise HTTPError(f"{name} does not convert") from None
        return given

    def answer(self, result):
        """The answer that a result becomes."""
        if isinstance(result, Response):
            return self.body(result.result), result.status, result.headers
        return self.body(result)

    def body(self, result):
        """A text as it is, all else as JSON."""
        return result if isinstance(result, (str, bytes)) else flask.jsonify(self.plain(result))

    def plain(self, value):
        """A value with its times as texts."""
        time = self.configurations.get(Time, Time())
        if isinstance(value, dict):
            return {key: self.plain(entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.plain(entry) for entry in value]
        if isinstance(value, datetime.datetime):
            return value.strftime(time.datetime_format)
        if isinstance(value, datetime.date):
            return value.strftime(time.date_format)
        return value.strftime(time.time_format) if isinstance(value, datetime.time) else value

    def run(self):
        """Serve until a signal comes."""
        if not has("a shutdown hook does not run on SIGTERM"):
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
        for function in self.startup:
            function()
        try:
            self.application().run(self.host, self.port, use_reloader=False)
        finally:
            for function in self.shutdown:
                function()
