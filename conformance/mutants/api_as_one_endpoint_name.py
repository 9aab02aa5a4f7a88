"""A second API in one application answers in place of the first."""

from mutation import replace
from utilmeta.core.server.backends.flask import FlaskAdapter

VARIANTS = ("flask-sync",)

replace(FlaskAdapter.install, "f\"utilmeta{before or ''}\"", '"utilmeta"')
