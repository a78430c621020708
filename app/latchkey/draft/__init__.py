"""What the person decided: one frozen value, changed only by named edits, saved as `NAME.latchkey.toml`."""
