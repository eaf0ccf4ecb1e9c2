"""A recording on its way to an MP3: read, measured, brought to one loudness, cut into chapters."""
