"""The rules: one file each, in a folder per family, found by being there.

============  ==================================================================
``call``      ESM0xx, the call itself: keywords, their types, acknowledgements
``ranges``    ESM1xx, one value that AWS does not take
``combined``  ESM2xx, values that do not go together
``delivery``  ESM3xx, what is delivered, when, and where it ends
``access``    ESM4xx, permissions, accounts, Regions and networks
``filters``   ESM5xx, filter patterns
============  ==================================================================

A rule's file holds a docstring (why it hurts, ``Bad``, ``Good``), ``RULE``, and ``check(plan)`` or, if one mapping
alone cannot show it, ``check_all(plans)``. CONTRIBUTING.md shows how to add one.
"""
