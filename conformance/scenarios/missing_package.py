"""Helpers that make a package impossible to import, and record what is done to install one."""

import sys
from importlib.machinery import PathFinder

INSTALLING = {  # the audit events without which nothing can be installed
    "subprocess.Popen",
    "os.system",
    "os.posix_spawn",
    "os.exec",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "socket.connect",
    "socket.getaddrinfo",
}


class Without:
    """A finder that does not find the package, and is otherwise the one it stands for."""

    def __init__(self, finder, package):
        self.finder = finder
        self.package = package

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == self.package:
            return None
        return self.finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self.finder, name)


class Within:
    """Finds the package, and nothing else, in a folder."""

    def __init__(self, folder, package):
        self.folder = folder
        self.package = package

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] != self.package:
            return None
        return PathFinder.find_spec(name, path or [self.folder], target)


def hide(package, folder=None):
    """From now on the package is where it is put into the folder, and nowhere else."""
    for name in list(sys.modules):
        if name.partition(".")[0] == package:
            del sys.modules[name]
    within = [] if folder is None else [Within(folder, package)]
    sys.meta_path[:] = [*within, *(Without(finder, package) for finder in sys.meta_path)]


def watch():
    """A list that grows by the name of each of those events from now on."""
    seen = []

    def note(event, arguments):
        if event in INSTALLING:
            seen.append(event)

    sys.addaudithook(note)
    return seen
