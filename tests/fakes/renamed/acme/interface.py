class API:
    pass
