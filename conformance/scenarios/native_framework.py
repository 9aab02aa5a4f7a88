"""Applications of the frameworks' own: how one is made and run, and what can be read of it.

Each branch imports its own framework and no other.
"""

urlpatterns = []  # of the Django application


def application(backend, debug=None):
    """An application of the framework's own, `debug` as given or left alone."""
    settings = {} if debug is None else {"debug": debug}
    if backend == "django":
        return django_application(debug)
    if backend == "flask":
        from flask import Flask

        application = Flask("native_framework")
        if debug is not None:
            application.debug = debug
        return application
    if backend == "starlette":
        from starlette.applications import Starlette

        return Starlette(**settings)
    if backend == "fastapi":
        from fastapi import FastAPI

        return FastAPI(**settings)
    if backend == "sanic":
        from sanic import Sanic
        from sanic.application.constants import Mode

        application = Sanic("native_framework")
        if debug is not None:
            application.state.mode = Mode.DEBUG if debug else Mode.PRODUCTION
        return application
    from tornado.web import Application

    return Application([], autoreload=False, **settings)


def django_application(debug):
    """The handler of the mode, over settings of its own."""
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application
    from scenario import ASYNCHRONOUS

    chosen = {} if debug is None else {"DEBUG": debug}
    settings.configure(ROOT_URLCONF="native_framework", ALLOWED_HOSTS=["*"], SECRET_KEY="native_framework", **chosen)
    django.setup()
    return get_asgi_application() if ASYNCHRONOUS else get_wsgi_application()


def debug_flag(backend, application):
    """What the framework itself goes by."""
    if backend == "django":
        from django.conf import settings

        return settings.DEBUG
    if backend == "tornado":
        return bool(application.settings.get("debug", False))
    return application.debug


def reloads(backend, application):
    """Whether the framework has been told to restart itself when a file changes, where it does so without a process
    that shows from outside."""
    if backend == "sanic":
        return bool(application.auto_reload or application.state.auto_reload)
    if backend == "tornado":
        from tornado import autoreload

        return len(autoreload._io_loops) > 0
    return False


def registered(backend, application):
    """How much is registered with an application: routes, hooks, middleware; a number for each kind."""
    if backend == "django":
        from importlib import import_module

        from django.conf import settings

        return {"urls": len(import_module(settings.ROOT_URLCONF).urlpatterns), "middleware": len(settings.MIDDLEWARE)}
    if backend == "flask":
        hooks = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "teardown_appcontext_funcs")
        return {
            "rules": len(list(application.url_map.iter_rules())),
            "handlers": sum(len(codes) for codes in application.error_handler_spec[None].values()),
            **{name: size(getattr(application, name)) for name in hooks},
        }
    if backend in ("starlette", "fastapi"):
        return {
            "routes": len(application.routes),
            "middleware": len(application.user_middleware),
            "handlers": len(application.exception_handlers),
        }
    if backend == "sanic":
        return {
            "routes": len(application.router.routes) + len(application._future_routes),
            "signals": len(application.signal_router.routes) + len(application._future_signals),
            "listeners": sum(len(entries) for entries in application.listeners.values())
            + len(application._future_listeners),
            "middleware": len(application.request_middleware) + len(application._future_middleware),
        }
    return {"rules": len(application.wildcard_router.rules) + len(application.default_router.rules)}


def size(hooks):
    """Of a list, or of a mapping to lists."""
    return len(hooks) if isinstance(hooks, list) else sum(len(entries) for entries in hooks.values())


def parameters(backend, word):
    """Parameters that the framework's own way to run knows, whose effect can be seen: by `parameter`, in the headers of
    an answer, or in what is printed. Where the framework has one that matters when it is false, it is among them, and
    so are some that a service may well have a value of its own for, such as for the lines about requests."""
    from scenario import ASYNCHRONOUS

    if backend == "flask":
        from werkzeug.serving import WSGIRequestHandler

        class Handler(WSGIRequestHandler):
            @property
            def server_version(self):
                return word if ASYNCHRONOUS or not self.server.multithread else "threads"

        return {"request_handler": Handler, **({} if ASYNCHRONOUS else {"threaded": False})}
    if backend == "sanic":
        return {"noisy_exceptions": True, "motd": True}
    if backend == "tornado":
        return {"no_keep_alive": True}
    if backend == "django" and not ASYNCHRONOUS:
        return {"use_threading": False}
    return {"headers": [("X-Word", word)], "server_header": False, "access_log": True, "log_level": "info"}


def parameter(backend, application):
    """Whether `parameters` have had their effect, where that is seen from inside."""
    if backend == "sanic":
        return application.config.NOISY_EXCEPTIONS and application.config.MOTD
    import threading

    return threading.current_thread() is threading.main_thread()


def run(backend, application, handler, note, **parameters):
    """Run an application as its framework's users do; `handler`, when there is one, is their own for SIGTERM.

    Sanic's main process notes when it waits for its workers no more: until then it hangs at a signal.
    """
    import signal

    if backend == "sanic" and handler is not None:
        # Sanic sets its own when it starts to serve, in the process that serves.
        application.register_listener(lambda *_: signal.signal(signal.SIGTERM, handler), "after_server_start")
        application.run(single_process=True, **parameters)
        return
    if backend == "sanic":
        application.register_listener(
            lambda application, *_: wait_no_more(application.manager, note), "main_process_ready"
        )
    if handler is not None:
        signal.signal(signal.SIGTERM, handler)
    if backend in ("starlette", "fastapi"):
        import uvicorn

        uvicorn.run(application, **parameters)
    elif backend == "flask":
        application.run(**{**parameters, "threaded": handler is not None})  # without, a signal finds it wherever it is
    else:
        application.run(**parameters)


def wait_no_more(manager, note):
    wait_for_ack = manager.wait_for_ack

    def waited():
        wait_for_ack()
        note("acknowledged")

    manager.wait_for_ack = waited


def leave(backend, application):
    """From a signal handler of the user's own: end the program."""
    if backend == "sanic":
        # Called at once it would run Sanic's stop listeners twice, the first time in vain.
        application.loop.call_soon_threadsafe(application.stop)
    else:
        raise SystemExit(7)
