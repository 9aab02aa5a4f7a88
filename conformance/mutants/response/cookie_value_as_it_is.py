"""The value of a cookie is sent as it is."""

from mutation import replace
from utilmeta.core.response.cookies import set_cookie

replace(set_cookie, "morsel = jar[name]", "morsel = jar[name]\n        morsel.set(name, value, value)")
