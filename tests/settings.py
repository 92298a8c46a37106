"""The newsroom's own settings, in a home of its own that is thrown away with the test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="cnh-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["CNH_HOME"] = str(_home)
os.environ.setdefault("CNH_BASE_URL", "http://localhost:8000")

# `DATABASE_URL=… pytest` tests on a PostgreSQL; newsrooms in processes of their own keep to their files.
os.environ["CNH_DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
from cryptonewshub.config.settings import *  # noqa: E402, F403
from cryptonewshub.config.settings import CNH_HOME  # noqa: E402

CNH_HOME.prepare()
del os.environ["CNH_DATABASE_URL"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
