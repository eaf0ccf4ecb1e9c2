"""The programme of a gathering: its draft, its speakers, its releases, what people pick of it."""
