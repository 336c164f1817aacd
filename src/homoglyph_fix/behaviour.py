"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "831ccb0d1fff7e6e"
