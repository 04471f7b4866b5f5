"""Taking over what is deployed: for each mapping of a template the statement of ours that keeps its id and settings.

The work is done in these steps: ``taking`` reads the mappings, ``statement`` writes one of them, with the help of
``settings`` (what every source has), ``neighbours`` (what a statement names) and ``kafka`` (records of Apache Kafka),
and ``consent`` says which findings the statement will meet. ``formats`` prints it all.
"""
