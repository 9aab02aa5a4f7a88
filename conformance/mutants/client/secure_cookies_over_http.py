"""A cookie that is Secure goes over http."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookie

replace(Cookie.is_for, " and (secure or not self.secure)", "")
