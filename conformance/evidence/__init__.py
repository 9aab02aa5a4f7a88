"""What a run keeps of each case, and how cases are run again from it."""
