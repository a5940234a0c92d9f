"""How what is decided reaches people: reminders asked, notices sent, and what is done about whoever cannot be reached."""
