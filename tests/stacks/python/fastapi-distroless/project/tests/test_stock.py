from shop.stock import level


def test_unknown_article_is_out_of_stock() -> None:
    assert level("sofa") == 0
