"""What the policies of a template allow."""
