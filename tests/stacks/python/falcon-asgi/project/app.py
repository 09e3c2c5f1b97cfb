import falcon.asgi

application = falcon.asgi.App()
