"""The commands of the command line, one file each.

In the file of a command ``add_arguments`` describes its words, and ``run`` obeys them. ``cdk_esm/__main__.py`` lists
the commands and loads a file when its command is given: listing rules needs no template reader. What several commands
share is in ``common.py``.
"""
