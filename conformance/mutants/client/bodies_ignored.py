"""What the body of a request function returns is ignored."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._function, ".answer(answer)", ".answer()")
