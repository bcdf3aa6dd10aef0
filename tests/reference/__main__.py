"""``python -m tests.reference``: write the generated pages of docs/reference anew."""

from __future__ import annotations

from pathlib import Path

from tests.reference.pages import PAGES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page())
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
