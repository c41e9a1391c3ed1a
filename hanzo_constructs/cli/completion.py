"""`hzc completion`: scripts that teach a shell the commands, options and files of `hzc`."""

from __future__ import annotations

import click

__all__ = ["completion"]


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that completes commands, options and files of hzc in SHELL.

    \b
    bash:  source <(hzc completion bash)           in ~/.bashrc
    zsh:   source <(hzc completion zsh)            in ~/.zshrc, behind compinit
    fish:  hzc completion fish | source            in ~/.config/fish/config.fish
    """  # noqa: D301 - the character \b keeps click from filling the lines
    from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

    classes: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    completer = classes[shell](context.find_root().command, {}, "hzc", "_HZC_COMPLETE")
    # Not the method of the shell's own class: for bash that starts bash to ask for its version.
    click.echo(ShellComplete.source(completer))
    return 0
