"""Pages of big days: programme, call, venue."""
