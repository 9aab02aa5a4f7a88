"""`meta gen_client` writes something else at each run."""

from mutation import replace
from utilmeta.core.server.commands.generation import client_of

replace(client_of, "by meta gen_client.", "by meta gen_client in the process {os.getpid()}.")
