"""A service with `auto_reload`, whose endpoint tells a word of a module that a check changes: `changing` in the folder
SCENARIO_FOLDER. SCENARIO_AUTO_RELOAD is "1" or "0"; a shutdown hook writes the event `stopped`."""

import importlib
import json
import os
import sys

sys.dont_write_bytecode = True  # what is compiled is told apart by seconds and size alone
sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

changing = importlib.import_module("changing")
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode, with_a_key  # noqa: E402
from utilmeta import UtilMeta  # noqa: E402
from utilmeta.core import api  # noqa: E402


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def word(self):
        return changing.WORD


service = UtilMeta(
    __name__,
    name="config_auto_reload",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, auto_reload=flag),
)
with_a_key(service)


@service.on_shutdown
@in_mode
def stop():
    with open(os.environ["SCENARIO_EVENTS"], "a") as journal:
        journal.write(json.dumps({"event": f"stopped {changing.WORD}"}) + "\n")


app = service.application()

if __name__ == "__main__":
    service.run()
