"""Bodies of requests that are read as they are sent, and bodies of answers, decoded within a limit."""
