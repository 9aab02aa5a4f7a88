"""The preferences are read when the first client is made, and hold for all later ones (PREFERENCE-3)."""

from mutation import replace
from utilmeta.core.cli import client

replace(
    client.preference,
    "service = current.found()",
    'held = vars(preference).get("held")\n    if held is not None:\n        return held\n    service = current.found()',
)
replace(
    client.preference,
    "return (service.get_config(Preference) if service is not None else None) or Preference()",
    "preference.held = (service.get_config(Preference) if service is not None else None) or Preference()\n"
    "    return preference.held",
)
