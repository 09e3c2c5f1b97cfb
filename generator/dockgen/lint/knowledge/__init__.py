"""What several rules know together: names and shapes of secrets, installs, downloads, users."""
