"""What a browser gets: pages, fragments, styles and scripts."""
