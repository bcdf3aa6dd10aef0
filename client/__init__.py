"""Everything that plays or studies the game from outside: SDK, bots, arena, laboratory and web client."""
