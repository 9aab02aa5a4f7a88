"""An instance takes other values."""

from utilmeta.conf.env import Env

Env.model_config["frozen"] = False
