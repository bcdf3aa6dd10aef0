"""A debrief as PDF, by the browser that is installed: it prints the page as it shows it, without a network, and is kept by others."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome")
SECONDS_MAX = 120.0


class NoBrowser(Exception):
    """There is no browser that could print; says which ones could."""


class Unprinted(Exception):
    """The browser printed nothing; says what it said."""


def printed(page: Path, target: Path) -> None:
    """Print a page that stands alone.

    Raises:
        NoBrowser, Unprinted: see there.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise NoBrowser(f"No browser is installed that prints without a screen: one of {', '.join(BROWSERS)}.")
    with TemporaryDirectory(prefix="unipole-") as profile:
        draft = Path(profile) / "page.pdf"
        words = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={profile}", f"--print-to-pdf={draft}"]
        if os.geteuid() == 0:
            words.append("--no-sandbox")  # a browser of the superuser has none; the page holds no script, and loads nothing
        try:
            words = [browser, *words, page.absolute().as_uri()]
            done = subprocess.run(words, capture_output=True, timeout=SECONDS_MAX, check=False)  # noqa: S603 - a browser of this machine
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unprinted(f"{browser} did not print: {error}.") from error
        if not draft.is_file():
            raise Unprinted(f"{browser} printed nothing: {done.stderr.decode(errors='replace').strip()[-200:]}")
        shutil.copyfile(draft, target)
