"""How we ask: every answer a command."""
