"""What the tables of a scenario file are made of: tables closed to unknown keys, texts, and figures that say where they come from."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Confidence = Literal["exact", "approximate"]
UNIT_INTERVAL = Field(ge=0.0, le=1.0, description="a number from 0 to 1")


class Entry(BaseModel):
    """A table of the file: frozen, strict, closed to unknown keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=False)


class Figure(Entry):
    """A number with where it comes from."""

    value: float = Field(description="the number")
    unit: Text = Field(description="what it counts")
    source: Key = Field(description="a key of [sources]")
    confidence: Confidence = Field(default="exact", description="'approximate' if it was not compared with the printed source")
    note: str = Field(default="", description="what was done to it")


class Column(Entry):
    """``[columns.NAME]``: what the figure NAME has in common in all countries that give it as a bare number."""

    unit: Text = Field(description="what it counts")
    source: Key = Field(description="a key of [sources]")
    confidence: Confidence = Field(default="exact", description="'approximate' if the numbers were not compared with the printed source")
    note: str = Field(default="", description="what was done to them")


class Positive(Figure):
    """A figure above zero."""

    value: float = Field(gt=0.0, description="a number above 0")


class Share(Figure):
    """A figure from 0 to 1."""

    value: float = UNIT_INTERVAL


class Latitude(Figure):
    """Degrees north."""

    value: float = Field(ge=-90.0, le=90.0, description="degrees north, from -90 to 90")


class Longitude(Figure):
    """Degrees east."""

    value: float = Field(ge=-180.0, le=180.0, description="degrees east, from -180 to 180")
