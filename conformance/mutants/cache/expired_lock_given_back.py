"""A lock that has expired in a database can be given back as long as nobody else has it."""

from mutation import replace
from utilmeta.core.cache import database_lock

VARIANTS = ("flask-sync",)

replace(
    database_lock.give,
    '{value} = %s AND {expires} >= %s", row.key, row.value, row.now()',
    '{value} = %s", row.key, row.value',
)
