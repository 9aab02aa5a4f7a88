"""What is no Exception is looked at in a thread, which stays."""

import threading

from mutation import replace
from utilmeta.core.pipeline import responder

responder.threading = threading
replace(
    responder.Responder.log,
    "message =",
    "if not isinstance(error, Exception):\n"
    "        threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()\n"
    "    message =",
)
