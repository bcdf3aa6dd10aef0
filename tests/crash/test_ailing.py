"""A store that cannot keep an order makes nobody believe that it did, and play goes on once it is well."""

from __future__ import annotations

import pytest

from tests.crash.ailing import AILMENTS, Lied, ail
from tests.server.log.servers import program


def test_nothing_is_acknowledged_that_cannot_be_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Each ailment once: who asks is told, nothing is lost or doubled, and every seat is answered again by itself."""
    result = ail(1, len(AILMENTS), program("valkey"))
    with capsys.disabled():
        print(f"\nailing: {result}")
    assert result.is_clean
    assert result.acked >= 4 * len(AILMENTS)


def test_acknowledging_what_cannot_be_kept_is_found() -> None:
    """The control: a server with the classic fault acknowledges while the disk is full."""
    with pytest.raises(ExceptionGroup) as raised:
        ail(1, 1, program("valkey"), hasty=True)
    found = raised.value.subgroup(Lied)
    assert found is not None
    assert str(found.exceptions[0]) == "full_disk: acknowledged"
