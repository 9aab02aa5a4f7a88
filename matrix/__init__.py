"""What a run of the harness found: the report file, the matrix on the terminal and the badges made from it."""
