"""A text in memory: its encodings, the windows cut out of it, the patches put back. No letters, no language."""
