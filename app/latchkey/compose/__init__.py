"""Draft and catalogue in, the bytes of a policy set out."""
