"""Evidence of each case of a run, and how cases are run again from it."""
