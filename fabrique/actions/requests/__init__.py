"""What readers ask of what was published: words put right or taken out, each answered by mail."""
