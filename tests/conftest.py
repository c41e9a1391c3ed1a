"""What all tests share: one Hypothesis profile for slow and busy machines."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: the time of one example says more about the machine than about the code. Examples are the same in every
# run, so that a failure belongs to the change under test; the slow tests search further.
settings.register_profile(
    "project", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")
