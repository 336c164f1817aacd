"""`python -m homoglyph_fix` is the command homoglyph-fix."""

from .command.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
