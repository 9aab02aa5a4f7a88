"""Every folder of `apps_package` is taken for an app."""

from mutation import replace
from utilmeta.conf.django import is_app

replace(is_app, "return any(", "return folder.is_dir() or any(")
