"""API classes and the decorators of their endpoints."""

import inspect

METHODS = ("get", "put", "post", "patch", "delete")


class API:
    """Base class of APIs; an instance is made for each request."""

    def __init__(self, request):
        self.request = request


def _decorator(method):
    def decorate(path=None, **options):
        if callable(path):
            return decorate()(path)

        def mark(function):
            function.endpoint = (method.upper(), path)
            return function

        return mark

    return decorate


get, put, post, patch, delete = map(_decorator, METHODS)


def route(path):
    """Give an API class another path than its attribute's name."""

    def mark(cls):
        cls.path = path
        return cls

    return mark


def routes(cls, prefix="", above=()):
    """Yield (method, path, the classes down to the endpoint's, function) of an API class and of what it mounts."""
    for name, function in inspect.getmembers(cls, inspect.isfunction):
        if name in METHODS:
            yield name.upper(), prefix, (*above, cls), function
        elif hasattr(function, "endpoint"):
            method, path = function.endpoint
            yield method, f"{prefix}/{name if path is None else path}".rstrip("/"), (*above, cls), function
    for name, mounted in inspect.get_annotations(cls, eval_str=True).items():
        if inspect.isclass(mounted) and issubclass(mounted, API):
            path = getattr(mounted, "path", name).strip("/")
            yield from routes(mounted, f"{prefix}/{path}", (*above, cls))
