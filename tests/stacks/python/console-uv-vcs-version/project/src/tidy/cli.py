import click

from tidy import __version__


@click.command()
@click.argument("folder", default=".")
def main(folder: str) -> None:
    click.echo(f"tidy {__version__}: {folder} is tidy")
