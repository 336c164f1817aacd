"""The page that --report writes: what was found, for people, in one file that needs nothing else."""
