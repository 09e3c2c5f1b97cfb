import click
from acme_tools import greet


@click.command()
def main() -> None:
    click.echo(greet())
