"""What goes out of the house in one piece: put together, signed, stamped with the time, and looked through again."""
