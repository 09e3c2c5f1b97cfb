LEVELS = {"lamp": 3, "chair": 12}


def level(article: str) -> int:
    return LEVELS.get(article, 0)
