"""None: scenarios make the table themselves."""
