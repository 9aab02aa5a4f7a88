"""A service with `auto_reload`, whose endpoint tells a word of a module that a check changes: `changing` in the folder
SCENARIO_FOLDER. It runs there, as a script beside that module in the folder that it is started in.

SCENARIO_AUTO_RELOAD is "1", "0" or "none"; a shutdown hook writes the event `stopped`.
"""

import importlib
import json
import os
import shutil
import sys

import scenario

FOLDER = os.path.realpath(os.environ["SCENARIO_FOLDER"])
if __name__ == "__main__" and os.path.realpath(os.getcwd()) != FOLDER:
    for file in (__file__, scenario.__file__):
        shutil.copy(file, FOLDER)
    os.chdir(FOLDER)
    os.execv(sys.executable, [sys.executable, os.path.basename(__file__)])
if __name__ != "__main__":
    sys.path.insert(0, FOLDER)
sys.dont_write_bytecode = True  # what is compiled is told apart by seconds and size alone

changing = importlib.import_module("changing")
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode, with_a_key  # noqa: E402
from utilmeta import UtilMeta  # noqa: E402
from utilmeta.core import api  # noqa: E402


def wanted(text):
    return None if text == "none" else flag(text)


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
    **given(host=str, port=int, auto_reload=wanted),
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
