"""The spine: a project in, a container setup out; each step a function, writing comes last."""
