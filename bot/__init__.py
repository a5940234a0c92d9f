"""How it runs: all effects. Nobody imports this package."""
