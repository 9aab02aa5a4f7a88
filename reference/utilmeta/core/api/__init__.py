"""API classes and the decorators that make their functions endpoints.

class RootAPI(api.API):
    user: UserAPI                      # everything of UserAPI, below user/

    @api.get
    def hello(self): ...               # GET hello

    @api.get("article/{id}")
    def article(self, id: int): ...    # GET article/1
"""

from utilmeta.core.api.declaration import API, Operation, Route, delete, get, patch, post, put, route

__all__ = ["API", "Operation", "Route", "delete", "get", "patch", "post", "put", "route"]
