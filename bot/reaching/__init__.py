"""How what is decided reaches people, and what is done about whoever cannot be reached."""
