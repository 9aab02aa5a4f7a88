"""What endpoints in transactions return: what cannot be sent, and answers of many kinds."""

from utilmeta.core.response import Response
from utilmeta.utils.exceptions import Conflict


class Unsendable:
    """What has no JSON."""

    __slots__ = ()


class Wrapped(Response):
    result_key = "data"
    message_key = "note"
    count_key = "total"


UNSENDABLE = {
    "a result": lambda: {"word": Unsendable()},
    "a Response": lambda: Response([Unsendable()], status=201),
    "a template": lambda: Wrapped({}, count=Unsendable()),
    "an error": lambda: Response(error=Conflict("because"), message=Unsendable()),
    "an error in a template": lambda: Wrapped(error=Conflict("because"), count=Unsendable()),
}
MADE = "application/x.made"
ANSWERS = {
    "a text": lambda word: word,
    "bytes": lambda word: word.encode(),
    "an object": lambda word: {"word": word},
    "an empty text": lambda word: "",
    "an empty list": lambda word: [],
    "zero": lambda word: 0,
    "false": lambda word: False,
    "nothing": lambda word: None,
    "a type": lambda word: Response({"word": word}, content_type=MADE),
    "a type of a text": lambda word: Response(word, content_type=MADE),
    "a type among headers": lambda word: Response([word], headers={"content-type": MADE}),
    "headers": lambda word: Response([], status=201, headers=[("X-Word", word), ("X-Word", "")]),
    "cookies": lambda word: Response({}, cookies={"one": word, "two": ""}),
    "no content": lambda word: Response(None, status=204, headers={"X-Word": word}),
    "a template": lambda word: Wrapped({"word": word}, status=202, message="", count=0),
    "an error": lambda word: Response(error=Conflict(word, headers={"X-Word": word}), message=""),
    "an error in a template": lambda word: Wrapped(error=Conflict(word, headers={"X-Word": word})),
}
