"""What the word list and the n-grams are made of, and how: `python -m data.build` and `python -m data.view WORD`."""
