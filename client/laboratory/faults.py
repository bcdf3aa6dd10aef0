"""What is wrong with an experiment or a backtest, said so that its author can put it right."""

from __future__ import annotations


class BadExperiment(ValueError):
    """A file cannot be used: ``key`` is the place, ``wrong`` what is the matter, ``remedy`` what to do."""

    def __init__(self, key: str, wrong: str, remedy: str) -> None:
        super().__init__(key, wrong, remedy)
        self.key, self.wrong, self.remedy = key, wrong, remedy

    def __str__(self) -> str:
        return f"{self.key}: {self.wrong} {self.remedy}"


class Unpaired(ValueError):
    """Games that should be pairs were not played with the same seeds."""
