def resize(name):
    return name
