"""Written against the page's names, for an implementation that has others."""

from utilmeta import UtilMeta
from utilmeta.core import api


def names():
    return [f"{named.__module__}.{named.__qualname__}" for named in (UtilMeta, api.API)]


if __name__ == "__main__":
    print(*names())
