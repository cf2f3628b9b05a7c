"""Settings of the whole suite: time limits would fail on a busy machine, not on a wrong result."""

from hypothesis import HealthCheck, settings

settings.register_profile("newsum", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsum")
