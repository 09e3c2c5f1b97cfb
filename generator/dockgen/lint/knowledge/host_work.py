"""Images whose work is the host's own, or that no other user than root can start."""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Stage
from dockgen.lint.knowledge.packages import kept_packages
from dockgen.lint.knowledge.stages import start_words

# Servers of the machine's own or of many users: who starts them must be root.
_FOR_ROOT = re.compile(
    r"sshd|crond?|dcron|systemd|dockerd|dockerd-entrypoint\.sh|containerd|kubelet|k3s|openvpn|wg-quick|keepalived|smbd|"
    r"vsftpd|proftpd|pure-ftpd|postfix|dovecot|x?inetd|rpcbind|rpc\.\w+|ganesha\.nfsd|iscsid|tgtd|fail2ban-server|"
    r"chronyd|hostapd|charon|ipsec|dhcpd|charon-systemd"
)
_FOR_THE_NODE = re.compile(
    r"(?i)(^|[/_.-])(csi|cni|(docker|device|volume)[-_]?plugins?|node[-_]?agent|daemonset)([/_.-]|$)"
)
_INITS = frozenset({"/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"})
_FOR_ROOT_PACKAGES = frozenset(
    {
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


def is_for_root(stage: Stage, path: str = "") -> bool:
    """Return whether the image's work is the host's own or needs root: sshd, cron, a firewall, a VPN.

    `path` is the file's: a plugin of the engine or of the node is often known by it alone.
    """
    if _FOR_THE_NODE.search(path):
        return True
    words = start_words(stage)[:3]
    if any(map(_FOR_ROOT.fullmatch, words)):
        return True
    starters = (
        word.text for key in ("ENTRYPOINT", "CMD") for one in stage.inherited(key)[-1:] for word in one.words
    )
    if any(text.strip("\"'") in _INITS for text in starters):
        return True
    runs = stage.inherited("RUN")
    return any(package.name in _FOR_ROOT_PACKAGES for one in runs for package in kept_packages(one))
