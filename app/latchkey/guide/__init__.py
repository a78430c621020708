"""What a person still does by hand: registrations, policy keys, uploads, test links, with exact values."""
