"""Groups of a gathering: asked for, computed by the worker, moved by hand, shown, repaired."""
