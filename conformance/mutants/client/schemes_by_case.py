"""A URL whose scheme is not in small letters is a path."""

from mutation import replace
from utilmeta.core.cli import Client

replace(Client._any, "ABSOLUTE.match(path) is not None", 'path.startswith(("http://", "https://"))')
