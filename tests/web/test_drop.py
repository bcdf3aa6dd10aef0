"""A network that goes and comes back: the page says so, nothing is sent twice, and nothing that was told meanwhile is missed."""

from __future__ import annotations

import re

from playwright.sync_api import WebSocketRoute, expect

from tests.web.classroom import session
from tests.web.conftest import Newcomer


def _reached(socket: WebSocketRoute) -> None:
    socket.connect_to_server()


def test_a_dropped_network_loses_nothing(url: str, newcomer: Newcomer) -> None:
    """An act given while the network is gone is sent once it is back; a step that closed meanwhile is shown, and asks anew."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    corin = newcomer()
    corin.sit(class_.code, "COR")
    expect(corin.page.get_by_role("heading", name="Offers to you")).to_be_visible()
    for number, counted in ((1, "Done: 1 of 1"), (2, "Done: 0 of 1")):
        corin.page.route_web_socket(re.compile(r"/ws(\?|$)"), lambda socket: socket.close(code=1001, reason="gone"))
        corin.page.reload()
        expect(corin.page.get_by_role("alert")).to_contain_text("connection is gone")
        if number == 1:
            corin.page.get_by_role("button", name="I am done for this round").click()
        else:
            class_.until("negotiation", 2)
        corin.page.route_web_socket(re.compile(r"/ws(\?|$)"), _reached)
        corin.page.reload()
        expect(corin.page.get_by_text(f"{number}/2")).to_be_visible()
        expect(corin.page.get_by_role("alert")).to_be_hidden()
        expect(corin.page.get_by_text(counted)).to_be_visible()
    corin.complaints.clear()  # the browser notes lost sockets by itself
