"""Restore the letters of Ukrainian text that carries lookalikes from other alphabets."""

from .config import Config as Config
from .edits import Analysis as Analysis
from .edits import Edit as Edit
from .errors import HomoglyphFixError as HomoglyphFixError
from .normalizer import Normalizer as Normalizer
from .normalizer import analyze as analyze
from .normalizer import normalize as normalize
from .normalizer import normalize_many as normalize_many
