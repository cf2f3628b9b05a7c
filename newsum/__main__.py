"""python -m newsum: the command line, where the `newsum` script is not on the path."""

import sys

from newsum.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
