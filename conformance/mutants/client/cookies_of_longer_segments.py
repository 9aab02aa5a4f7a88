"""A cookie for a path goes to those whose last segment is longer."""

from http import cookiejar

from utilmeta.core.cli import cookies

cookies.DefaultCookiePolicy.path_return_ok = lambda self, path, request: cookiejar.request_path(request).startswith(
    path
)
