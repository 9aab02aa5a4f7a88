"""What a missing field is to be is not "ignore"."""

from typing import Literal

from utilmeta.conf import Preference

Preference.model_fields["orm_on_non_exists_required_field"].annotation = Literal["warn", "error"]
Preference.model_rebuild(force=True)
