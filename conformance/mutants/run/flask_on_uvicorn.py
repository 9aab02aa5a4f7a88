"""run() on Flask is uvicorn with its WSGI middleware, not Flask.run."""

from utilmeta.core.server.backends import asgi
from utilmeta.core.server.backends.flask import FlaskAdapter

VARIANTS = ("flask-sync",)


def run(self, application, listener, options):
    from uvicorn.middleware.wsgi import WSGIMiddleware

    asgi.run(WSGIMiddleware(application), self.deployment, listener, {"lifespan": "off", **options})


FlaskAdapter.run = run
