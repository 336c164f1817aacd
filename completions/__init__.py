"""Completion of the command in shells: files that are made of its flags, and what makes them."""
