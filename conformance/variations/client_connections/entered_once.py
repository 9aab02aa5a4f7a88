"""A client is entered by `with` once in its life."""

from utilmeta.core.cli.client import Client

LEVEL = "full"


def once(enter):
    def entered(self):
        if getattr(self, "acme_entered", False):
            raise RuntimeError("a client is entered once; make another")
        self.acme_entered = True
        return enter(self)

    return entered


Client.__enter__, Client.__aenter__ = once(Client.__enter__), once(Client.__aenter__)
