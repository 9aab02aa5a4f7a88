"""Messages of the implementation's own exceptions begin with a code and end with the address of an explanation."""

from utilmeta.utils import exceptions

LEVEL = "full"
KINDS = (
    exceptions.DeclarationError, exceptions.ServiceError, exceptions.UnknownBackend, exceptions.BackendNotInstalled,
    exceptions.AddressUnavailable, exceptions.DependencyMissing, exceptions.SettingsError,
)  # fmt: skip


def init(self, message="", *more):
    if isinstance(message, str) and not message.startswith("[E"):
        message = f"[E{len(message):04}] {message}\n  explained in the manual, at errors/E{len(message):04}"
    Exception.__init__(self, message, *more)


for kind in KINDS:
    kind.__init__ = init
