"""Configurations that a service takes with ``use``."""

from utilmeta.conf.config import Config
from utilmeta.conf.preference import Preference
from utilmeta.conf.time import Time

__all__ = ["Config", "Preference", "Time"]
