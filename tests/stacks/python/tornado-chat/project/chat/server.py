import asyncio

import tornado.web


async def main():
    tornado.web.Application([]).listen(8888)
    await asyncio.Event().wait()


asyncio.run(main())
