"""What a missing field is to be is any text."""

from utilmeta.conf import Preference

Preference.model_fields["orm_on_conflict_type"].annotation = str
Preference.model_rebuild(force=True)
