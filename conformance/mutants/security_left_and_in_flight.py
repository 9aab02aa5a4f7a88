"""A request is in flight until its response is closed, which no server does for a client that has left."""

from mutation import replace
from utilmeta.core.server.backends import runserver

VARIANTS = ("django-sync",)


class Counted:
    def __init__(self, response, stop):
        self.response, self.stop = response, stop

    def __iter__(self):
        return iter(self.response)

    def close(self):
        self.response.close()
        self.stop.leave()


def counted(application, stop):
    def counting(environ, start_response):
        stop.enter()
        return Counted(application(environ, start_response), stop)

    return counting


runserver.counted = counted
replace(runserver.run, "return application\n", "return counted(application, stop)\n")
