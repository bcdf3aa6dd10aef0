"""Machines that break in ways of our choosing: a store started with a small library loaded into it, which is built here from C."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@functools.cache
def built(name: str) -> Path:
    """The library of ``<name>.c``, built once a process. Without a compiler this fails where all has to run (CI), and skips elsewhere."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        reason = "no C compiler here: apt-get install gcc libc6-dev"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tempfile.TemporaryDirectory(prefix="unipole-shim-")
    _FOLDERS.append(folder)
    library = Path(folder.name) / f"{name}.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-Wall", "-Werror", "-o", str(library), str(HERE / f"{name}.c"), "-ldl"]
    subprocess.run(command, check=True)
    return library


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""They go when the process does."""


def machine(folder: Path, program: Path, library: str, *settings: str, **environment: str) -> Path:
    """A program that starts ``program`` with a library loaded into it, and with settings that overrule those it is given."""
    path = folder / f"{library}-machine"
    words = [f"{name}={value}" for name, value in environment.items()]
    preloaded = f"LD_PRELOAD={built(library)}"
    path.write_text(f'#!/bin/sh\n{" ".join([*words, preloaded])} exec {program} "$@" {" ".join(settings)}\n')
    path.chmod(0o755)
    return path
