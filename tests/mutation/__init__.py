"""Mutants of the rules: small faults, each of which the rules' own tests ought to notice."""
