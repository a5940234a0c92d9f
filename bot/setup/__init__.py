"""How this Værn is set up: environment, organisation.toml and local changes; read, checked, renewed, carried, packaged."""
