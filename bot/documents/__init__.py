"""Documents made of a case, and those that leave the house as files."""
