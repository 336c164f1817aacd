"""Programs that a cluster runs as they stand; in a folder of their own, since a program's folder hides libraries of equal names."""
