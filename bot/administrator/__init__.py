"""For whoever looks after a running Værn: what needs them, how it runs, and what they may ask of it. Nothing of a case."""
