"""``python -m tests.playthroughs --update`` writes the golden files anew; without the option it says which would change."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.playthroughs.tales import TALES

FOLDER = Path(__file__).parent

for tale in TALES:
    path, text = FOLDER / f"{tale.name}.txt", tale.text()
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed and "--update" in sys.argv[1:]:
        path.write_text(text, encoding="utf-8")
    print(f"{tale.name}: {'changed' if changed else 'as it was'}, {len(text.splitlines())} lines")
