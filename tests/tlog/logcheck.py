"""Building the independent verifier, a program in Go on Go's own sumdb code, where its source and Go are there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tlog.vectors import SHARED

SOURCE = SHARED / "tools" / "logcheck" / "main.go"
GO_CODE = Path("/usr/share/gocode")


def build(folder: Path) -> Path:
    """The program; a visible skip where it cannot be built."""
    if not SOURCE.exists():
        pytest.skip("The verifier's source lies beside the project, and is not here.")
    if shutil.which("go") is None or not (GO_CODE / "src" / "golang.org" / "x" / "mod").exists():
        pytest.skip("Go is not installed: apt-get install golang-go golang-golang-x-mod-dev golang-golang-x-crypto-dev")
    settings = {"GO111MODULE": "off", "GOPATH": str(GO_CODE), "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    program = folder / "logcheck"
    subprocess.run(["go", "build", "-o", program, SOURCE], env={**os.environ, **settings}, cwd=folder, check=True)
    return program


def flip(file: Path, bit: int) -> None:
    """Flips one bit of a file."""
    content = bytearray(file.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)
