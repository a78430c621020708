"""The language of Identity Experience Framework policy files. Knows nothing of Latchkey's own ideas."""
