"""What builds and checks the house. Nothing here is installed."""
