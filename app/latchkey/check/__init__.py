"""Is it right? Rules on the draft while it is typed, rules on the bytes before they are written."""
