using Windmill

Windmill.grind()
