"""A call inside a process without a service is answered 404."""

from mutation import replace
from utilmeta.core.cli.inside.connections import Inside

replace(Inside.base_url, "url_of(self.found())", "'http://127.0.0.1'")
replace(Inside.check, "self.found().entrance().check(asynchronous=asynchronous)", "return")
replace(Inside.send, "body = outgoing.body", "return Answer(404, [], b'')\n    body = outgoing.body")
replace(Inside.asend, "body = outgoing.body", "return Answer(404, [], b'')\n    body = outgoing.body")
