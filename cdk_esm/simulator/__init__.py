"""The simulator: what a mapping does with records and a handler, before anything is deployed.

``run`` is the entrance. A run has a clock of virtual time (``clock``), a source for each queue, stream or topic
(``queue``, ``groups``, ``stream``, ``topic``, ``broker``), a poller for each mapping (``queue_poller``, and ``stream``
with ``lane`` and ``attempts``), and functions (``function``, ``invoker``). ``responses`` says what an answer means,
``destinations`` what arrives where failures go, ``events`` what a function gets. ``fidelity`` names every step and how
sure it is, and the ``trace`` is what comes out.
"""

from cdk_esm.simulator import events
from cdk_esm.simulator.arrivals import Arrivals
from cdk_esm.simulator.changes import Change
from cdk_esm.simulator.function import Context
from cdk_esm.simulator.record import Record
from cdk_esm.simulator.run import simulate
from cdk_esm.simulator.spread import Backoff, Spread
from cdk_esm.simulator.trace import Trace

__all__ = ["Arrivals", "Backoff", "Change", "Context", "Record", "Spread", "Trace", "events", "simulate"]
