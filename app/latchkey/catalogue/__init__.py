"""Which identity providers there are: one TOML file each, read into frozen entries."""
