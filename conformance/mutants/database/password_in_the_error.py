"""The address of a database is its URL, password and all."""

from mutation import replace
from utilmeta.core.orm.error import address_of

VARIANTS = ("flask-sync",)

replace(address_of, 'return f"{host}:{port}"', "return f\"{settings['USER']}:{settings['PASSWORD']}@{host}:{port}\"")
