"""A call inside a process without a service is a Response."""

from mutation import replace
from utilmeta.core.cli.inside.connections import Inside

replace(Inside.base_url, "url_of(self.found())", "'http://127.0.0.1'")
replace(Inside.check, "self.found().entrance().check(asynchronous=asynchronous)", "return")
