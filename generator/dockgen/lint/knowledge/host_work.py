"""Images whose work is the host's own, or that no other user than root can start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Stage
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.packages import kept_packages
from dockgen.lint.knowledge.stages import start_words
from dockgen.lint.knowledge.starters import start_scripts
from dockgen.regexes import regex

# Servers of the machine's own or of many users: who starts them must be root.
_FOR_ROOT = regex(
    r"sshd|crond?|dcron|systemd|dockerd|dockerd-entrypoint\.sh|containerd|kubelet|k3s|openvpn|wg-quick|keepalived|smbd|"
    r"vsftpd|proftpd|pure-ftpd|postfix|dovecot|x?inetd|rpcbind|rpc\.\w+|ganesha\.nfsd|iscsid|tgtd|fail2ban-server|"
    r"chronyd|hostapd|charon|ipsec|dhcpd|charon-systemd"
)
_FOR_THE_NODE = regex(
    r"(?i)(^|[/_.-])(csi|cni|flex[-_]?volume|(docker|device|volume)[-_]?plugins?|node[-_]?agent|daemonset)([/_.-]|$)"
)
# Who asks the engine by its socket must be of the host's root, or of its group.
_ENGINE = regex(r"\bDOCKER_HOST[= ][\"']?unix:")
_SETS_UP_SSHD = regex(r"\bsshd_config\b|\bPermitRootLogin\b")
# exec squid, exec /usr/sbin/named, exec "$(command -v named)".
_EXEC = regex(
    r"^[ \t]{0,40}exec[ \t]{1,4}[\"']?(?:\$\((?:which|command[ \t]{1,4}-v)[ \t]{1,4})?([\w./-]{1,200})",
    re.MULTILINE,
)
# A start script that calls cron beside the server: only root's cron runs the jobs of others.
_CRON = regex(
    r"(?:^|&&|;|\bthen\b|\|\|)[ \t]{0,40}(?:/usr/sbin/)?(?:cron|crond)(?=[ \t]*(?:$|[;&|]|-\w))", re.MULTILINE
)
_INITS = frozenset({"/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"})
_FOR_ROOT_PACKAGES = frozenset(
    {
        "certbot",
        "iptables",
        "nftables",
        "ipset",
        "wireguard-tools",
        "wireguard",
        "open-iscsi",
        "nfs-kernel-server",
        "openvpn",
    }
    | {
        "strongswan",
        "xl2tpd",
        "nfs-common",
        "nfs-client",
        "nfs-utils",
        "kmod",
        "keepalived",
        "docker-engine",
        "docker-ce",
        "systemd",
        "samba",
    }
)


def is_for_root(stage: Stage, path: str = "", build: BuildContext | None = None) -> bool:
    """Return whether the image's work is the host's own or needs root: sshd, cron, a firewall, a VPN.

    `path` is the file's: a plugin of the engine or of the node is often known by it alone. Where the build
    context is known, the scripts that the container starts with are read for what they go on as.
    """
    if _FOR_THE_NODE.search(path):
        return True
    words = start_words(stage)[:3]
    if any(map(_FOR_ROOT.fullmatch, words)) or any(map(_FOR_ROOT.fullmatch, gone_on_as(stage, build))):
        return True
    starters = (
        word.text for key in ("ENTRYPOINT", "CMD") for one in stage.inherited(key)[-1:] for word in one.words
    )
    if any(text.strip("\"'") in _INITS for text in starters):
        return True
    if any(map(_ENGINE.search, (one.text for one in stage.inherited("ENV")))):
        return True
    if build and any(map(_CRON.search, start_scripts(stage, build))):
        return True
    runs = stage.inherited("RUN")
    if any(_SETS_UP_SSHD.search(f"{one.text} {[it.content for it in one.heredocs]}") for one in runs):
        return True
    return any(package.name in _FOR_ROOT_PACKAGES for one in runs for package in kept_packages(one))


def gone_on_as(stage: Stage, build: BuildContext | None) -> Iterator[str]:
    """Yield the programs that the start scripts give the container over to."""
    for text in start_scripts(stage, build) if build else ():
        yield from (name.rpartition("/")[2] for name in _EXEC.findall(text))
