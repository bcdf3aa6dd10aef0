"""``python -m tests.playthroughs --update`` writes the golden files anew; without the option it says which would change."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.playthroughs.ledgers import LEDGERS
from tests.playthroughs.tales import TALES

FOLDER = Path(__file__).parent

texts = {FOLDER / f"{tale.name}.txt": tale.text for tale in TALES}
texts |= {FOLDER / "ledgers" / f"{ledger.name}.txt": ledger.text for ledger in LEDGERS}
for path, write in texts.items():
    text = write()
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed and "--update" in sys.argv[1:]:
        path.write_text(text, encoding="utf-8")
    print(f"{path.stem}: {'changed' if changed else 'as it was'}, {len(text.splitlines())} lines")
