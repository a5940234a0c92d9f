"""Files for people: offered in their own chat, and laid into their own storage when they say yes."""
