"""Power, and what is done with it: threat, arms, bases, operations, occupation, guns and butter, sanctions."""
