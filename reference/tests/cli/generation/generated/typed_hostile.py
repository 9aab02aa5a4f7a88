"""'\"\"\"\\

    \x00\x7f
é {x} %s {{
"""

# mypy: disable-error-code=empty-body
# pyright: reportReturnType=false

from __future__ import annotations

from builtins import int as int2
from builtins import list as list2
from builtins import str as str2
from enum import Enum
from typing import Annotated, Literal
from typing import Any as Any2

from pydantic import AliasChoices, BaseModel, ConfigDict, Field
from typing_extensions import TypedDict
from utilmeta.core import api as api2
from utilmeta.core import cli as cli2
from utilmeta.core import request
from utilmeta.core.response import Response


class list_(BaseModel):
    str: int2
    int: str2


Map = TypedDict(
    "Map",
    {
        "class": "int2",
        '"); import os; os.abort() #': "list2[str2]",
        "a-b": "Literal['\\'\"\"\"\\\\\\n\\r\\t\\x00\\x7f\\u2028é {x} %s {{']",
    },
)


class xPassImportOs(BaseModel):
    """'\"\"\"\\
           \x00\x7f
    é {x} %s {{

    \"\"\" "); import os; os.abort() # ends in a quote\"
    """

    model_config = ConfigDict(populate_by_name=True, protected_namespaces=())

    model_config_: list2[list_] = []
    list: list2[int2] | None = Field(
        default=None,
        validation_alias='"); import os; os.abort() #',
        serialization_alias='"); import os; os.abort() #',
    )
    set: dict[str2, Map] = Field(
        default={},
        validation_alias=AliasChoices("set", '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{'),
        serialization_alias='\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
    )
    Any: Any2 = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{'


class Response_(Response):
    result_key = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{'


class Choice(Enum):
    class_ = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{'
    mro_ = '"); import os; os.abort() #'
    member_1a = ""
    dunder = "a"
    a_b = "b"
    name_ = "c"


class Made(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    list: int2
    str_: str2 = '"); import os; os.abort() #'
    mangled: int2 = Field(
        default=0,
        validation_alias="__mangled",
        serialization_alias="__mangled",
    )


class unnamed_1_Client(cli2.Client):
    """\\"""

    @api2.post("at0%20'%22%C3%BC")
    def import_(
        self,
        value: Annotated[xPassImportOs, request.Body],
        class_: str2,
    ) -> Response_: ...

    @api2.get("at1%20'%22%C3%BC")
    def a_b(
        self,
        class__: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self_: Choice = Choice.dunder,
        *,
        class_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at2%20'%22%C3%BC")
    def call(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        class_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at3%20'%22%C3%BC")
    def list(
        self,
        value: Annotated[xPassImportOs, request.Body],
        class_: str2,
    ) -> Response_: ...

    @api2.get("at4%20'%22%C3%BC")
    def type(
        self,
        class__: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self_: Choice = Choice.dunder,
        *,
        class_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at5%20'%22%C3%BC")
    def str(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        class_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at6%20'%22%C3%BC")
    def Any(
        self,
        value: Annotated[xPassImportOs, request.Body],
        class_: str2,
    ) -> Response_: ...

    @api2.get("at7%20'%22%C3%BC")
    def api(
        self,
        class__: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self_: Choice = Choice.dunder,
        *,
        class_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at8%20'%22%C3%BC")
    def cli(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        class_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at9%20'%22%C3%BC")
    def options_(
        self,
        value: Annotated[xPassImportOs, request.Body],
        class_: str2,
    ) -> Response_: ...


class unnamed_1_Client2(cli2.Client):
    """\\"""

    @api2.post("at0%20'%22%C3%BC")
    def import_(
        self,
        value: Annotated[xPassImportOs, request.Body],
        id_: str2,
        self_: str2,
    ) -> Response_: ...

    @api2.get("at1%20'%22%C3%BC")
    def a_b(
        self,
        class_: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self__: Annotated[Choice, request.QueryParam("self_")] = Choice.dunder,
        *,
        id_: str2,
        self_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at2%20'%22%C3%BC")
    def call(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        id_: str2,
        self_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at3%20'%22%C3%BC")
    def list(
        self,
        value: Annotated[xPassImportOs, request.Body],
        id_: str2,
        self_: str2,
    ) -> Response_: ...

    @api2.get("at4%20'%22%C3%BC")
    def type(
        self,
        class_: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self__: Annotated[Choice, request.QueryParam("self_")] = Choice.dunder,
        *,
        id_: str2,
        self_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at5%20'%22%C3%BC")
    def str(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        id_: str2,
        self_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at6%20'%22%C3%BC")
    def Any(
        self,
        value: Annotated[xPassImportOs, request.Body],
        id_: str2,
        self_: str2,
    ) -> Response_: ...

    @api2.get("at7%20'%22%C3%BC")
    def api(
        self,
        class_: Annotated[
            str2,
            request.QueryParam('"); import os; os.abort() #'),
        ] = '\'"""\\\n\r\t\x00\x7f\u2028é {x} %s {{',
        self__: Annotated[Choice, request.QueryParam("self_")] = Choice.dunder,
        *,
        id_: str2,
        self_: str2,
    ) -> Response[Made]:
        """\"'\"\"\"\\
        \x00\x7f
        é {x} %s {{\\
        """

    @api2.get("at8%20'%22%C3%BC")
    def cli(
        self,
        Client: Annotated[list_, request.Query],
        Response: bytes = b"'\"\xff",
        *,
        id_: str2,
        self_: str2,
    ) -> Response[list2[list_]]: ...

    @api2.post("at9%20'%22%C3%BC")
    def options_(
        self,
        value: Annotated[xPassImportOs, request.Body],
        id_: str2,
        self_: str2,
    ) -> Response_: ...


class Client(cli2.Client):
    default_base_url = '"); import os; os.abort() #'

    None_: Annotated[unnamed_1_Client, api2.route("{class_}/%22'")]
    field: Annotated[unnamed_1_Client2, api2.route("%5Cn{id_}/{self_}")]
