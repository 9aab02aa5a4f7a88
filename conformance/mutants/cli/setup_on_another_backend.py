"""A project that is made listens elsewhere than is answered."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.set_up, '"host": json.dumps(host)', '"host": json.dumps("127.0.0.254")')
