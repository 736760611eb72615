def divide(total: int, parts: int) -> float:
    return total / parts


divide(1, 0)
