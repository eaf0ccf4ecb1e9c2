"""What holds of every test: no property is lost because the machine was busy."""

from hypothesis import HealthCheck, settings

# How long things take is measured in bench/. A fixture of one test serves its examples unchanged.
BUSY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("house", settings.default, deadline=None, suppress_health_check=BUSY)
settings.load_profile("house")
