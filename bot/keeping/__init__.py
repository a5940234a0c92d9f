"""What is kept over the stores: opened, copied, put back, moved elsewhere, and locked with another key."""
