"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "2415cccb4b4181f1"
