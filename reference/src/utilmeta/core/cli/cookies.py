"""Cookies that answers set, kept for the requests that they are for (RFC 6265)."""

from __future__ import annotations

import email.message
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from http.cookies import SimpleCookie
from threading import Lock
from typing import Any

from utilmeta.core.cli.message import Lines


class Cookies:
    """The cookies of a client; threads may share it."""

    def __init__(self) -> None:
        self.jar = CookieJar(DefaultCookiePolicy(rfc2965=False))
        self.lock = Lock()

    def header(self, url: str) -> str:
        """Return the header Cookie for a URL, empty where there is none."""
        if not len(self.jar):
            return ""
        request = urllib.request.Request(url)
        with self.lock:
            self.jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    def keep(self, url: str, headers: Lines) -> None:
        """Keep the cookies that the answer to a URL sets."""
        lines = [value for name, value in headers if name.lower() == "set-cookie"]
        if lines:
            with self.lock:
                self.jar.extract_cookies(Setting(lines), urllib.request.Request(url))  # type: ignore[arg-type]

    def forget(self) -> None:
        """Forget all of them."""
        with self.lock:
            self.jar.clear()


class Setting:
    """An answer as ``http.cookiejar`` reads one."""

    def __init__(self, lines: list[str]) -> None:
        self.message = email.message.Message()
        for line in lines:
            self.message["Set-Cookie"] = line

    def info(self) -> email.message.Message:
        """Return the headers."""
        return self.message


def read(cookies: Any) -> dict[str, str]:
    """Return cookies that are given as a dict, a text or a SimpleCookie by name. Raises TypeError."""
    if cookies is None:
        return {}
    if isinstance(cookies, str):
        pairs = (part.partition("=") for part in cookies.split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}
    if isinstance(cookies, SimpleCookie):
        return {name: morsel.coded_value for name, morsel in cookies.items()}
    if isinstance(cookies, dict):
        return dict(cookies)
    raise TypeError(f"cookies are a dict, a text or a SimpleCookie, not a {type(cookies).__name__}")
