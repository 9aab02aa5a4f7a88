"""Validators of parameters and bodies, by pydantic, msgspec and utype."""
