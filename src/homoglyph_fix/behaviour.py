"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "ecefaf7ba5f3e9d8"
