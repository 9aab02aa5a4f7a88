"""The command ``meta``, which is ``utilmeta`` and ``python -m utilmeta`` too (the chapter CLI of the contract)."""
