"""Stock: what the old ERP system says of the warehouse."""
