"""One file a video provider: requests as data, answers read; nothing is sent from here."""
