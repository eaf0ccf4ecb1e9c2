"""One file a way to tell people outside the room: announcement in, message out, nothing sent."""
