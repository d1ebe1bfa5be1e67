"""TOML files that people write: read with the line of everything, held against a schema, every fault told in Swedish."""
