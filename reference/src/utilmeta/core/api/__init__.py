"""API classes and the decorators that make their functions endpoints.

class RootAPI(api.API):
    user: UserAPI                      # everything of UserAPI, below user/

    @api.get
    def hello(self): ...               # GET hello

    @api.get("article/{id}")
    def article(self, id: int): ...    # GET article/1

    @api.before("*")
    def known(self): ...               # before every endpoint of RootAPI and of UserAPI; see hook, plugin, cors
"""

from utilmeta.core.api.cors import CORS
from utilmeta.core.api.declaration import API, Operation, Route, delete, get, patch, post, put, route
from utilmeta.core.api.hook import Hook, after, before, handle
from utilmeta.core.api.plugin import Plugin
from utilmeta.core.response.error import Error

__all__ = [
    "API",
    "CORS",
    "Error",
    "Hook",
    "Operation",
    "Plugin",
    "Route",
    "after",
    "before",
    "delete",
    "get",
    "handle",
    "patch",
    "post",
    "put",
    "route",
]
