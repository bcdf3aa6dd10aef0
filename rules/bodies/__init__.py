"""Bodies that decide together: how a council sits and votes, what a vote weighs, and what its word lends to an action."""
