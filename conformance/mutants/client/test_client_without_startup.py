"""A test client runs no startup hooks before its body."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started

VARIANTS = (
    "flask-sync",
    "flask-async",
)

replace(Started.__enter__, "entrance.begin()", "pass")
replace(Started.__aenter__, "await entrance.abegin()", "pass")
