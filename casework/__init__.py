"""What happens in a case: decided in pure functions, kept as facts. No clock, network, Teams or environment."""
