"""The shutdown hooks run at SIGINT; SIGTERM ends the process as it ends any other."""

from mutation import replace
from utilmeta.core.server.backends import flask_server

VARIANTS = ("flask-sync",)

replace(flask_server.run, "for number in (signal.SIGINT, signal.SIGTERM)}", "for number in (signal.SIGINT,)}")
