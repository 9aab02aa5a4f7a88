"""A client made of an API class has its endpoints as request functions, and so runs their bodies."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client.of,
    "make_class(read_api(api, dir(Client), asynchronous=asynchronous), cls, Client)",
    "type(cls)(api.__name__, (cls,), "
    '{name: each for name, each in vars(api).items() if hasattr(each, "__operation__")})',
)
