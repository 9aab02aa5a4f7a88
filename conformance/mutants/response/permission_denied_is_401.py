"""Who may not do something is asked to authenticate."""

from utilmeta.utils import exceptions

exceptions.PermissionDenied.status = 401
