"""The room while it lives: rules, presence, sockets, and the writer that puts it on disk."""
