"""Validators of parameters and bodies: pydantic's, and those of msgspec and utype."""
