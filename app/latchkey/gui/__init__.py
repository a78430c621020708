"""The wizard: the only floor that knows Qt."""
