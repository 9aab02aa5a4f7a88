"""Text converts to nothing: a value has to be of the declared type already."""

from utilmeta.conf.env import Env

Env.model_config["strict"] = True
