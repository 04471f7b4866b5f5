"""Partners: what other shops have in stock for this one."""
