"""CloudWatch beside a mapping: what it takes of an alarm, of a composite one, and of a dashboard.

The numbers of alarms and of names were read on 2026-11-28 in the service model of CloudWatch (botocore 1.44.5), which
has the text of the API reference (PutMetricAlarm, PutCompositeAlarm, PutDashboard). Those of widgets were not seen on
AWS's own pages, CloudWatch-Dashboard-Body-Structure and cloudwatch_limits, of which only the beginning could be read:
tools that write dashboards quote 24 columns, 100 alarms and 500 widgets from them; nobody was found to quote 2,500
metrics.
"""

from datetime import date
from typing import Final

from cdk_esm.durations import SECONDS_A_DAY, SECONDS_AN_HOUR
from cdk_esm.facts import Figure, ResourceFacts
from cdk_esm.sources import pages

SHORTEST_PERIOD: Final = Figure(60, "seconds of a period, and what it is a multiple of", pages.PUT_ALARM)
LONG_PERIOD: Final = Figure(SECONDS_AN_HOUR, "seconds of a period from which on it counts as long", pages.PUT_ALARM)
LONGEST_LOOK: Final = Figure(SECONDS_A_DAY, "seconds that all periods of an alarm may have together", pages.PUT_ALARM)
LONGEST_LOOK_OF_LONG_PERIODS: Final = Figure(7 * SECONDS_A_DAY, "the same of long periods", pages.PUT_ALARM)
ACTIONS: Final = Figure(5, "actions of an alarm for one state", pages.PUT_ALARM)
ALARM_NAME: Final = Figure(255, "characters of the name of an alarm", pages.PUT_ALARM)
CHILDREN: Final = Figure(100, "alarms that the rule of a composite alarm can name", pages.PUT_COMPOSITE_ALARM)
RULE_LENGTH: Final = Figure(10_240, "characters of the rule of a composite alarm", pages.PUT_COMPOSITE_ALARM)
DASHBOARD_NAME: Final = Figure(255, "characters of the name of a dashboard", pages.PUT_DASHBOARD)
COLUMNS: Final = Figure(24, "columns of the grid of a dashboard", pages.DASHBOARD_BODY)
ALARMS_OF_A_WIDGET: Final = Figure(100, "alarms that one widget of a dashboard can show", pages.DASHBOARD_BODY)
WIDGETS: Final = Figure(500, "widgets of a dashboard", pages.CLOUDWATCH_QUOTAS)
METRICS: Final = Figure(2500, "metrics of a dashboard, in all of its widgets", pages.CLOUDWATCH_QUOTAS)

CLOUDWATCH: Final = ResourceFacts(
    label="Amazon CloudWatch",
    settings=(),
    figures=(
        SHORTEST_PERIOD,
        LONG_PERIOD,
        LONGEST_LOOK,
        LONGEST_LOOK_OF_LONG_PERIODS,
        ACTIONS,
        ALARM_NAME,
        CHILDREN,
        RULE_LENGTH,
        DASHBOARD_NAME,
        COLUMNS,
        ALARMS_OF_A_WIDGET,
        WIDGETS,
        METRICS,
    ),
    pages=(
        pages.PUT_ALARM,
        pages.PUT_COMPOSITE_ALARM,
        pages.PUT_DASHBOARD,
    ),
    read=date(2026, 11, 28),
)
