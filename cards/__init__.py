"""How it looks: (projection, words) in, an Adaptive Card as a dict out."""
