"""What a routine means, one family of checks a module: each is a function from a `Subject` to findings."""
