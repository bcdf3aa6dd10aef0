"""Acts of control and of the clock: orders, events, and what each comes to."""
