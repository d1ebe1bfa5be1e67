import pytest

# So that a failed line of a table shows both sides.
pytest.register_assert_rewrite("tests.core.controls.tables")
