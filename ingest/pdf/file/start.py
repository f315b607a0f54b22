"""What a child process runs first: `python -I -S start.py ROOT MODULE ARGUMENTS…` calls the `main` of a module.

The child is isolated and has no installed packages: it can import what stands under ROOT, and nothing else.
"""

import sys
from importlib import import_module

if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    import_module(sys.argv[2]).main(*sys.argv[3:])
