"""A script that imports its own file under the module's name, as an API module does that wants the service from it.

The error of that import is written to the file SCENARIO_EVENTS.
"""

import json
import os

from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION
from utilmeta import UtilMeta

service = UtilMeta(__name__, name="single", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION)

if __name__ == "__main__":
    event = {"event": "imported", "message": ""}
    try:
        import service_self_import  # noqa: F401
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        event = {"event": "refused", "message": str(error)}
    with open(os.environ["SCENARIO_EVENTS"], "w") as journal:
        json.dump(event, journal)
