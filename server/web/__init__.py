"""The doors of the server: HTTP and WebSocket, with nothing of the game in them."""
