"""Groups of a gathering: composed, looked at, moved by hand, repaired, called."""
