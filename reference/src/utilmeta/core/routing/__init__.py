"""The route table: route templates, their segments, and the paths that each API owns."""
