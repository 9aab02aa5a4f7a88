"""The API answers before the framework's application is called."""

from mutation import replace
from utilmeta.core.server.backends.flask import FlaskAdapter

VARIANTS = ("flask-sync",)

BEFORE = """def ask(environ: Any, start_response: Any) -> Any:
        status, headers, body = handle(WSGIRequest(environ))
        start_response(f"{status} OK", headers)
        return [body]

    application.wsgi_app = ask
    self.native_run ="""

replace(FlaskAdapter.install, "self.native_run =", BEFORE)
