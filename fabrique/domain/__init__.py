"""Words of the trade: frozen values and total functions. No clock, no socket, no database."""
