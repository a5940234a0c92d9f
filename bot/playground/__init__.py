"""Microsoft 365 Agents Playground as a second client, for who knows it: the same bot behind a porter that signs."""
