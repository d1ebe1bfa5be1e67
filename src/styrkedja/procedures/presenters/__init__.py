"""Steps, tasks and answers as the pages show them."""
