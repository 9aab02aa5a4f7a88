"""A client made of an API class has its hooks too."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client.of,
    "make_class(read_api(api, dir(Client), asynchronous=asynchronous), cls, Client)",
    "type(cls)(api.__name__, (make_class(read_api(api, dir(Client), asynchronous=asynchronous), cls, Client),), "
    '{name: each for name, each in vars(api).items() if hasattr(each, "__hooks__")})',
)
