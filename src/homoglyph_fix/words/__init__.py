"""What a word is: where it begins and ends, its readings, what stands around it."""
