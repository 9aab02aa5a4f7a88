"""The route table: templates, their segments, and the path that each API owns."""
