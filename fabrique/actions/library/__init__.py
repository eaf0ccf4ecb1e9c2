"""The library: what is on its shelf, who puts it there, what is said of its tools."""
