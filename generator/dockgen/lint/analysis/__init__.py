"""What several rules want to know of a Dockerfile, each worked out in one place."""
