"""Reads CloudFormation templates and cloud assemblies into plans, without ``aws_cdk`` and without asking AWS.

A template becomes plans on a stair of six steps. Each step is a file at the top of this folder, and calls only the
steps below it and the wings:

1. ``read.py`` is the way in: a template, or an assembly with all its stacks. It loads them and calls the reader.
2. ``reader.py`` looks for the mappings. It reads each of them in every way in which its conditions allow it to be
   deployed, and puts what the next steps find into a ``MappingPlan``, or says why there is none.
3. ``kinds.py`` finds out what the mapping reads, and hence its kind of source and the record of that source. It asks
   the resource that the mapping names, then the ARN, then the settings.
4. ``settings.py`` turns the properties of the mapping into the settings of the plan, each in the form that the fact
   sheet gives it. ``defaults.py`` takes away the defaults of parameters that are there to be replaced,
   ``arn_places.py`` notes anything that is not an ARN where an ARN belongs, and ``misspelt.py`` the keys that nobody
   knows.
5. ``made_by.py`` tells which construct of CDK made the mapping. ``consent.py`` reads the metadata of
   the mapping, and CDK's beside the template: the rules that somebody acknowledged, and the knobs that a construct was
   given.
6. ``permissions.py`` compares what the execution role may do with what the poller needs. ``needs.py`` takes that from
   the plan, ``mapped.py`` knows what the properties of the mapping name, and ``targets.py`` what a policy calls it.

``alarmed.py`` adds to the plans which of their alarms surely tell nobody. ``unread.py`` names what the steps could not
read, and could hold a mapping or change one.

Four wings do the work of the steps. A wing imports only the wings below it:

- ``resources/``: what surrounds a mapping, each resource as the plan's record of it.
- ``iam/``: what policies allow, for whom and where.
- ``cloudformation/``: stacks, expressions and what they come to. Its ``evaluator.py`` is the heart: it gives a plain
  value, a resource of the template, or a text with holes, and never guesses what only the deployment knows. Loops are
  unrolled when a stack is made, in ``extensions.py`` and ``loops.py``.
- ``sam/``: what AWS SAM makes of a source, before anything else looks at it.

So a fact that a template states is read in ``resources/`` or ``iam/``, and reaches the plan through ``kinds.py`` or
``reader.py``.
"""
