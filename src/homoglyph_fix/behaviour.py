"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "ec2d54f2007ac154"
