"""A database that has refused something is not asked again."""

from utilmeta.core.orm.error import DatabaseUnavailable, Translation

VARIANTS = ("flask-sync",)

native = Translation.__exit__
broken = set()


def enter(self):
    if self.wrapper.alias in broken:
        raise DatabaseUnavailable(self.wrapper.alias, "its address", "it has refused something before")


def leave(self, kind, error, traceback):
    if kind is not None:
        broken.add(self.wrapper.alias)
    native(self, kind, error, traceback)


Translation.__enter__ = enter
Translation.__exit__ = leave
