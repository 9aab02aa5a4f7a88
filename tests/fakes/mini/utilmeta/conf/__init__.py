"""Configurations: time, preferences, environment variables."""

from .env import Env
from .preference import Preference
from .time import Time

__all__ = ["Env", "Preference", "Time"]
