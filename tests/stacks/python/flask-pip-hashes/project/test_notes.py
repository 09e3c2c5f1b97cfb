from notes import create_app


def test_health() -> None:
    assert create_app().test_client().get("/health").status_code == 200
