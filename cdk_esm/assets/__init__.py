"""A look at a function's code before anything is deployed: is it there, is the handler in it, for which processor.

``look.py`` is the way in. ``handlers.py`` looks for the handler as its runtime would, ``python_names.py`` for the
function in a Python module, and ``processors.py`` for files that were built for one processor. ``contents.py`` reads a
folder and an archive alike.
"""
