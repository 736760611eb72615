"""One job run, from its specification to its result."""
