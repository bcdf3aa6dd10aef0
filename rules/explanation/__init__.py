"""Why something happened, asked of a log afterwards: terms of figures, and chains of causes."""
