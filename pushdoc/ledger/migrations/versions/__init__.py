"""The numbered migrations, one file a step, oldest first."""
