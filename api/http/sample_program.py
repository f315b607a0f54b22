"""The process that indexes the built-in sample for a server; an error is one line on stderr."""

import os
import sys

from api.errors import described
from api.opening import opened_sample
from evqa.settings import settings_from

if __name__ == "__main__":
    try:
        opened_sample(settings_from(os.environ)).close()
    except Exception as error:
        sys.exit(described(error))
