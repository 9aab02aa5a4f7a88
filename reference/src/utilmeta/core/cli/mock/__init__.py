"""Answers of clients that send nothing, made up of what their request functions are annotated with (CLIENT-g29)."""
