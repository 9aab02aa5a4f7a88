"""``python -m utilmeta``: the commands about a service; see ``core/server/commands/``."""

from utilmeta.core.server.commands.main import main

if __name__ == "__main__":
    main()
