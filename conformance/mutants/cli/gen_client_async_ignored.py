"""`meta gen_client --async` writes plain functions."""

from mutation import replace
from utilmeta.core.server.commands.generation import generate

replace(generate, "asynchronous=arguments.asynchronous", "asynchronous=False")
