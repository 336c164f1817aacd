"""The hash of the rules and the data; written by `make tables` (see `data/behaviour.py`)."""

from typing import Final

BEHAVIOUR: Final = "04173f235a35d5fc"
