"""How the laboratory shows what it found: tables in the terminal, pages with plots, and CSV."""
