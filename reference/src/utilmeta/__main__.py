"""``python -m utilmeta``: the commands about a service; see ``core/server/command.py``."""

from utilmeta.core.server.command import main

if __name__ == "__main__":
    main()
