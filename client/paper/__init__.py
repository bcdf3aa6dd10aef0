"""What pages of a single file are made of, whoever writes them: one look, one way to draw, nothing that is loaded from elsewhere."""
