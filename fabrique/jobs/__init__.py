"""Work that is slow or that foreign files may break: done in a child process, under limits."""
