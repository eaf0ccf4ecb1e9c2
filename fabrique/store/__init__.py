"""What outlives the process: tables, the journal of sessions, and how both are erased."""
