"""An API whose answers are known to the byte: results of every kind, and statuses and headers that endpoints set.

`{word}` in what is set here is the word of the path, so that no two answers need be alike.
"""

from typing import Any, Dict, List

from scenario import NONCE, in_mode
from utilmeta.core import api, request
from utilmeta.core.response import Response

HEADERS = (
    ("ETag", '"{word}"'),
    ("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("Cache-Control", "public, max-age=60"),
    ("Vary", "Accept-Language"),
    ("Content-Language", "de"),
    ("Content-Disposition", "attachment; filename=\"{word}.txt\"; filename*=UTF-8''gr%C3%BC%C3%9Fe"),
    ("X-Own", "{word}"),
    ("X-Latin", "gr\xfc\xdfe"),
    ("X-Empty", ""),
    ("X-Long", "{word}" * 200),
    ("Link", "</{word}/1>; rel=prev"),
    ("Link", "</{word}/3>; rel=next"),
)
COOKIES = (
    ("Set-Cookie", "one={word}; Path=/; HttpOnly"),
    ("Set-Cookie", "two=2; Expires=Wed, 21 Oct 2037 07:28:00 GMT"),
    ("Set-Cookie", "one={word}2; Path=/api; SameSite=Lax"),
    ("Set-Cookie", 'three="a b"'),
)
LOCATIONS = {
    "path": "/else/{word}?a=b&c=%C3%A9#d",
    "relative": "../{word}",
    "absolute": "https://example.com/{word}",
    "other": "//example.com:81/{word}",
    "odd": "/else/{word};a=(b),c@d!*'~",
}


def filled(pairs, word):
    return [(name, value.replace("{word}", word)) for name, value in pairs]


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("word/{word}")
    @in_mode
    def word(self, word: str):
        return word

    @api.get("fixed/word")
    @in_mode
    def fixed(self):
        return "fixed"

    @api.get
    @in_mode
    def empty(self):
        return ""

    @api.get("binary/{word}")
    @in_mode
    def binary(self, word: str):
        return b"\x00\xff" + word.encode()

    @api.get("mapping/{word}")
    @in_mode
    def mapping(self, word: str):
        return {"word": word, "é": [1, None, True, "</script>"]}

    @api.get("long/{word}")
    @in_mode
    def long(self, word: str):
        return word * 20000

    @api.get
    @in_mode
    def query(self, text: str = "none", tag: List[str] = request.QueryParam(default=[])):
        return {"text": text, "tag": tag}

    @api.post
    @in_mode
    def echo(self, data: Dict[str, Any] = request.Body):
        return data

    @api.get("number/{number}")
    @in_mode
    def number(self, number: int):
        return str(number)

    @api.get("crash/{word}")
    @in_mode
    def crash(self, word: str):
        raise RuntimeError(word)

    @api.get("headers/{word}")
    @in_mode
    def headers(self, word: str):
        return Response(word, headers=filled(HEADERS, word))

    @api.post("cookies/{word}")
    @in_mode
    def cookies(self, word: str):
        return Response(word, headers=filled(COOKIES, word))

    @api.get("location/{status}/{form}/{word}")
    @in_mode
    def location(self, status: int, form: str, word: str):
        return Response(word, status=status, headers=filled([("Location", LOCATIONS[form])], word))

    @api.get("status/{status}/{word}")
    @in_mode
    def status(self, status: int, word: str):
        return Response(word, status=status)

    @api.get("without/{status}/{word}")
    @in_mode
    def without(self, status: int, word: str):
        """A status that has no content."""
        return Response(status=status, headers=filled([("ETag", '"{word}"'), ("X-Own", "{word}")], word))

    @api.get("typed/{word}")
    @in_mode
    def typed(self, word: str):
        return Response(word, headers=[("Content-Type", "text/html")])
