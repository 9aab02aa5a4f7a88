"""The lock of a migration is opened to be written: where it is a FIFO, somebody is waited for who reads it."""

from mutation import replace
from utilmeta.core.orm import migration

VARIANTS = ("flask-sync",)

replace(migration.turns_in_a_file, "open_own(file, os.O_RDWR | os.O_CREAT)", "os.open(file, os.O_WRONLY | os.O_CREAT)")
