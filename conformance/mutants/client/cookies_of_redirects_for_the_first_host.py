"""A cookie that is set behind a redirect is kept for the host that was asked first."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "cookies.keep(message.url, answer.headers)", "cookies.keep(request.url, answer.headers)")
