"""Notes in the SQLite files `default` and `other`, for the scenarios of endpoints in transactions by `orm.Atomic`.

On an asynchronous variant their endpoints are `async def`; SCENARIO_PLAIN has them plain.
"""

import os
import tempfile

from scenario import ASYNCHRONOUS, NONCE, queried, with_a_key
from utilmeta.core.orm import Database, DatabaseConnections

ALIASES = ("default", "other")
AWAITED = ASYNCHRONOUS and "SCENARIO_PLAIN" not in os.environ


def with_databases(service):
    """The service, which has both databases."""
    files = tempfile.mkdtemp()
    names = {alias: Database(engine="sqlite3", name=os.path.join(files, alias)) for alias in ALIASES}
    return with_a_key(service).use(DatabaseConnections(names))


def note_of(label):
    """The model of a note in the app `label`, which has a table in each database. The service has to be set up."""
    from django.db import connections, models

    class Note(models.Model):
        word = models.TextField()

        class Meta:
            app_label = label
            db_table = "note"

    for alias in ALIASES:
        with connections[alias].schema_editor() as editor:
            editor.create_model(Note)
    connections.close_all()
    return Note


def end(request, error):
    """What an endpoint does after it has written: it raises the error where the query has `fails`."""
    if queried(request, "fails"):
        raise error("after it was written")
    return {"word": NONCE}
