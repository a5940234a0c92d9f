"""Documents made of a case."""
