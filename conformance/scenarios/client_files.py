"""Clients that send files: as the whole body, as fields of a form, in a Schema; and a file that a caller opened."""

from typing import List

from client_calls import calling, journal, module, settings
from utilmeta.core import api, request, response
from utilmeta.core.cli import Client


def files():
    from utilmeta.core import file

    class Files(Client):
        @api.post("whole")
        def whole(self, data: file.File = request.Body) -> response.Response:
            pass

        @api.post("fields")
        def fields(
            self,
            name: str = request.BodyParam,
            photo: file.File = request.BodyParam,
            more: List[file.File] = request.BodyParam(default=None),
            sizes: List[int] = request.BodyParam(default=None),
        ) -> response.Response:
            pass

        @api.post("own")
        def own(self):
            with open(settings["path"], "rb") as opened:
                answer = self.post("own", data=file.File(opened))
                journal.append(opened.closed)
            return answer

    return Files


def schema():
    import utype
    from utilmeta.core import file

    class Upload(utype.Schema):
        name: str
        photo: file.File

    class Schemas(Client):
        @api.post("upload")
        def upload(self, data: Upload = request.Body) -> response.Response:
            pass

    return Schemas


_called = calling(files, schema)


def called(client, **given):
    if client == "schema" and module("utype") is None:
        return {"lacks": "utype"}
    return _called(client=client, **given)
