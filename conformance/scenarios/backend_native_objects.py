"""HTTP exceptions and response objects of each framework: `<backend>_error`, `<backend>_response` and the like."""

import os
import tempfile

from scenario import BACKEND, NONCE

after = []  # what ran when a response had been sent


# --- HTTP exceptions: of a status, with a text and headers ---


def flask_error(status, detail, headers):
    from werkzeug.exceptions import HTTPException

    class Error(HTTPException):
        code = status
        description = detail

        def get_headers(self, *args, **named):
            return [*super().get_headers(*args, **named), *headers.items()]

    return Error()


def starlette_error(status, detail, headers):
    from starlette.exceptions import HTTPException

    return HTTPException(status, detail, headers)


def fastapi_error(status, detail, headers):
    from fastapi import HTTPException

    return HTTPException(status, detail, headers)


def sanic_error(status, detail, headers):
    from sanic.exceptions import SanicException

    return SanicException(detail, status, headers=headers)


def tornado_error(status, detail, headers):
    from tornado.web import HTTPError

    return HTTPError(status, reason=detail)


def django_error(status, detail, headers, lazily=False):
    from django.core.exceptions import PermissionDenied
    from django.http import Http404
    from django.utils.functional import lazystr

    return {404: Http404, 403: PermissionDenied}[status](lazystr(detail) if lazily else detail)


def bad_to_django(kind):
    from django.core import exceptions
    from django.http import multipartparser

    return getattr(exceptions, kind, None) or getattr(multipartparser, kind)


def own_error(backend, status, detail, headers=None):
    return globals()[f"{backend}_error"](status, detail, headers or {})


# --- response objects ---


def flask_response(word):
    from flask import make_response

    response = make_response(word.encode(), 201, {"X-Word": word, "Content-Type": "text/x-word"})
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


def starlette_response(word):
    from starlette.background import BackgroundTask
    from starlette.responses import Response as Own

    task = BackgroundTask(after.append, word)
    response = Own(word.encode(), 201, {"X-Word": word}, media_type="text/x-word", background=task)
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


fastapi_response = starlette_response


def sanic_response(word):
    from sanic.response import raw

    response = raw(word.encode(), 201, {"X-Word": word}, "text/x-word")
    response.add_cookie("a", word)
    response.add_cookie("b", word)
    return response


def django_response(word):
    from django.http import HttpResponse

    response = HttpResponse(word.encode(), status=201, headers={"X-Word": word, "Content-Type": "text/x-word"})
    response.set_cookie("a", word)
    response.set_cookie("b", word)
    return response


def flask_stream(word):
    from flask import Response as Own

    return Own(iter([word]))


def starlette_stream(word):
    from starlette.responses import StreamingResponse

    return StreamingResponse(iter([word]))


fastapi_stream = starlette_stream


def sanic_stream(word):
    from sanic.response import ResponseStream

    async def stream(response):
        await response.write(word)

    return ResponseStream(stream)


def django_stream(word):
    from django.http import StreamingHttpResponse

    return StreamingHttpResponse(iter([word]))


def written(content):
    """The path of a file that holds that."""
    path = os.path.join(tempfile.gettempdir(), f"backend_native_responses_{NONCE}.txt")
    with open(path, "w") as file:
        file.write(content)
    return path


def flask_file(word):
    from flask import send_file

    return send_file(written(word), mimetype="text/x-word")


def starlette_file(word):
    from starlette.responses import FileResponse

    return FileResponse(written(word), media_type="text/x-word")


fastapi_file = starlette_file


def sanic_file(word):
    from sanic.response import raw

    return raw(word, content_type="text/x-word")  # its `file` is a coroutine, which makes this


def django_file(word):
    from django.http import FileResponse

    return FileResponse(open(written(word), "rb"), content_type="text/x-word")


def django_stream_of_a_file(word):
    from django.http import FileResponse

    return FileResponse(iter([word.encode()]), content_type="text/x-word")


def starlette_background(status, word):
    from starlette.background import BackgroundTask
    from starlette.responses import Response as Own

    return Own(status_code=status, headers={"X-Word": word}, background=BackgroundTask(after.append, word))


fastapi_background = starlette_background


def tornado_log_message(status, word):
    from tornado.web import HTTPError

    return HTTPError(status, word)


def made(kind, *arguments):
    """What the function of this kind makes for the backend of the service."""
    return globals()[f"{BACKEND}_{kind}"](*arguments)
