"""Minutes: from the session to the text that is read, looked for and taken away."""
