"""Chosen fields of data: JSON Lines and CSV, in which all else stays byte for byte."""
