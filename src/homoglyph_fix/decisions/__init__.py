"""What is done to a word: the ordered rules, their tests, the new spelling."""
