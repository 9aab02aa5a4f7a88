"""Public helpers of UtilMeta: the exceptions an endpoint raises."""
