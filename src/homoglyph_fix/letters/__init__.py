"""What a character is, what it may stand for, and how likely a row of letters is."""
