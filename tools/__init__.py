"""Tools of the maintainers: they write the generated pages, and compare the fact sheets with AWS's own models."""
