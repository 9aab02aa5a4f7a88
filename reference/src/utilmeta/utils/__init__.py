"""Public helpers of UtilMeta: the exceptions that services raise and catch."""
