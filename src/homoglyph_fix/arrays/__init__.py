"""Columns: arrays of arrays, columns not wholly known, memories of records. No text."""
